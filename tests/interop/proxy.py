"""A transparent HTTP proxy between the bot and Synapse that moves time.

Synapse lives in real time, the bot under test `offset` ahead of it. So that both
agree, the proxy adds to every Date header the offset of now, and to every
origin_server_ts the offset that was in force when the event was made. It writes
the offset into the file that build/hearth-test reads its clock from, and notes
every request (time, method, path, status).
"""
import email.utils
import http.client
import http.server
import os
import re
import threading
import time
import urllib.parse

SENT_AT = re.compile(rb'"origin_server_ts":\s*(\d+)')
HOP = {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
       "proxy-connection", "content-length", "date", "host"}


class Seen:
    """One request that went through."""

    def __init__(self, method, path, body):
        self.at, self.method, self.path, self.body = time.monotonic(), method, path, body
        self.status, self.retry_after = 0, None


class Proxy:
    def __init__(self, upstream, clock_file):
        parts = urllib.parse.urlsplit(upstream)
        self.upstream = (parts.hostname, parts.port)
        self.clock_file = clock_file
        self.offsets = [(0, 0)]  # (real ms, offset ms in force from then on)
        self.seen = []
        self.move(0)
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                proxy.forward(self)

            do_GET = do_PUT = do_POST = do_DELETE = handle_any

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def offset(self):
        return self.offsets[-1][1]

    def move(self, offset_ms, moves_bot=True):
        """The bot's clock is `offset_ms` ahead of the real one from now on."""
        self.offsets.append((time.time() * 1000, int(offset_ms)))
        if moves_bot:
            self.move_bot(offset_ms)

    def move_bot(self, offset_ms):
        """Only the bot's clock: it then disagrees with the homeserver's Date."""
        with open(self.clock_file + ".new", "w") as f:
            f.write(f"{int(offset_ms)}\n")
        os.replace(self.clock_file + ".new", self.clock_file)

    def offset_at(self, real_ms):
        return next(off for at, off in reversed(self.offsets) if at <= real_ms)

    def shift(self, body):
        def later(match):
            at = int(match.group(1))
            return b'"origin_server_ts":%d' % (at + self.offset_at(at))
        return SENT_AT.sub(later, body)

    def forward(self, handler):
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length) if length else None
        seen = Seen(handler.command, handler.path, body)
        self.seen.append(seen)
        headers = {k: v for k, v in handler.headers.items() if k.lower() not in HOP}
        line = http.client.HTTPConnection(*self.upstream, timeout=120)
        try:
            line.request(handler.command, handler.path, body, headers)
            answer = line.getresponse()
            self.answer(handler, seen, answer, self.shift(answer.read()))
        except (OSError, http.client.HTTPException):
            handler.close_connection = True
        finally:
            line.close()

    def answer(self, handler, seen, answer, content):
        seen.status = answer.status
        seen.retry_after = answer.headers.get("Retry-After")
        seen.answered_at = time.monotonic()
        now = time.time() + self.offset / 1000
        handler.send_response_only(answer.status)
        for key, value in answer.headers.items():
            if key.lower() not in HOP:
                handler.send_header(key, value)
        handler.send_header("Date", email.utils.formatdate(now, usegmt=True))
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
