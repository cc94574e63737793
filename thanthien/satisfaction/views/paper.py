"""Paper slips, typed by keyboard: one key for an answer, Enter for the next slip."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from thanthien.core.pages import form_page
from thanthien.core.rules import Refused
from thanthien.organisation.queries import neighbourhoods_of, office_of, staff_of
from thanthien.procedures.queries import sectors_offered
from thanthien.satisfaction import actions, queries, rules
from thanthien.satisfaction.actions import About
from thanthien.satisfaction.enums import Channel
from thanthien.satisfaction.forms.office import SlipForm
from thanthien.satisfaction.forms.sheet import TypedSheetForm
from thanthien.satisfaction.views.base import number_in, show

KEPT = ("survey", "campaign", "day", "sector", "neighbourhood", "officer")


@form_page
def type_slips(request: HttpRequest) -> HttpResponse:
    """The pile's facts stand in the address, so that they stay from slip to slip."""
    rules.check_can_type(by=request.user)
    pile, version = _pile(request)
    form = TypedSheetForm(request.POST or None, sheet=queries.sheet(version, language="vi"))
    if form.is_valid() and pile.is_valid() and _keep(request, pile, version, form):
        return redirect(_next_address(request, pile))
    typed = number_in(request.GET.get("da-nhap", "")) or 0
    return show(
        request, "satisfaction/slips.html", form, {"pile": pile, "typed": typed, "last": request.GET.get("muc", "")}
    )


def _pile(request: HttpRequest) -> tuple[SlipForm, Any]:
    versions, unit = queries.versions_to_type(request.user), office_of(request.user)
    sent = request.POST or request.GET
    initial = {"day": f"{timezone.localdate():%d/%m/%Y}", "survey": str(versions[0].pk)}
    pile = SlipForm(initial | {name: sent[name] for name in SlipForm.base_fields if sent.get(name)})
    pile.offer(
        surveys=versions, campaigns=queries.campaigns_of(request.user).filter(closed_at=None).exclude(drawn_at=None),
        sectors=[_Named(pk, name) for pk, name in sectors_offered(unit)], neighbourhoods=neighbourhoods_of(unit),
        officers=[one for one in staff_of(unit) if one.is_active],
    )  # fmt: skip
    chosen = {str(one.pk): one for one in versions}.get(sent.get("survey", ""), versions[0])
    return pile, chosen


class _Named:
    """A pair as the form wants it."""

    def __init__(self, pk: str, name: str) -> None:
        self.pk, self.name = pk, name

    def __str__(self) -> str:
        return self.name


def _keep(request: HttpRequest, pile: SlipForm, version: Any, form: TypedSheetForm) -> bool:
    try:
        if pile.cleaned_data["campaign"]:
            _keep_of_campaign(request, pile, form)
        else:
            _keep_usual(request, pile, version, form)
    except Refused as reason:
        pile.add_error(None, str(reason))
        return False
    return True


def _keep_usual(request: HttpRequest, pile: SlipForm, version: Any, form: TypedSheetForm) -> None:
    said = pile.cleaned_data
    keys = {f"{name}_id": number_in(said[name]) for name in ("sector", "neighbourhood", "officer")}
    facts = About(unit_id=office_of(request.user).pk, **keys)
    actions.type_slip(version, form.filled(), facts, day=said["day"], by=request.user, at=timezone.now())


def _keep_of_campaign(request: HttpRequest, pile: SlipForm, form: TypedSheetForm) -> None:
    campaign = queries.campaign_for(request.user, int(pile.cleaned_data["campaign"]))
    drawn = queries.drawn_numbered(campaign, pile.cleaned_data["number"])
    if drawn is None:
        raise Refused(_("Đợt khảo sát này không có phiếu số %(number)s.") % {"number": pile.cleaned_data["number"]})
    actions.answer_for_drawn(drawn, form.filled(), channel=Channel.PAPER, by=request.user, at=timezone.now())


def _next_address(request: HttpRequest, pile: SlipForm) -> str:
    kept = {name: pile.data[name] for name in KEPT if pile.data.get(name)}
    if pile.cleaned_data["campaign"]:
        kept["number"] = str(pile.cleaned_data["number"] + 1)
    typed = (number_in(request.POST.get("typed", "")) or 0) + 1
    return f"{reverse('satisfaction:slips')}?{urlencode(kept | {'da-nhap': typed})}"
