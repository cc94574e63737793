"""What each measurement asks for: the addresses and fields, as pages would send them."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from thanthien.core.idempotency import FIELD
from thanthien.dossiers.management.benchmark.seed import THOUSAND, Office, code_of, secret_of
from thanthien.dossiers.management.benchmark.work import KEY, TOKEN, Ask

SENT = {"csrfmiddlewaretoken": TOKEN, FIELD: KEY}
LOOK_UPS = 20_000  # different dossiers, as far as there are so many
Asked = Iterator[tuple[Office, list[Ask]]]


def receive(offices: list[Office], rows: int) -> Asked:
    """Each officer receives dossiers of new people at the counter of their unit."""
    yield from ()


def step(offices: list[Office], rows: int) -> Asked:
    """Each officer finishes the first step of the dossiers that lie on the desk of their unit."""
    yield from ()


def inbox(offices: list[Office], rows: int) -> Asked:
    """The officer with two dossiers of a thousand opens the work list."""
    yield offices[0], [Ask(reverse("office:desk"))]


def lookup(offices: list[Office], rows: int) -> Asked:
    """Citizens without an account open the address that the QR of their slip holds."""
    apart = max(1, rows // LOOK_UPS)
    numbers = range(THOUSAND // 2, rows, apart)  # not with those on a desk only
    yield offices[0], [Ask(reverse("portal:tracking", args=[code_of(n), secret_of(n)])) for n in numbers]


OPERATIONS: dict[str, Callable[[list[Office], int], Asked]] = {
    "receive": receive, "step": step, "inbox": inbox, "lookup": lookup,
}  # fmt: skip
ANONYMOUS = {"lookup"}
EXPECTED = {"receive": 302, "step": 302, "inbox": 200, "lookup": 200}
