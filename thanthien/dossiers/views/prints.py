"""One address for each printed form of a dossier; a form that was issued is always the same paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thanthien.core.documents.issuing import draft
from thanthien.core.documents.kinds import KINDS
from thanthien.core.rules import Refused
from thanthien.dossiers import actions
from thanthien.dossiers.queries import (
    DossierPage,
    declared_page,
    dossier_for,
    guidance_for,
    hand_over_list_for,
    hand_over_lists_of,
    hand_overs_of,
    hand_overs_to_list,
    prints,
)
from thanthien.dossiers.queries.prints.drawing import drawn_now
from thanthien.dossiers.views.acting import on_dossier
from thanthien.dossiers.views.pdf import show_issued, show_pdf

MOST_WAITING = 500
LISTS_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Print:
    """A form that can be printed now; `is_issued`: it was, and is kept."""

    kind: str
    label: str
    is_issued: bool


def prints_of(page: DossierPage) -> list[Print]:
    issued = {document.issued.kind.removesuffix("_certification") for document in page.documents}
    ready = [kind for kind in actions.PRINTED_ONCE if actions.can_print(page.dossier, kind)]
    ready += ["declaration"] if page.declared and page.declared.stated else []
    ready += ["control_sheet"] if page.dossier.received_at else []
    ready += ["hand_over"] if page.has_hand_overs else []
    return [Print(kind=kind, label=str(KINDS[kind].label), is_issued=kind in issued) for kind in ready]


@require_safe
@login_required
def print_document(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    dossier, at = dossier_for(request.user, code), now()
    if kind in AS_OF_NOW:
        data = AS_OF_NOW[kind](dossier, at)
        return show_pdf(drawn_now(kind, dossier.receiving_unit.code, data, at=at), f"{kind}-{code}")
    if kind not in actions.PRINTED_ONCE:
        raise Http404
    issued = actions.issue_document(dossier, kind, by=request.user, at=at)
    return show_issued(request, issued, f"{kind}-{code}")


def _control_sheet(dossier: Any, at: datetime) -> Any:
    if dossier.received_at is None:
        raise Refused(_("Hồ sơ chưa được tiếp nhận nên chưa có phiếu kiểm soát."))
    return prints.control_sheet(dossier, at=at)


def _declaration(dossier: Any, at: datetime) -> Any:
    page = declared_page(dossier)
    if page is None or page.stated is None:
        raise Refused(_("Hồ sơ này chưa điền tờ khai."))
    return prints.declaration_sheet(dossier, page, at=at)


def _hand_over(dossier: Any, at: datetime) -> Any:
    last = hand_overs_of(dossier).last()
    if last is None:
        raise Refused(_("Hồ sơ này chưa được bàn giao lần nào."))
    return prints.hand_over_list(last.list, at=at) if last.list else prints.hand_over_of_one(last, at=at)


AS_OF_NOW: dict[str, Callable[[Any, datetime], Any]] = {
    "control_sheet": _control_sheet,
    "declaration": _declaration,
    "hand_over": _hand_over,
}


def show_draft(dossier: Any, *, at: datetime) -> HttpResponse:
    """The apology to be read before it is signed."""
    data = prints.apology(dossier, number="", at=at)
    return show_pdf(draft("apology", unit_code=dossier.receiving_unit.code, data=data, at=at), f"draft-{dossier.code}")


@require_safe
@login_required
def print_guidance(request: HttpRequest, guidance_id: int) -> HttpResponse:
    record = guidance_for(request.user, guidance_id)
    issued = actions.issue_guidance(record, by=request.user, at=now())
    return show_issued(request, issued, f"guidance-{record.pk}")


@on_dossier
def hand_over_lists(request: HttpRequest) -> HttpResponse:
    """Dossiers given away that stand on no list yet, by receiver; ticked ones make a numbered list to be signed."""
    waiting = list(hand_overs_to_list(request.user)[:MOST_WAITING])
    if request.method == "POST":
        made = _make_list(request, waiting)
        return redirect("dossiers:print_hand_over_list", made.pk) if made else redirect("dossiers:hand_over_lists")
    groups: dict[Any, list[Any]] = {}
    for hand_over in waiting:
        groups.setdefault(hand_over.to_unit, []).append(hand_over)
    names = {"groups": list(groups.items()), "made": hand_over_lists_of(request.user)[:LISTS_SHOWN]}
    return render(request, "dossiers/hand_over_lists.html", names)


def _make_list(request: HttpRequest, waiting: list[Any]) -> Any:
    """None, with a message, when nothing was ticked or it goes to several places."""
    chosen = {int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) < 19}
    rows = [hand_over for hand_over in waiting if hand_over.pk in chosen]
    try:
        if len({hand_over.to_unit_id for hand_over in rows}) > 1:
            raise Refused(_("Một danh sách bàn giao chỉ gửi một nơi. Xin chọn hồ sơ cùng nơi nhận."))
        to_unit = rows[0].to_unit if rows else None
        return actions.make_hand_over_list(rows, to_unit=to_unit, by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None


@require_safe
@login_required
def print_hand_over_list(request: HttpRequest, list_id: int) -> HttpResponse:
    made, at = hand_over_list_for(request.user, list_id), now()
    data = prints.hand_over_list(made, at=at)
    return show_pdf(drawn_now("hand_over", made.unit.code, data, at=at), f"hand-over-{made.pk}")
