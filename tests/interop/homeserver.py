"""A throw-away Synapse on loopback: SQLite, no federation, known secret."""
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

NAME = "hearth.test"
SECRET = "interop-only"
NO_LIMIT = "{per_second: 1000000, burst_count: 1000000}"

CONFIG = """
server_name: {name}
pid_file: {folder}/synapse.pid
listeners:
  - {{port: {port}, type: http, bind_addresses: ['127.0.0.1'], tls: false, x_forwarded: false,
      resources: [{{names: [client], compress: false}}]}}
public_baseurl: http://127.0.0.1:{port}/
database: {{name: sqlite3, args: {{database: {folder}/homeserver.db}}}}
media_store_path: {folder}/media
signing_key_path: {folder}/signing.key
log_config: {folder}/log.yaml
registration_shared_secret: {secret}
macaroon_secret_key: interop-macaroon
form_secret: interop-form
report_stats: false
bcrypt_rounds: 4
trusted_key_servers: []
federation_domain_whitelist: []
presence: {{enabled: false}}
suppress_key_server_warning: true
rc_registration: {no}
rc_login: {{address: {no}, account: {no}, failed_attempts: {no}}}
rc_joins: {{local: {no}, remote: {no}}}
rc_joins_per_room: {no}
rc_invites: {{per_room: {no}, per_user: {no}, per_issuer: {no}}}
rc_room_creation: {no}
rc_admin_redaction: {no}
{messages}
"""

LOG = """
version: 1
formatters: {{plain: {{format: '%(asctime)s %(name)s %(levelname)s %(message)s'}}}}
handlers: {{file: {{class: logging.FileHandler, formatter: plain, filename: {folder}/synapse.log}}}}
root: {{level: WARNING, handlers: [file]}}
disable_existing_loggers: false
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def call(url, body=None, token=None, method=None):
    request = urllib.request.Request(
        url, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", "Bearer " + token)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


class Synapse:
    """`limited`: messages are rate-limited as Synapse does out of the box."""

    def __init__(self, folder, limited=False):
        os.makedirs(folder)
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        messages = "" if limited else f"rc_message: {NO_LIMIT}"
        config = os.path.join(folder, "homeserver.yaml")
        with open(config, "w") as f:
            f.write(CONFIG.format(name=NAME, folder=folder, port=self.port, secret=SECRET,
                                  no=NO_LIMIT, messages=messages))
        with open(os.path.join(folder, "log.yaml"), "w") as f:
            f.write(LOG.format(folder=folder))
        run = [sys.executable, "-m", "synapse.app.homeserver", "-c", config]
        self.output = open(os.path.join(folder, "stdout.log"), "w")
        subprocess.run(run + ["--generate-keys"], check=True, stdout=self.output,
                       stderr=self.output, cwd=folder)
        self.process = subprocess.Popen(run, stdout=self.output, stderr=self.output, cwd=folder)
        self.wait()
        self.admin = self.register("admin", is_admin=True)["access_token"]

    def wait(self):
        for _ in range(600):
            try:
                return call(self.url + "/_matrix/client/versions")
            except (OSError, urllib.error.URLError):
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        with open(self.output.name) as f:
            raise SystemExit("Synapse did not start:\n" + f.read()[-3000:])

    def register(self, user, is_admin=False):
        path = self.url + "/_synapse/admin/v1/register"
        nonce = call(path)["nonce"]
        parts = (nonce, user, user + "-pw", "admin" if is_admin else "notadmin")
        mac = hmac.new(SECRET.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        return call(path, {"nonce": nonce, "username": user, "password": user + "-pw",
                           "admin": is_admin, "mac": mac})

    def lift_limit(self, user_id):
        """No rate limit for this user."""
        call(f"{self.url}/_synapse/admin/v1/users/{user_id}/override_ratelimit",
             {"messages_per_second": 0, "burst_count": 0}, self.admin)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.output.close()
