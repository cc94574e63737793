"""Citizens answer: by the link that holds once, and freely on the citizen's pages. No signing in."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thanthien.core import rate_limit
from thanthien.core.pages import try_to
from thanthien.core.rate_limit import Limit
from thanthien.core.rules import Refused
from thanthien.organisation.queries import front_unit
from thanthien.procedures.queries import sectors_offered
from thanthien.satisfaction import actions, queries, rules
from thanthien.satisfaction.actions import About
from thanthien.satisfaction.enums import Channel
from thanthien.satisfaction.forms.sheet import CitizenSheetForm
from thanthien.satisfaction.views.base import hot_form, number_in, public_form, show

# A counter office or a family stands behind one address; nobody fills in more by hand.
FREE_ANSWERS = Limit("satisfaction:give", tries=60, seconds=3600)
TOO_MANY = gettext_lazy("Từ mạng này đã có nhiều phiếu trong một giờ. Xin ông/bà thử lại sau.")


@never_cache
@hot_form
def invited(request: HttpRequest, token: str) -> HttpResponse:
    rules.check_is_no_officer(request.user)
    invitation = queries.invitation_by_token(token)
    try:
        rules.check_invitation(invitation, at=timezone.now())
    except Refused as reason:
        return _closed(request, reason, status=410 if invitation else 404)
    assert invitation is not None
    sheet, unit = queries.sheet(invitation.version), invitation.dossier.unit
    form = CitizenSheetForm(request.POST or None, sheet=sheet, has_dossier=True)
    if form.is_valid() and try_to(form, lambda: actions.answer_invited(invitation, form.filled(), at=timezone.now())):
        return redirect("satisfaction:thanks")
    about = invitation.dossier.procedure_name
    return show(request, "satisfaction/give.html", form, {"sheet": sheet, "house": unit, "about": about})


@never_cache
@public_form
def give(request: HttpRequest) -> HttpResponse:
    """Without a link: about a field, or nothing in particular."""
    rules.check_is_no_officer(request.user)
    unit = front_unit()
    version = queries.version_used(unit.pk, Channel.PORTAL) if unit else None
    if unit is None or version is None:
        return _closed(request, _("Hiện đơn vị chưa mở phiếu đánh giá."), status=200)
    sheet = queries.sheet(version)
    form = CitizenSheetForm(request.POST or None, sheet=sheet)
    form.fields["sector"] = _sector_field(unit)
    if form.is_valid() and try_to(form, lambda: _answer(request, version, form, unit)):
        return redirect("satisfaction:thanks")
    return show(request, "satisfaction/give.html", form, {"sheet": sheet, "house": unit, "sector": form["sector"]})


def _sector_field(unit: Any) -> forms.ChoiceField:
    choices = [("", _("không nói riêng lĩnh vực nào")), *sectors_offered(unit)]
    return forms.ChoiceField(label=_("Về lĩnh vực"), choices=choices, required=False)


def _answer(request: HttpRequest, version: Any, form: CitizenSheetForm, unit: Any) -> None:
    address = rate_limit.asker_of(request)
    if rate_limit.seconds_to_wait(FREE_ANSWERS, address):
        raise Refused(TOO_MANY)
    facts = About(unit_id=unit.pk, sector_id=number_in(form.cleaned_data["sector"]))
    actions.answer_freely(version, form.filled(), facts, at=timezone.now())
    rate_limit.count(FREE_ANSWERS, address)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "satisfaction/thanks.html", {"house": front_unit()})


def _closed(request: HttpRequest, reason: Any, *, status: int) -> HttpResponse:
    context = {"reason": str(reason), "house": front_unit()}
    return render(request, "satisfaction/closed.html", context, status=status)
