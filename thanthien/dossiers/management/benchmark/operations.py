"""What each measurement asks for: the addresses and fields, as pages would send them."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.urls import reverse

from thanthien.core.idempotency import FIELD
from thanthien.dossiers.management.benchmark.seed import THOUSAND, Office, code_of, dossiers_on_desk, secret_of
from thanthien.dossiers.management.benchmark.work import KEY, TOKEN, Ask

SENT = {"csrfmiddlewaretoken": TOKEN, FIELD: KEY}
RECEIVED = {
    "do": "receive",
    "full_name": "Nguyễn Thị Bích Ngọc",
    "personal_id": "046190{number}",
    "phone": "0903{number}",
    "birth_date": "12/03/1990",
    "sex": "female",
    "address": "Thôn 2, xã Mẫu",
    "channel": "counter",
    "return_channel": "counter",
    "copies": "1",
    "request": "Đăng ký khai sinh cho con",
    "paper-1-name": "Tờ khai theo mẫu",
    "paper-1-usual": "1-0-0",
    "paper-1-here": "on",
    "paper-2-name": "Giấy chứng sinh",
    "paper-2-usual": "1-0-1",
    "paper-2-here": "on",
}
LOOK_UPS = 20_000  # different dossiers, as far as there are so many
Asked = Iterator[tuple[Office, list[Ask]]]


def receive(offices: list[Office], rows: int) -> Asked:
    """Each officer receives dossiers of new people at the counter of their unit, with two papers and a charge."""
    for office in offices:
        addresses = [reverse("dossiers:receive_procedure", args=[offering.pk]) for offering in office.offerings]
        yield office, [Ask(address, SENT | RECEIVED) for address in addresses]


def step(offices: list[Office], rows: int) -> Asked:
    """Each officer finishes the first step of the dossiers that lie on the desk of their unit."""
    for office in offices:
        codes = dossiers_on_desk(office.unit)
        yield office, [Ask(reverse("dossiers:finish_step", args=[code]), SENT | {"note": ""}) for code in codes]


def inbox(offices: list[Office], rows: int) -> Asked:
    """The officer with two dossiers of a thousand opens the work list."""
    yield offices[0], [Ask(reverse("office:desk"))]


def lookup(offices: list[Office], rows: int) -> Asked:
    """Citizens without an account open the address that the QR of their slip holds."""
    apart = max(1, rows // LOOK_UPS)
    numbers = range(THOUSAND // 2, rows, apart)  # not with those on a desk only
    yield offices[0], [Ask(reverse("portal:tracking", args=[code_of(n), secret_of(n)])) for n in numbers]


def home(offices: list[Office], rows: int) -> Asked:
    """The first page of the citizen's door."""
    yield offices[0], [Ask(reverse("portal:home"))]


def search(offices: list[Office], rows: int) -> Asked:
    """Everyday words, also with a slip."""
    words = ("khai sinh cho con", "xay nha", "tam tru", "khia sinh")
    yield offices[0], [Ask(f"{reverse('portal:procedures')}?{urlencode({'q': one})}") for one in words]


def procedure(offices: list[Office], rows: int) -> Asked:
    """What a procedure asks of the citizen, with the real time of the last 90 days."""
    codes = [offering.procedure.code for offering in offices[0].offerings]
    yield offices[0], [Ask(reverse("portal:procedure", args=[code])) for code in codes]


OPERATIONS: dict[str, Callable[[list[Office], int], Asked]] = {
    "receive": receive, "step": step, "inbox": inbox, "lookup": lookup,
    "home": home, "search": search, "procedure": procedure,
}  # fmt: skip
ANONYMOUS = {"lookup", "home", "search", "procedure"}
EXPECTED = {"receive": 302, "step": 302} | dict.fromkeys(("inbox", *ANONYMOUS), 200)
