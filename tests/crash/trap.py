"""A TCP relay between the bot and the homeserver that can spring at the worst
moment: the homeserver has taken a message, the bot has not heard so yet.

Bytes go through unchanged, websockets included. Once armed, the next answer to
a PUT .../send/... is held back and `on_spring` is called instead.
"""
import re
import socket
import threading

SEND = re.compile(rb"PUT /\S+/send/\S+ HTTP/1")


class Trap:
    def __init__(self, port, on_spring):
        self.upstream, self.on_spring = ("127.0.0.1", port), on_spring
        self.armed, self.sprung = threading.Event(), threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def arm(self):
        self.sprung.clear()
        self.armed.set()

    def disarm(self):
        self.armed.clear()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self.upstream)
            except OSError:
                near.close()
                continue
            is_sending = threading.Event()
            for args in ((near, far, is_sending, True), (far, near, is_sending, False)):
                threading.Thread(target=self.relay, args=args, daemon=True).start()

    def relay(self, source, target, is_sending, is_request):
        try:
            while True:
                part = source.recv(65536)
                if not part:
                    break
                if is_request and SEND.search(part):
                    is_sending.set()
                elif not is_request and is_sending.is_set():
                    is_sending.clear()
                    if self.armed.is_set():
                        self.armed.clear()
                        self.on_spring()
                        self.sprung.set()
                        break
                target.sendall(part)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def end(self):
        self.listener.close()
