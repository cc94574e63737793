"""Opening hours and holidays of a unit."""

from datetime import date
from typing import Any

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
        "counters": queries.counters_with_hours(unit),
    }
    return render(request, "organisation/hours.html", context)


@read_page
def counter_hours(request: HttpRequest, counter_id: int) -> HttpResponse:
    counter = queries.counter_for(request.user, counter_id)
    unit, today = counter.unit, timezone.localdate()
    context = {
        "unit": unit,
        "counter": counter,
        "may_manage": allows(check_can_manage, unit, by=request.user),
        "own": queries.weeks_of(unit, counter),
        "now": queries.counter_hours_in_week(counter, today),
    }
    return render(request, "organisation/hours.html", context)


@form_page
def change_hours(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A new period, or (`?tu=2026-04-16`) one that is there."""
    return _change(request, queries.unit_for(request.user, unit_id))


@form_page
def change_counter_hours(request: HttpRequest, counter_id: int) -> HttpResponse:
    counter = queries.counter_for(request.user, counter_id)
    return _change(request, counter.unit, counter)


def _change(request: HttpRequest, unit: Any, counter: Any = None) -> HttpResponse:
    check_can_manage(unit, by=request.user)
    week = queries.week_of(unit, _day(request.GET.get("tu", "")), counter)
    form = WeekForm(request.POST or None, week=week or queries.usual_week(timezone.localdate()))
    facts = {"counter": counter, "by": request.user, "at": timezone.now()}
    if form.is_valid() and try_to(form, lambda: actions.set_opening_hours(unit, form.facts(), **facts)):
        return done(request, _("Đã lưu giờ làm việc."), *_page_of(unit, counter))
    note = _("Mỗi buổi viết như 07:30–11:30; nhiều buổi cách nhau bằng dấu phẩy; để trống là nghỉ.")
    if counter:
        note += " " + _("Quầy chỉ mở trong giờ làm việc của đơn vị: phần nằm ngoài không tính.")
    title = _("Giờ riêng của %(counter)s") % {"counter": counter} if counter else _("Giờ làm việc")
    name, pk = _page_of(unit, counter)
    return show_form(request, form, Words(title=title, save=_("Lưu"), back=reverse(name, args=[pk]), note=note))


def _page_of(unit: Any, counter: Any) -> tuple[str, int]:
    return ("organisation:counter_hours", counter.pk) if counter else ("organisation:hours", unit.pk)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


@action
def remove_hours(request: HttpRequest, unit_id: int) -> HttpResponse:
    return _remove(request, queries.unit_for(request.user, unit_id))


@action
def remove_counter_hours(request: HttpRequest, counter_id: int) -> HttpResponse:
    counter = queries.counter_for(request.user, counter_id)
    return _remove(request, counter.unit, counter)


def _remove(request: HttpRequest, unit: Any, counter: Any = None) -> HttpResponse:
    first = _day(request.POST.get("tu", ""))
    actions.remove_opening_hours(unit, first, counter=counter, by=request.user, at=timezone.now())
    return done(request, _("Đã xóa."), *_page_of(unit, counter))


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
