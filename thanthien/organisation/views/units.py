"""Units, counters, neighbourhoods."""

from copy import copy
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.excel import Column
from thanthien.core.pages import action, as_excel, done, excel_wanted, form_page, read_page, try_to
from thanthien.core.rules import allows
from thanthien.organisation import actions, queries
from thanthien.organisation.forms import (
    CloseUnitForm,
    CounterForm,
    NeighbourhoodForm,
    SuccessionForm,
    UnitForm,
)
from thanthien.organisation.rules import check_can_manage, check_can_place
from thanthien.organisation.views.base import Words, show_form

UNIT_COLUMNS = [
    Column(title=gettext_lazy("Đơn vị"), width=48), Column(title=gettext_lazy("Mã định danh"), width=20),
    Column(title=gettext_lazy("Thuộc"), width=36), Column(title=gettext_lazy("Loại"), width=20),
    Column(title=gettext_lazy("Cán bộ"), kind="int", note=gettext_lazy("Tài khoản đang làm việc")),
    Column(title=gettext_lazy("Từ ngày"), kind="date"), Column(title=gettext_lazy("Đến hết ngày"), kind="date"),
]  # fmt: skip
STAFF_COLUMNS = [
    Column(title=gettext_lazy("Họ và tên"), width=30), Column(title=gettext_lazy("Chức danh"), width=36),
    Column(title=gettext_lazy("Quầy")), Column(title=gettext_lazy("Điện thoại")),
    Column(title=gettext_lazy("Tài khoản")),
]  # fmt: skip


@read_page
def units(request: HttpRequest) -> HttpResponse:
    tree = queries.unit_tree(request.user, today=timezone.localdate())
    if excel_wanted(request):
        return as_excel(_("Các đơn vị"), UNIT_COLUMNS, map(_unit_row, tree), filters="", request=request)
    return render(request, "organisation/units.html", {"tree": tree, "may_add": queries.may_add_units(request.user)})


def _unit_row(row: Any) -> list[Any]:
    unit, above = row.unit, row.unit.parent.name if row.unit.parent else ""
    names = ["— " * row.depth + unit.name, unit.code, above, unit.kind or unit.get_level_display()]
    return [*names, row.staff_count, unit.valid_from, unit.valid_to]


def _staff_row(staff: Any) -> list[Any]:
    account = _("đang làm việc") if staff.is_active else _("đã khóa")
    return [staff.full_name, staff.title, str(staff.counter or ""), staff.phone, account]


@read_page
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    found = queries.unit_for(request.user, unit_id)
    staff = queries.staff_of(found)
    if excel_wanted(request):
        title = _("Cán bộ của %(unit)s") % {"unit": found.name}
        return as_excel(title, STAFF_COLUMNS, map(_staff_row, staff), filters="", request=request)
    context = {
        "unit": found,
        "may_manage": allows(check_can_manage, found, by=request.user),
        "staff": staff,
        "counters": queries.counters_of(found),
        "neighbourhoods": queries.neighbourhoods_of(found),
        "successions": queries.successions_of(found),
        "hours": queries.hours_on(found, timezone.localdate()),
        "year": timezone.localdate().year,
    }
    return render(request, "organisation/unit.html", context)


def _page_of(unit_id: int) -> str:
    return reverse("organisation:unit", args=[unit_id])


@form_page
def add_unit(request: HttpRequest) -> HttpResponse:
    parent = request.GET.get("parent", "")
    above = queries.unit_for(request.user, int(parent)) if parent.isdecimal() and len(parent) < 18 else None
    check_can_place(above or queries.highest_managed_by(request.user), by=request.user)
    form = UnitForm(request.POST or None, by=request.user, initial={"parent": above})
    if form.is_valid() and try_to(form, lambda: actions.create_unit(form.facts(), by=request.user, at=timezone.now())):
        return done(request, _("Đã thêm đơn vị."), "organisation:units")
    words = Words(title=_("Thêm đơn vị"), save=_("Thêm đơn vị"), back=reverse("organisation:units"))
    return show_form(request, form, words)


@form_page
def change_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    found = queries.unit_for(request.user, unit_id)
    check_can_manage(found, by=request.user)
    form = UnitForm(request.POST or None, instance=copy(found), by=request.user)
    if form.is_valid() and try_to(
        form, lambda: actions.change_unit(found, form.facts(found), by=request.user, at=timezone.now())
    ):
        return done(request, _("Đã lưu thông tin đơn vị."), "organisation:unit", unit_id)
    return show_form(request, form, Words(title=found.name, save=_("Lưu"), back=_page_of(unit_id)))


