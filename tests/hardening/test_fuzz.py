"""R11: damaged requests over every address, as a guest and as each role: no 5xx, and nobody is kept waiting.

Each request is made from a number: what fails is named, and can be made again alone with `ONLY=<number>`.
"""

import os
import re
import time
from functools import cache
from random import Random
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction

from tests.commune import EVERYBODY, Commune, all_addresses, empty_form
from tests.hardening import LONG

pytestmark = [pytest.mark.hardening, pytest.mark.django_db]
REQUESTS, SEEDS = (10_000, (7, 8, 9)) if LONG else (700, (7,))
PATIENCE = 10.0  # seconds
ILL_FROM_THE_START = {"/suc-khoe/"}  # the house of the tests has no worker, and says so with 503

NASTY = [
    "", " ", "0", "-1", "1", "00", "1e9", "NaN", "Infinity", "٣", "９", "9" * 30, "2026-02-30", "31/02/2026",
    "0001-01-01", "9999-12-31", "25:61", "2026-11-23T08:00", "null", "None", "true", "[]", "[" * 500, '{"a":', "'",
    '"', "\\", "%", "%s", "%(x)s", "{0}", "{{7*7}}", "${7*7}", "<script>alert(1)</script>", "' OR '1'='1",
    "; DROP TABLE x", "../../etc/passwd", "..%2f..%2f", "/", "//", "\x00", "a\x00b", "\r\nSet-Cookie: x=1",
    "\u202eexe.pdf", "\ufeff", "e\u0301", "ế" * 300, "😀", "Ａ", "ﬁ", "ß", "İ", "Nguyễn Thị Bích Ngọc", "nguyen",
    "x" * 5000, "|" * 6, "1|2|3|4|5|6|7", "0901234567", "+84901234567", "001300000001", "a@b", "http://",
    "H56.14.18-261123-0001", "-", "--", "*", "#read(\"/etc/passwd\")", "=1+1", "@SUM(1)", "1,5", "1.5", "-0", "1/0",
    "²", "on", "all", "receive", "refuse", "supplement", "guide",
]  # fmt: skip
METHODS = ["GET"] * 8 + ["POST"] * 9 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
QUERIES = (
    "q", "page", "whose", "band", "sector", "step", "text", "first", "last", "from", "to", "sort", "case", "xem",
    "excel", "state", "next", "unit", "year", "lang", "kind", "copy-1-pages", "copy-1-copies", "personal_id",
    "full_name",
)  # fmt: skip
HEADERS = (
    "Accept", "Accept-Language", "Cookie", "Referer", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto",
    "If-None-Match", "Range",
    "If-Modified-Since", "X-Requested-With", "HX-Request", "Idempotency-Key", "Content-Encoding",
)  # fmt: skip
BODIES = [
    (b"", "application/x-www-form-urlencoded"),
    (b"\xff\xfe=\x80&a=%zz", "application/x-www-form-urlencoded"),
    (b"&".join(b"a%d=1" % n for n in range(2500)), "application/x-www-form-urlencoded"),
    (b"{", "application/json"),
    (b"[" * 3000, "application/json"),
    (b'--x\r\nContent-Disposition: form-data; name=scans; filename=a.pdf\r\n\r\nMZ', "multipart/form-data; boundary=x"),
    (b"no boundary here", "multipart/form-data"),
    (b"text", "text/plain; charset=latin-9999"),
    (b"<?xml version='1.0'?>", "application/xml"),
]  # fmt: skip


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Commune()
        transaction.set_rollback(True)


class Damage:
    """Request number `number` of a seed."""

    def __init__(self, commune, seed: int, number: int) -> None:
        self.chance, self.commune = Random(seed * 1_000_003 + number), commune
        self.who = self.chance.choice(EVERYBODY)
        self.address = self.chance.choice(all_addresses())
        self.method = self.chance.choice(METHODS)

    def send(self):
        client, path = self.commune.clients[self.who], self.path()
        options = {"headers": self.headers(), "query_string": self.query()}
        if self.method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            return client.generic(self.method, path, **options)
        body, kind = self.body(path, client)
        return client.generic(self.method, path, body, kind, **options)

    def path(self) -> str:
        """Mostly the true address, so that the request gets far; else one part of it is damaged."""
        path = self.commune.path(self.address)
        parts = path.strip("/").split("/")
        if self.chance.random() < 0.3:
            parts[self.chance.randrange(len(parts))] = quote(self.nasty()[:200], safe="")
        return "/" + "/".join(parts) + ("/" if self.chance.random() < 0.95 else "")

    def nasty(self) -> str:
        return self.chance.choice(NASTY)

    def query(self) -> str:
        if self.chance.random() < 0.4:
            return ""
        names = self.chance.sample(QUERIES, self.chance.randint(1, 4))
        return urlencode([(name, self.nasty()) for name in names], errors="surrogatepass")

    def headers(self) -> dict[str, str]:
        if self.chance.random() < 0.7:
            return {}
        return {self.chance.choice(HEADERS): re.sub(r"[\r\n\x00]", "", self.nasty()).encode().decode("latin-1")}

    def body(self, path: str, client) -> tuple[bytes, str]:
        if self.chance.random() < 0.15:
            return self.chance.choice(BODIES)
        names = fields_of(self.commune, self.address.name) or QUERIES
        chosen = self.chance.sample(names, self.chance.randint(0, len(names)))
        form = empty_form() | self.commune.forms.get(self.address.name, {}) | {name: self.nasty() for name in chosen}
        return urlencode(form, errors="surrogatepass").encode(), "application/x-www-form-urlencoded"

    def __str__(self) -> str:
        return f"{self.method} {self.address.name} as {self.who}"


@cache
def fields_of(commune, name: str) -> tuple[str, ...]:
    """The names of the fields on the page of this address, for whoever sees most of it."""
    address = next(one for one in all_addresses() if one.name == name)
    pages = []
    for who in ("guest", "reception", "leader", "specialist", "unit_admin", "superuser"):
        with transaction.atomic():
            answer = commune.clients[who].get(commune.path(address))
            pages.append("" if answer.streaming else answer.content.decode(errors="replace"))
            transaction.set_rollback(True)
    names = {name for page in pages for name in re.findall(r'name="([\w-]+)"', page)}
    return tuple(sorted(names - {"csrfmiddlewaretoken", "idempotency_key", "viewport", "theme-color"}))


def fault_of(commune, seed: int, number: int) -> str:
    damage, begun = Damage(commune, seed, number), time.monotonic()
    with transaction.atomic():
        answer = damage.send()
        transaction.set_rollback(True)
    took = time.monotonic() - begun
    is_broken = answer.status_code >= 500 and answer.wsgi_request.path not in ILL_FROM_THE_START
    if is_broken or took > PATIENCE:
        return f"seed {seed}, number {number}: {damage}: {answer.status_code} after {took:.1f} s"
    return ""


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_requests_are_never_answered_with_5xx_nor_late(commune, seed):
    only = os.environ.get("ONLY")
    numbers = [int(only)] if only else range(REQUESTS)

    faults = [fault for number in numbers if (fault := fault_of(commune, seed, number))]

    assert faults == []
