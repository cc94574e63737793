"""How a fact comes from the process that made it true to the process that shows it.

On PostgreSQL by NOTIFY, which reaches every machine; on SQLite, where all stands on one machine, by a signed datagram;
both right after the commit. Should one be lost, the live process finds out by looking into the database.
"""

import json
import socket
from functools import partial
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connection, transaction

NOTIFY_CHANNEL = "thanthien_live"
SALT = "thanthien.core.live"
LONGEST = 7900  # bytes that PostgreSQL takes in one notification


def send(channel: str, key: str | int, fact: dict[str, Any]) -> None:
    """`fact` carries "id", a number that grows with what is stored; it goes out when the transaction commits."""
    message = json.dumps({"channel": channel, "key": str(key), "fact": fact}, ensure_ascii=False, separators=(",", ":"))
    if len(message.encode()) > LONGEST:
        raise ValueError("a fact that is shown at once must be short")
    carry = _notify if connection.vendor == "postgresql" else _post
    transaction.on_commit(partial(carry, message), robust=True)


def _notify(message: str) -> None:
    """After the commit: a commit that carries a notification itself waits for every other one that does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [NOTIFY_CHANNEL, message])


def _post(message: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as post:
        post.setblocking(False)
        try:
            post.sendto(signing.dumps(message, salt=SALT).encode(), ("127.0.0.1", settings.LIVE_PORT))
        except OSError:  # nobody listens: whoever opens a board reads the database
            return
