"""Opening hours and holidays of a unit."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.pages import action, done, form_page, read_page, try_to
from thanthien.core.rules import allows
from thanthien.organisation import actions, queries
from thanthien.organisation.forms import HolidayForm, WeekForm
from thanthien.organisation.rules import check_can_manage, check_can_manage_all
from thanthien.organisation.views.base import Words, show_form

FIRST_YEAR, LAST_YEAR = 2000, 2100


@read_page
def hours(request: HttpRequest, unit_id: int) -> HttpResponse:
    unit = queries.unit_for(request.user, unit_id)
    context = {
        "unit": unit,
        "may_manage": allows(check_can_manage, unit, by=request.user),
        "own": queries.weeks_of(unit),
        "now": queries.hours_on(unit, timezone.localdate()),
    }
    return render(request, "organisation/hours.html", context)


@form_page
def change_hours(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A new period, or (`?tu=2026-04-16`) one that is there."""
    unit = queries.unit_for(request.user, unit_id)
    check_can_manage(unit, by=request.user)
    week = queries.week_of(unit, _day(request.GET.get("tu", ""))) or queries.usual_week(timezone.localdate())
    form = WeekForm(request.POST or None, week=week)
    if form.is_valid() and try_to(
        form, lambda: actions.set_opening_hours(unit, form.facts(), by=request.user, at=timezone.now())
    ):
        return done(request, _("Đã lưu giờ làm việc."), "organisation:hours", unit_id)
    note = _("Mỗi buổi viết như 07:30–11:30; nhiều buổi cách nhau bằng dấu phẩy; để trống là nghỉ.")
    words = Words(title=_("Giờ làm việc"), save=_("Lưu"), back=reverse("organisation:hours", args=[unit_id]), note=note)
    return show_form(request, form, words)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


@action
def remove_hours(request: HttpRequest, unit_id: int) -> HttpResponse:
    unit = queries.unit_for(request.user, unit_id)
    actions.remove_opening_hours(unit, _day(request.POST.get("tu", "")), by=request.user, at=timezone.now())
    return done(request, _("Đã xóa."), "organisation:hours", unit_id)


@form_page
def holidays(request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
    """The days of one year that are off or made up, and a form for one more."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    unit, by = queries.unit_for(request.user, unit_id), request.user
    may_all = allows(check_can_manage_all, by=by)
    form = HolidayForm(request.POST or None, may_all=may_all)
    if request.method == "POST":
        check_can_manage(unit, by=by)
    if form.is_valid() and try_to(form, lambda: _add(unit, form, by)):
        return done(request, _("Đã thêm ngày."), "organisation:holidays", unit_id, form.facts().date.year)
    context = {
        "unit": unit,
        "days": queries.holiday_year(unit, year),
        "form": form,
        "may_all": may_all,
        "may_manage": allows(check_can_manage, unit, by=by),
    }
    return render(request, "organisation/holidays.html", context, status=422 if form.is_bound else 200)


def _add(unit, form: HolidayForm, by) -> None:  # type: ignore[no-untyped-def]
    where = None if form.cleaned_data.get("for_all") else unit
    actions.add_holiday(where, form.facts(), by=by, at=timezone.now())


@action
def import_holidays(request: HttpRequest, unit_id: int, year: int) -> HttpResponse:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    count = actions.import_holidays(year, by=request.user, at=timezone.now())
    said = _("Đã nhập %(count)s ngày của năm %(year)s.") % {"count": count, "year": year}
    return done(request, said, "organisation:holidays", unit_id, year)


@action
def remove_holiday(request: HttpRequest, unit_id: int, holiday_id: int) -> HttpResponse:
    holiday = queries.holiday_for(queries.unit_for(request.user, unit_id), holiday_id)
    actions.remove_holiday(holiday, by=request.user, at=timezone.now())
    return done(
        request, _("Đã xóa ngày %(name)s.") % {"name": holiday}, "organisation:holidays", unit_id, holiday.date.year
    )
