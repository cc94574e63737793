"""Real servers of this machine for tests: one that takes letters, one that takes what gateways take."""

import json
import socket
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller


class Mailbox:
    """A real SMTP server's handler that keeps what it accepts, or says no."""

    def __init__(self):
        self.letters, self.answer = [], "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content))
        return self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def post_office(settings):
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield box
    controller.stop()


class Gateway:
    """What it was asked, and how it answers: a status and a body, in so many seconds."""

    def __init__(self):
        self.requests, self.status, self.body, self.seconds, self.check = [], 200, b'{"code": 100}', 0, None

    def takes(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        self.requests.append((request.command, dict(request.headers), body))
        time.sleep(self.seconds)
        status = self.status if self.check is None or self.check(request.headers, body) else 401
        request.send_response(status)
        if status in (301, 302, 307):
            request.send_header("Location", "/elsewhere")
        request.send_header("Content-Length", str(len(self.body)))
        request.end_headers()
        request.wfile.write(self.body)

    @property
    def sent(self) -> list[dict]:
        """The bodies, read as JSON."""
        return [json.loads(body) for _command, _headers, body in self.requests]


@contextmanager
def gateway_server():
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            gateway.takes(self)

        do_PUT = do_GET = do_POST

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *args: None  # somebody who hung up is what some tests are about
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    gateway.url = f"http://127.0.0.1:{server.server_port}/sms"
    yield gateway
    server.shutdown()
    server.server_close()
    thread.join()