@form_page
def close_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    found = queries.unit_for(request.user, unit_id)
    check_can_manage(found, by=request.user)
    form = CloseUnitForm(request.POST or None)
    if form.is_valid() and try_to(
        form, lambda: actions.close_unit(found, **form.cleaned_data, by=request.user, at=timezone.now())
    ):
        return done(request, _("Đã ghi ngày kết thúc."), "organisation:unit", unit_id)
    title = _("Kết thúc hoạt động của %(unit)s") % {"unit": found.name}
    note = _("Hồ sơ và số liệu của đơn vị vẫn được giữ và tra cứu được.")
    return show_form(request, form, Words(title=title, save=_("Kết thúc"), back=_page_of(unit_id), note=note))


@form_page
def succeed_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    found = queries.unit_for(request.user, unit_id)
    check_can_manage(found, by=request.user)
    form = SuccessionForm(request.POST or None, unit=found, by=request.user)
    if form.is_valid() and try_to(
        form, lambda: actions.succeed_unit(found, **form.cleaned_data, by=request.user, at=timezone.now())
    ):
        return done(request, _("Đã ghi việc sắp xếp đơn vị."), "organisation:unit", unit_id)
    title = _("Sáp nhập, chia tách %(unit)s") % {"unit": found.name}
    note = _("Mã cũ vẫn tra cứu được và dẫn đến đơn vị kế thừa.")
    return show_form(request, form, Words(title=title, save=_("Ghi lại"), back=_page_of(unit_id), note=note))


@form_page
def add_counter(request: HttpRequest, unit_id: int) -> HttpResponse:
    found = queries.unit_for(request.user, unit_id)
    return _save_place(request, CounterForm, queries.new_counter(found), _("Thêm quầy"))


@form_page
def change_counter(request: HttpRequest, counter_id: int) -> HttpResponse:
    counter = queries.counter_for(request.user, counter_id)
    remove = reverse("organisation:remove_counter", args=[counter_id])
    return _save_place(request, CounterForm, counter, str(counter), remove)


@form_page
def add_neighbourhood(request: HttpRequest, unit_id: int) -> HttpResponse:
    found = queries.unit_for(request.user, unit_id)
    return _save_place(request, NeighbourhoodForm, queries.new_neighbourhood(found), _("Thêm thôn, tổ dân phố"))


@form_page
def change_neighbourhood(request: HttpRequest, neighbourhood_id: int) -> HttpResponse:
    neighbourhood = queries.neighbourhood_for(request.user, neighbourhood_id)
    remove = reverse("organisation:remove_neighbourhood", args=[neighbourhood_id])
    return _save_place(request, NeighbourhoodForm, neighbourhood, neighbourhood.name, remove)


def _save_place(request, form_class, place, title, remove=""):  # type: ignore[no-untyped-def]
    check_can_manage(place.unit, by=request.user)
    form = form_class(request.POST or None, instance=place)
    if form.is_valid():
        actions.save_place(form.instance, by=request.user, at=timezone.now())
        return done(request, _("Đã lưu."), "organisation:unit", place.unit_id)
    words = Words(title=title, save=_("Lưu"), back=_page_of(place.unit_id), remove=remove)
    return show_form(request, form, words)


@action
def remove_counter(request: HttpRequest, counter_id: int) -> HttpResponse:
    counter = queries.counter_for(request.user, counter_id)
    actions.remove_place(counter, by=request.user, at=timezone.now())
    return done(request, _("Đã xóa quầy."), "organisation:unit", counter.unit_id)


@action
def remove_neighbourhood(request: HttpRequest, neighbourhood_id: int) -> HttpResponse:
    neighbourhood = queries.neighbourhood_for(request.user, neighbourhood_id)
    actions.remove_place(neighbourhood, by=request.user, at=timezone.now())
    return done(request, _("Đã xóa."), "organisation:unit", neighbourhood.unit_id)


@read_page
def history(request: HttpRequest, unit_id: int) -> HttpResponse:
    found = queries.unit_for(request.user, unit_id)
    check_can_manage(found, by=request.user)
    page = Paginator(queries.history_of(found), 50).get_page(request.GET.get("page"))
    lines = [queries.history_line(entry) for entry in page]
    return render(request, "organisation/history.html", {"unit": found, "page": page, "lines": lines})
