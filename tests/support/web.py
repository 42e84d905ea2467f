"""A small blocking Matrix client on the standard library (one per thread)."""
import http.client
import json
import socket
import urllib.parse
import uuid

V3 = "/_matrix/client/v3"


def quote(text):
    return urllib.parse.quote(text, safe="")


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status, self.body = status, body


class Client:
    def __init__(self, url, token=None):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port, self.token = parts.hostname, parts.port, token
        self.user_id = None
        self.line = None

    def request(self, method, path, body=None, query=None, timeout=70, repeat=True):
        """JSON of the answer; Refused for anything but 2xx."""
        if query:
            path += "?" + urllib.parse.urlencode(query)
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        data = None if body is None else json.dumps(body).encode()
        for is_last in ((False, True) if repeat else (True,)):
            try:
                if self.line is None:
                    self.line = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
                    self.line.connect()
                    self.line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.line.request(method, path, data, headers)
                answer = self.line.getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, OSError):
                self.line = None
                if is_last:
                    raise
        if answer.status >= 300:
            raise Refused(answer.status, content[:500].decode("utf-8", "replace"))
        return json.loads(content or b"{}")

    def login(self, user, password):
        answer = self.request("POST", V3 + "/login", {
            "type": "m.login.password", "password": password,
            "identifier": {"type": "m.id.user", "user": user}})
        self.token, self.user_id = answer["access_token"], answer["user_id"]
        return answer

    def create_room(self, **content):
        return self.request("POST", V3 + "/createRoom", content)["room_id"]

    def join(self, room):
        return self.request("POST", f"{V3}/join/{quote(room)}", {})

    def send(self, room, content, kind="m.room.message", txn=None):
        txn = txn or uuid.uuid4().hex
        path = f"{V3}/rooms/{quote(room)}/send/{kind}/{txn}"
        return self.request("PUT", path, content)["event_id"]

    def say(self, room, text):
        return self.send(room, {"msgtype": "m.text", "body": text})

    def sync(self, since=None, timeout_ms=0, limit=1000):
        query = {"timeout": str(timeout_ms),
                 "filter": json.dumps({"room": {"timeline": {"limit": limit}}})}
        if since:
            query["since"] = since
        return self.request("GET", V3 + "/sync", query=query)

    def history(self, room):
        """Every event of a room, oldest first."""
        events, start = [], None
        while True:
            query = {"dir": "b", "limit": "1000"}
            if start:
                query["from"] = start
            page = self.request("GET", f"{V3}/rooms/{quote(room)}/messages", query=query)
            events += page["chunk"]
            start = page.get("end")
            if not start or not page["chunk"]:
                return events[::-1]
