"""Finding people, their page, households, organisations, and the scan of an ID card."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thanthien.core.excel import Column
from thanthien.core.idempotency import View, idempotent
from thanthien.core.pages import as_excel, excel_wanted
from thanthien.core.rules import Refused, allows
from thanthien.core.timeline import entries_of
from thanthien.people import actions, queries
from thanthien.people.forms import BusinessForm, HouseholdForm, PersonForm
from thanthien.people.outside import parse_id_card
from thanthien.people.rules import check_can_change_people, check_can_merge, check_can_see_people

BUSINESSES = "to-chuc"  # the second list of the page that finds people
MASKED = gettext_lazy("Che bớt chữ số, như trên trang")
PERSON_COLUMNS = [
    Column(title=gettext_lazy("Họ và tên"), width=30),
    Column(title=gettext_lazy("Số định danh"), width=18, note=MASKED),
    Column(title=gettext_lazy("Ngày sinh"), width=14),
    Column(title=gettext_lazy("Điện thoại"), width=18, note=MASKED),
    Column(title=gettext_lazy("Địa chỉ"), width=48),
]
BUSINESS_COLUMNS = [
    Column(title=gettext_lazy("Tổ chức"), width=48),
    Column(title=gettext_lazy("Mã số thuế"), width=18),
    Column(title=gettext_lazy("Địa chỉ"), width=48),
]


def _form_page(view: View) -> View:
    return never_cache(login_required(require_http_methods(["GET", "POST"])(idempotent(view))))


def _try_to(form: Form, act: Callable[[], Any]) -> bool:
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _show(request: HttpRequest, template: str, form: Form, **more: Any) -> HttpResponse:
    return render(request, f"people/{template}.html", {"form": form} | more, status=422 if form.is_bound else 200)


def _warn(request: HttpRequest, form: PersonForm) -> None:
    for warning in form.warnings:
        messages.warning(request, warning.text)


@never_cache
@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:200]
    found = queries.cards(queries.find_people(text, seen_by=request.user))
    businesses = queries.find_businesses(text, seen_by=request.user)
    if asked := excel_wanted(request, BUSINESSES):
        return _excel(request, text, businesses if asked == BUSINESSES else found)
    may_change = allows(check_can_change_people, by=request.user)
    context = {"text": text, "people": found, "businesses": businesses, "may_change": may_change}
    return render(request, "people/people.html", context)


def _excel(request: HttpRequest, text: str, found: Sequence[Any]) -> HttpResponse:
    """What the page shows, no person more, numbers masked: such a list is easily passed on."""
    said = _("Tìm: %(text)s") % {"text": queries.search_in_words(text)}
    if request.GET["excel"] == BUSINESSES:
        rows = [[one.name, one.tax_code, one.address] for one in found]
        return as_excel(_("Tổ chức, doanh nghiệp"), BUSINESS_COLUMNS, rows, filters=said, request=request)
    rows = [[one.full_name, one.personal_id, one.birth_date, one.phone, one.address] for one in found]
    return as_excel(_("Người dân"), PERSON_COLUMNS, rows, filters=said, request=request)


@never_cache
@login_required
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    found = queries.person_for(request.user, person_id)
    return redirect("people:person", found.pk) if found.pk != person_id else _person_page(request, found)


def _person_page(request: HttpRequest, found: Any, *, revealed: bool = False) -> HttpResponse:
    context = {
        "person": found,
        "card": queries.open_card_of(found) if revealed else queries.card_of(found),
        "revealed": revealed,
        "may_change": allows(check_can_change_people, by=request.user),
        "households": queries.households_of(found),
        "businesses": queries.businesses_of(found),
        "same": queries.cards(queries.same_as(found)),
        "story": entries_of(f"person:{found.pk}"),
    }
    return render(request, "people/person.html", context)


@never_cache
@login_required
@require_POST
@idempotent
def reveal(request: HttpRequest, person_id: int) -> HttpResponse:
    """The page with whole numbers, this once; that somebody looked is written down first."""
    found = queries.person_for(request.user, person_id)
    actions.reveal_person(found, by=request.user, at=timezone.now())
    return _person_page(request, found, revealed=True)


@_form_page
def add_person(request: HttpRequest) -> HttpResponse:
    check_can_change_people(by=request.user)
    form = PersonForm(request.POST or None, person=None, places=queries.neighbourhoods_for(request.user))
    if form.is_valid() and _try_to(form, lambda: actions.add_person(form.facts(), by=request.user, at=timezone.now())):
        _warn(request, form)
        return redirect("people:people")
    return _show(request, "person_form", form, person=None)


@_form_page
def change_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Opening the form shows whole numbers, so it counts as a look at them."""
    found = queries.person_for(request.user, person_id)
    check_can_change_people(by=request.user)
    if request.method == "GET":
        actions.reveal_person(found, by=request.user, at=timezone.now())
    form = PersonForm(request.POST or None, person=found, places=queries.neighbourhoods_for(request.user))
    if form.is_valid() and _try_to(
        form, lambda: actions.change_person(found, form.facts(), by=request.user, at=timezone.now())
    ):
        _warn(request, form)
        return redirect("people:person", found.pk)
    return _show(request, "person_form", form, person=found)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@idempotent
