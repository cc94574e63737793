"""What printing adds to the house: the books in the menu, and the papers on the pages of a dossier."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from thanthien.core.documents.kinds import KINDS
from thanthien.core.navigation import Entry, add
from thanthien.core.slots import fills
from thanthien.prints.queries import prints_of, ready_for, slip_of
from thanthien.prints.rules import BOOK_READERS

LOOKING_BACK = _("Nhìn lại")
add(
    Entry(
        label=_("Sổ theo dõi hồ sơ"), url_name="prints:book", icon="book", group=LOOKING_BACK, order=220,
        roles=frozenset(BOOK_READERS),
    )
)  # fmt: skip
add(
    Entry(
        label=_("Thu phí, lệ phí"), url_name="prints:fees", icon="cash-coin", group=LOOKING_BACK, order=230,
        roles=frozenset(BOOK_READERS),
    )
)  # fmt: skip


@fills("dossier.prints")
def papers_of_dossier(request: HttpRequest, page: Any) -> str:
    """Subject: the `DossierPage`."""
    return _drawn(request, "_prints", dossier=page.dossier, prints=prints_of(page))


@fills("dossier.done")
def paper_of_what_was_done(request: HttpRequest, page: Any) -> str:
    """The paper that goes with what was just done (`?in=kind`), when it can be printed."""
    kind = request.GET.get("in", "")
    if kind not in ready_for(page):
        return ""
    return _drawn(request, "_offered", dossier=page.dossier, kind=kind, label=KINDS[kind].label)


@fills("dossier.received")
def slip_to_hand_over(request: HttpRequest, dossier: Any) -> str:
    kind, label = slip_of(dossier)
    return _drawn(request, "_slip", dossier=dossier, kind=kind, label=label)


@fills("dossier.guided")
def slip_of_guidance(request: HttpRequest, guidance: Any) -> str:
    return _drawn(request, "_guidance", guidance=guidance)


@fills("dossier.apology")
def apology_on_paper(request: HttpRequest, apology: Any) -> str:
    return _drawn(request, "_apology", apology=apology)


def _drawn(request: HttpRequest, template: str, **names: Any) -> str:
    return render_to_string(f"prints/{template}.html", names, request)
