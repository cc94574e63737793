"""One address for each printed form of a dossier; a form that was issued is always the same paper."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thanthien.core.documents.issuing import draft
from thanthien.core.rules import Refused
from thanthien.core.views import show_issued, show_pdf
from thanthien.dossiers.queries import apology_of, declared_page, dossier_for, guidance_for, hand_overs_of
from thanthien.prints import actions, queries
from thanthien.prints.queries.drawing import drawn_now
from thanthien.prints.rules import ISSUED_ONCE


@require_safe
@login_required
def paper(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    dossier, at = dossier_for(request.user, code), now()
    if kind in AS_OF_NOW:
        data = AS_OF_NOW[kind](dossier, at)
        return show_pdf(drawn_now(kind, dossier.receiving_unit.code, data, at=at), f"{kind}-{code}")
    if kind not in ISSUED_ONCE:
        raise Http404
    issued = actions.issue_document(dossier, kind, by=request.user, at=at)
    return show_issued(request, issued, f"{kind}-{code}")


def _control_sheet(dossier: Any, at: datetime) -> Any:
    if dossier.received_at is None:
        raise Refused(_("Hồ sơ chưa được tiếp nhận nên chưa có phiếu kiểm soát."))
    return queries.control_sheet(dossier, at=at)


def _declaration(dossier: Any, at: datetime) -> Any:
    page = declared_page(dossier)
    if page is None or page.stated is None:
        raise Refused(_("Hồ sơ này chưa điền tờ khai."))
    return queries.declaration_sheet(dossier, page, at=at)


def _hand_over(dossier: Any, at: datetime) -> Any:
    last = hand_overs_of(dossier).last()
    if last is None:
        raise Refused(_("Hồ sơ này chưa được bàn giao lần nào."))
    return queries.hand_over_list(last.list, at=at) if last.list else queries.hand_over_of_one(last, at=at)


AS_OF_NOW: dict[str, Callable[[Any, datetime], Any]] = {
    "control_sheet": _control_sheet,
    "declaration": _declaration,
    "hand_over": _hand_over,
}


@require_safe
@login_required
def apology_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Form 04 as it would be printed, before it is signed: not numbered, not kept."""
    dossier, at = dossier_for(request.user, code), now()
    apology = apology_of(dossier)
    if apology is None or apology.drafted_at is None:
        raise Http404
    data = queries.apology(dossier, number="", at=at)
    return show_pdf(draft("apology", unit_code=dossier.receiving_unit.code, data=data, at=at), f"draft-{code}")


@require_safe
@login_required
def guidance(request: HttpRequest, guidance_id: int) -> HttpResponse:
    record = guidance_for(request.user, guidance_id)
    issued = actions.issue_guidance(record, by=request.user, at=now())
    return show_issued(request, issued, f"guidance-{record.pk}")
