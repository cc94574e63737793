"""What tests of pages share: sending forms, an officer's browser, a receipt printer."""

import socket
import threading
from contextlib import contextmanager

from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.queue import actions
from thanthien.queue.factories import later


def send(client, name, /, *args, query="", key="", **fields):
    return client.post(reverse(f"queue:{name}", args=args) + query, {"idempotency_key": key or new_key(), **fields})


def call(session, minute):
    made = actions.call_next(session, by=session.staff, at=later(minute))
    actions.finish(session, by=session.staff, at=later(minute))
    return made


def signed_in(officer):
    client = Client()
    client.force_login(officer)
    return client


@contextmanager
def printer(paper=b"\x12"):
    """A receipt printer: answers what its sensors say, keeps what it was sent."""
    got, server, reading = bytearray(), socket.create_server(("127.0.0.1", 0)), threading.Lock()

    def serve():
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, reading:
                while piece := line.recv(65536):
                    got.extend(piece)
                    if b"\x10\x04\x04" in piece:
                        line.sendall(paper)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1], got
    with reading:  # until it has read to the end
        server.close()
