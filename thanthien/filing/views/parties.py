"""Whose word is needed: the page on which a draft waits for them, and the page of their own link."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thanthien.core import rate_limit
from thanthien.core.documents import qr
from thanthien.core.idempotency import idempotent
from thanthien.core.rate_limit import Limit
from thanthien.core.rules import Refused
from thanthien.core.words import as_the_office_writes
from thanthien.filing import actions
from thanthien.filing.actions import Contact
from thanthien.filing.enums import PartyState
from thanthien.filing.forms.parties import ConfirmForm, ContactForm, DisputeForm, PledgeForm
from thanthien.filing.forms.whole import Whole
from thanthien.filing.queries import (
    address_of,
    declaration_of,
    declarer_of,
    draft_of_party,
    parties_of,
    party_by_key,
    stated_for,
    still_to_do,
    unconfirmed,
)
from thanthien.filing.views.drafting import MISSES, Way, on_draft, shown, too_many

ASKINGS = Limit("filing:ask", tries=20, seconds=3600)  # of one draft
ASKED = Limit("filing:asked", tries=5, seconds=24 * 3600)  # one phone or mailbox, whoever asks
WRONG_NUMBERS = Limit("filing:number", tries=10, seconds=3600)  # on one link


# ---- the first waits ---------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def waiting(request: HttpRequest, draft: Any) -> HttpResponse:
    """Who was asked, by which way, until when; ask again or elsewhere; take it back and change the form."""
    asked, what = parties_of(draft), request.POST.get("do", "")
    way = Way(draft, "kiem-tra")
    if what == "take_back":
        actions.take_back(draft, at=now())
        messages.success(request, _("Đã thu lại lời mời. Đường dẫn cũ không còn mở được; ông/bà sửa rồi gửi lại."))
        return redirect(way.address(way.place))
    if not unconfirmed(draft) or not asked:
        return redirect(way.address(way.place))
    form = ContactForm(request.POST or None, prefix=what or None)
    party = next((one for one in asked if f"again-{one.pk}" == what), None)
    if party and form.is_valid():
        return _asked_again(request, party, form.contact())
    rows = [_row(one, form if one == party else None) for one in asked]
    return shown(request, "waiting", way, status=422 if party else 200, rows=rows)


def _row(party: Any, form: ContactForm | None) -> dict[str, Any]:
    link = address_of(party)
    drawn = b64encode(qr(link).encode()).decode()
    return {"party": party, "link": link, "qr": drawn, "form": form or ContactForm(prefix=f"again-{party.pk}")}


def _asked_again(request: HttpRequest, party: Any, contact: Contact) -> HttpResponse:
    whole = Contact(phone=contact.phone or party.phone, email=contact.email or party.email)
    count_askings(party.draft, [whole])
    actions.ask_again(party, contact, at=now())
    messages.success(request, _("Đã làm đường dẫn mới cho %(name)s.") % {"name": party.full_name})
    return redirect("filing:waiting", party.draft.ref)


def count_askings(draft: Any, contacts: Iterable[Contact]) -> None:
    """Nobody's phone is to be filled with links. Raises `Refused`."""
    reached = [way for contact in contacts for way in (contact.phone, contact.email) if way]
    limits = [(ASKINGS, draft.ref), *[(ASKED, sha256(way.encode()).hexdigest()) for way in reached]]
    if any(rate_limit.seconds_to_wait(limit, who) for limit, who in limits):
        raise Refused(_("Đã gửi nhiều lời mời đến số hoặc hộp thư này. Xin đưa mã QR cho người ấy, hoặc thử lại mai."))
    for limit, who in limits:
        rate_limit.count(limit, who)


# ---- the second answers ------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """What is declared about both, to be confirmed or disputed by the one whom the link is for."""
    if wait := rate_limit.seconds_to_wait(MISSES, rate_limit.asker_of(request)):
        return too_many(request, wait)
    party = party_by_key(key)
    if party is None:
        rate_limit.count(MISSES, rate_limit.asker_of(request))
        return render(request, "filing/no_party.html", status=404)
    if party.expires_at <= now():
        return render(request, "filing/no_party.html", {"is_late": True}, status=410)
    if party.state == PartyState.CONFIRMED:
        return _thanks(request, party)
    if request.POST.get("do") == "dispute":
        return _dispute(request, party, key)
    return _confirm(request, party, key)


def _thanks(request: HttpRequest, party: Any) -> HttpResponse:
    names = {"party": party, "still": still_to_do(party.dossier) if party.dossier else ""}
    return render(request, "filing/confirmed.html", names)


def _dispute(request: HttpRequest, party: Any, key: str) -> HttpResponse:
    form = DisputeForm(request.POST)
    if not form.is_valid():
        return _page(request, party, ConfirmForm(party), dispute=form, status=422)
    actions.dispute(party, note=form.cleaned_data["note"], at=now())
    messages.success(request, _("Đã báo lại cho người khai. Hồ sơ chưa được gửi đi."))
    return redirect("filing:confirm", key)


def _confirm(request: HttpRequest, party: Any, key: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, party, ConfirmForm(party))
    if wait := rate_limit.seconds_to_wait(WRONG_NUMBERS, str(party.pk)):
        return too_many(request, wait)
    form, pledge = ConfirmForm(party, data=request.POST), PledgeForm(request.POST)
    own = form.look_at(localdate())
    if form.has_wrong_number:
        rate_limit.count(WRONG_NUMBERS, str(party.pk))
    if not pledge.is_valid() or not form.is_done:
        return _page(request, party, form, pledge=pledge, status=422 if form.errors or pledge.errors else 200)
    actions.confirm(party, own, wording=_pledge_of(party), at=now())
    _send(party)
    return redirect("filing:confirm", key)


def _pledge_of(party: Any) -> str:
    """In the language of the office, whatever they read it in."""
    declaration = declaration_of(party.draft)
    with as_the_office_writes():
        word = str(PledgeForm.base_fields["pledge"].label)
    return f"{declaration.content.pledge if declaration else ''}\n{word}".strip()


def _send(party: Any) -> None:
    """With the last word the filing goes to the office. What hinders it then, who files sees on their own page."""
    draft = draft_of_party(party)
    if draft is None or unconfirmed(draft):
        return
    whole = Whole(draft, today=localdate())
    if whole.blocking:
        return
    try:
        actions.submit(draft, whole.application(), at=now())
    except Refused:
        return


def _page(request: HttpRequest, party: Any, form: ConfirmForm, *, status: int = 200, **forms: Any) -> HttpResponse:
    declaration = declaration_of(party.draft)
    names = {
        "party": party, "draft": party.draft, "form": form, "stated": stated_for(party),
        "declarer": declarer_of(party.draft), "pledge_text": declaration.content.pledge if declaration else "",
        "still": declaration.content.afterwards if declaration else "",
    }  # fmt: skip
    given = {"pledge": PledgeForm(), "dispute": DisputeForm()} | forms
    return render(request, "filing/confirm.html", names | given, status=status)
