"""The last page of a draft, and what is shown after it was sent."""

from base64 import b64encode
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thanthien.core.documents import issuing, qr
from thanthien.core.rules import Refused
from thanthien.dossiers.actions import due_if_answered
from thanthien.dossiers.queries import checked_by, tracking_address
from thanthien.filing import actions
from thanthien.filing.forms.whole import Whole
from thanthien.filing.queries import confirmations_of, parties_of, sent_filing, still_to_do, unconfirmed
from thanthien.filing.views.drafting import Way, forget, shown
from thanthien.filing.views.parties import count_askings
from thanthien.filing.views.proved import on_own_dossier
from thanthien.prints.actions import issue_document


def page(request: HttpRequest, draft: Any, way: Way) -> HttpResponse:
    return (_answer if draft.dossier_id else _file)(request, draft, way)


def _file(request: HttpRequest, draft: Any, way: Way) -> HttpResponse:
    """Everything once more, what still blocks with its remedy; then send."""
    whole, at, refusal, lacking = Whole(draft, today=localdate()), now(), "", unconfirmed(draft)
    if lacking and parties_of(draft):
        return redirect("filing:waiting", draft.ref)
    if request.method == "POST" and not whole.blocking:
        try:
            if lacking:
                return _ask(draft, whole)
            dossier = actions.submit(draft, whole.application(), at=at)
            return forget(redirect("filing:filed", dossier.code, dossier.secret), draft.ref)
        except Refused as refused:
            refusal = str(refused)
    names = {"whole": whole, "refusal": refusal, "check": checked_by(draft.offering.unit, at=at), "lacking": lacking}
    names["asked"] = bool(parties_of(draft))
    return shown(request, "check", way, status=422 if request.method == "POST" else 200, **names)


def _ask(draft: Any, whole: Whole) -> HttpResponse:
    """Nothing is sent yet: those whose word is missing get a link of their own."""
    contacts = whole.contacts()
    count_askings(draft, contacts.values())
    actions.ask_parties(draft, contacts, at=now())
    return redirect("filing:waiting", draft.ref)


def _answer(request: HttpRequest, draft: Any, way: Way) -> HttpResponse:
    """The papers that go with it, the date that will hold, then send."""
    whole, at, refusal = Whole(draft, today=localdate()), now(), ""
    if request.method == "POST" and not whole.blocking:
        note, due = request.POST.get("note", "")[:2000], parse_moment(request.POST.get("shown_due", ""))
        try:
            dossier = actions.send_answer(draft, note=note, shown_due=due, at=at)
            return forget(redirect("portal:tracking", dossier.code, dossier.secret), draft.ref)
        except Refused as refused:
            refusal = str(refused)
    names: dict[str, Any] = {"whole": whole, "refusal": refusal, "note": request.POST.get("note", "")}
    names["new_due"] = due_if_answered(draft.dossier, at=at) if draft.dossier.received_at else None
    names["check"] = checked_by(draft.dossier.unit, at=at)
    return shown(request, "answer", way, status=422 if request.method == "POST" else 200, **names)


def parse_moment(text: str) -> datetime | None:
    """The moment that the page carried; None for what is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


@never_cache
@require_safe
@on_own_dossier
def filed(request: HttpRequest, dossier: Any) -> HttpResponse:
    """It arrived: the code, the QR, who looks at it until when, what comes next."""
    drawn = b64encode(qr(tracking_address(dossier)).encode()).decode()
    names = {"dossier": dossier, "filing": sent_filing(dossier), "qr": drawn, "check": sent_check(dossier)}
    names |= {"parties": confirmations_of(dossier), "still": still_to_do(dossier)}
    return render(request, "filing/filed.html", names)


def sent_check(dossier: Any) -> Any:
    return checked_by(dossier.unit, at=dossier.registered_at)


@never_cache
@require_safe
@on_own_dossier
def acknowledgement(request: HttpRequest, dossier: Any) -> HttpResponse:
    """The paper that says that it arrived, drawn once."""
    issued = issue_document(dossier, "acknowledgement", by=gettext_lazy("Hệ thống"), at=now())
    return redirect(issuing.address(issued.secret))
