"""Which papers of a dossier can be printed now, and which one comes next."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from thanthien.core.documents.issuing import documents_of
from thanthien.core.documents.kinds import KINDS
from thanthien.dossiers.enums import Status
from thanthien.prints.rules import ISSUED_ONCE, can_print

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.dossiers.queries import DossierPage


@dataclass(frozen=True, kw_only=True)
class Print:
    """A form that can be printed now; `is_issued`: it was, and is kept."""

    kind: str
    label: str
    is_issued: bool


def prints_of(page: "DossierPage") -> list[Print]:
    issued = {document.kind.removesuffix("_certification") for document in documents_of(page.dossier.subject)}
    return [Print(kind=kind, label=str(KINDS[kind].label), is_issued=kind in issued) for kind in ready_for(page)]


def ready_for(page: "DossierPage") -> list[str]:
    """Kinds: those that are issued once, then those that are drawn as things stand."""
    dossier = page.dossier
    ready = [kind for kind in ISSUED_ONCE if can_print(dossier, kind)]
    ready += ["declaration"] if page.declared and page.declared.stated else []
    ready += ["control_sheet"] if dossier.received_at else []
    ready += ["hand_over"] if page.has_hand_overs else []
    return ready


SLIPS = {
    Status.DENIED: ("refusal", _("In phiếu từ chối")),
    Status.SUPPLEMENT: ("supplement", _("In phiếu yêu cầu bổ sung")),
    Status.RETURNED: ("receipt", _("In giấy tiếp nhận")),
}
RECEIPT = ("receipt", _("In giấy hẹn"))


def slip_of(dossier: "Dossier") -> tuple[str, Any]:
    """What whoever stands at the counter gets now: its kind, and the words of the button."""
    return SLIPS.get(Status(dossier.status), RECEIPT)