def merge(request: HttpRequest, person_id: int, other_id: int) -> HttpResponse:
    """Both records side by side; who agrees keeps the first."""
    keep, drop = queries.person_for(request.user, person_id), queries.person_for(request.user, other_id)
    check_can_merge(keep, drop, by=request.user)
    if request.method == "POST":
        actions.merge_people(keep, drop, by=request.user, at=timezone.now())
        messages.success(request, _("Đã gộp hai bản ghi thành một."))
        return redirect("people:person", keep.pk)
    context = {"keep": queries.card_of(keep), "drop": queries.card_of(drop)}
    return render(request, "people/merge.html", context)


@_form_page
def add_household(request: HttpRequest, person_id: int) -> HttpResponse:
    head = queries.person_for(request.user, person_id)
    return _save_household(request, queries.new_household(head))


@_form_page
def household(request: HttpRequest, household_id: int) -> HttpResponse:
    return _save_household(request, queries.household_for(request.user, household_id))


def _save_household(request: HttpRequest, found: Any) -> HttpResponse:
    if request.method == "POST" or not found.pk:
        check_can_change_people(by=request.user)
    places = queries.neighbourhoods_for(request.user)
    form = HouseholdForm(request.POST or None, household=found, places=places)
    if form.is_valid() and _try_to(
        form, lambda: actions.save_household(found, form.facts(), by=request.user, at=timezone.now())
    ):
        messages.success(request, _("Đã lưu hộ gia đình."))
        return redirect("people:person", found.head_id)
    members = queries.cards(queries.members_of(found)) if found.pk else []
    return _show(request, "household", form, household=found, members=members)


@_form_page
def business(request: HttpRequest, business_id: int) -> HttpResponse:
    found = queries.business_for(request.user, business_id)
    if request.method == "POST":
        check_can_change_people(by=request.user)
    form = BusinessForm(request.POST or None, business=found)
    if form.is_valid() and _try_to(
        form, lambda: actions.change_business(found, form.facts(), by=request.user, at=timezone.now())
    ):
        messages.success(request, _("Đã lưu thông tin tổ chức."))
        return redirect("people:business", business_id)
    return _show(request, "business", form, business=found)


@never_cache
@require_POST
def scan(request: HttpRequest) -> JsonResponse:
    """What the scanned QR code of an ID card says, who of the known people that is, and what to look at again.

    Answers {"card": {…}, "person": {…} or null, "warnings": [{"field", "text"}]}; 422 {"error"} when it is no ID card.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Phiên làm việc đã hết. Xin đăng nhập lại.")}, status=401)
    try:
        check_can_see_people(by=request.user)
        card = parse_id_card(request.POST.get("text", ""))
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=403)
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=422)
    return JsonResponse(queries.scanned(card))
