"""Random samples: planned, drawn, asked by phone, closed; the result beside what people say at the counter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.pages import action, done, form_page, read_page, try_to
from thanthien.core.rules import allows
from thanthien.core.text import mask_phone
from thanthien.organisation.queries import neighbourhoods_of, office_of
from thanthien.procedures.queries import sectors_offered
from thanthien.satisfaction import actions, queries, rules
from thanthien.satisfaction.actions import Plan
from thanthien.satisfaction.enums import Channel, Reached
from thanthien.satisfaction.forms.office import CallForm, CampaignForm
from thanthien.satisfaction.forms.sheet import TypedSheetForm
from thanthien.satisfaction.views.base import show

MOST_CALLS = 50


@read_page
def campaigns(request: HttpRequest) -> HttpResponse:
    rules.check_can_read_results(by=request.user)
    may_plan = allows(rules.check_can_keep_surveys, by=request.user)
    found = queries.campaigns_of(request.user)
    return render(request, "satisfaction/campaigns.html", {"campaigns": found, "may_plan": may_plan})


@form_page
def plan(request: HttpRequest) -> HttpResponse:
    rules.check_can_keep_surveys(by=request.user)
    unit, made = office_of(request.user), []
    lists = {"sectors": sectors_offered(unit), "neighbourhoods": neighbourhoods_of(unit)}
    form = CampaignForm(request.POST or None, surveys=queries.versions_to_type(request.user), **lists)
    act = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and try_to(form, lambda: made.append(actions.plan_campaign(Plan(**form.facts()), **act))):
        return done(request, _("Đã lập đợt khảo sát."), "satisfaction:campaign", made[0].pk)
    return show(request, "satisfaction/plan.html", form, {})


@read_page
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    rules.check_can_read_results(by=request.user)
    found = queries.campaign_for(request.user, campaign_id)
    calls = [(one, mask_phone(one.dossier.phone)) for one in queries.calls_of(found)[:MOST_CALLS]]
    may_ask = allows(rules.check_can_type, by=request.user) and found.drawn_at and not found.closed_at
    context = {"campaign": found, "outcome": queries.outcome_of(found), "calls": calls if may_ask else []}
    context["may_keep"] = allows(rules.check_can_keep, found.unit_id, by=request.user)
    return render(request, "satisfaction/campaign.html", context)


@action
def draw(request: HttpRequest, campaign_id: int) -> HttpResponse:
    found = queries.campaign_for(request.user, campaign_id)
    actions.draw_sample(found, by=request.user, at=timezone.now())
    return done(request, _("Máy đã rút mẫu ngẫu nhiên và gửi lời mời."), "satisfaction:campaign", campaign_id)


@action
def close(request: HttpRequest, campaign_id: int) -> HttpResponse:
    actions.close_campaign(queries.campaign_for(request.user, campaign_id), by=request.user, at=timezone.now())
    return done(request, _("Đã khép đợt khảo sát."), "satisfaction:campaign", campaign_id)


@form_page
def call(request: HttpRequest, campaign_id: int, position: int) -> HttpResponse:
    """One person is asked by phone: the answers, or why there are none."""
    rules.check_can_type(by=request.user)
    drawn = queries.drawn_for(queries.campaign_for(request.user, campaign_id), position)
    rules.check_can_call(drawn, by=request.user, at=timezone.now())
    is_missed = request.POST.get("do") == "missed"
    missed = CallForm(request.POST if is_missed else None)
    sent = request.POST if request.POST and not is_missed else None
    form = TypedSheetForm(sent, sheet=queries.sheet(drawn.campaign.version, language="vi"))
    if _kept(request, drawn, missed, form):
        return redirect("satisfaction:campaign", campaign_id)
    context = {"drawn": drawn, "form": form, "missed": missed}
    return render(request, "satisfaction/call.html", context, status=422 if request.POST else 200)


def _kept(request: HttpRequest, drawn: Any, missed: CallForm, form: TypedSheetForm) -> bool:
    act = {"by": request.user, "at": timezone.now()}
    if missed.is_bound and missed.is_valid():
        reached, note = Reached(missed.cleaned_data["reached"]), missed.cleaned_data["note"]
        return try_to(missed, lambda: actions.note_call(drawn, reached, note=note, **act))
    if form.is_bound and form.is_valid():
        return try_to(form, lambda: actions.answer_for_drawn(drawn, form.filled(), channel=Channel.PHONE, **act))
    return False
