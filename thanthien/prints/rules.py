"""Which forms of a dossier can be printed already, and who reads the books. Silence, or `Refused` in Vietnamese."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from thanthien.core.documents.kinds import KINDS
from thanthien.core.rules import Refused
from thanthien.dossiers.enums import Status
from thanthien.dossiers.rules import check_has_role
from thanthien.organisation.enums import Role
from thanthien.procedures.enums import Channel

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Staff

BOOK_READERS = (
    Role.RECEPTION, Role.RETURN, Role.CASHIER, Role.CLERK, Role.DIVISION_HEAD, Role.LEADER, Role.UNIT_ADMIN,
    Role.PROVINCE_ADMIN, Role.INSPECTOR,
)  # fmt: skip


def check_can_read_books(*, by: "Staff") -> None:
    if not by.is_superuser:
        check_has_role(by, *BOOK_READERS)


def check_can_print(dossier: "Dossier", kind: str) -> None:
    if not READY[kind](dossier):
        words = {"form": KINDS[kind].label}
        raise Refused(_("Hồ sơ này chưa đến lúc có giấy “%(form)s”.") % words)


def can_print(dossier: "Dossier", kind: str) -> bool:
    return READY[kind](dossier)


def _has(name: str) -> "Callable[[Dossier], bool]":
    return lambda dossier: getattr(dossier, name, None) is not None


def _is_signed(dossier: "Dossier") -> bool:
    apology = getattr(dossier, "apology", None)
    return apology is not None and apology.signed_at is not None


READY: "dict[str, Callable[[Dossier], bool]]" = {
    "acknowledgement": lambda dossier: dossier.channel == Channel.ONLINE,
    "receipt": lambda dossier: dossier.received_at is not None,
    "supplement": _has("supplement"),
    "refusal": lambda dossier: dossier.status == Status.DENIED,
    "apology": _is_signed,
    "stop_notice": lambda dossier: dossier.status in (Status.WITHDRAWN, Status.STOPPED),
    "result_receipt": _has("result_return"),
}
ISSUED_ONCE = tuple(READY)
