"""Accounts and posts of staff."""

from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thanthien.core.idempotency import idempotent
from thanthien.core.pages import action, done, form_page, read_page, try_to
from thanthien.core.rules import allows
from thanthien.core.timeline import entries_of
from thanthien.organisation import actions, queries
from thanthien.organisation.forms import ChoosePasswordForm, FirstPostForm, PasswordForm, PostForm, StaffForm
from thanthien.organisation.rules import check_can_manage, check_can_manage_staff
from thanthien.organisation.views.base import Words, show_form


@read_page
def staff_member(request: HttpRequest, staff_id: int) -> HttpResponse:
    staff = queries.staff_member_for(request.user, staff_id)
    may_manage = allows(check_can_manage_staff, staff, by=request.user)
    context = {
        "staff": staff,
        "may_manage": may_manage,
        "posts": queries.posts_of(staff),
        "roles": queries.role_names(staff),
        "story": entries_of(f"staff:{staff.pk}") if may_manage else [],
    }
    return render(request, "organisation/staff_member.html", context)


@form_page
def add_staff(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One page: who it is, to what appointed, perhaps a first password."""
    unit = queries.unit_for(request.user, unit_id)
    check_can_manage(unit, by=request.user)
    new, told, opened = queries.new_staff(unit), request.POST or None, []
    forms = (
        StaffForm(told, instance=new, by=request.user),
        FirstPostForm(told, unit=unit, by=request.user, initial={"valid_from": timezone.localdate()}),
        PasswordForm(told, staff=new),
    )
    if all([form.is_valid() for form in forms]) and try_to(forms[0], lambda: opened.append(_create(request, *forms))):
        return _opened(request, opened[0])
    context = {"forms": forms, "unit": unit}
    return render(request, "organisation/add_staff.html", context, status=422 if told else 200)


def _opened(request: HttpRequest, staff: Any) -> HttpResponse:
    """Without a password the next thing is the link to hand over, so that page comes next."""
    said = _("Đã mở tài khoản %(name)s.") % {"name": staff.full_name}
    if staff.has_usable_password():
        return done(request, said, "organisation:unit", staff.unit_id)
    return done(request, said, "organisation:password", staff.pk)


def _create(request: HttpRequest, who: StaffForm, post: FirstPostForm, password: PasswordForm) -> Any:
    return actions.create_staff(
        who.facts(), post.facts(), password=password.cleaned_data["password"], by=request.user, at=timezone.now()
    )


@form_page
def change_staff(request: HttpRequest, staff_id: int) -> HttpResponse:
    staff = queries.staff_member_for(request.user, staff_id)
    check_can_manage_staff(staff, by=request.user)
    form = StaffForm(request.POST or None, instance=copy(staff), by=request.user)
    if form.is_valid() and try_to(
        form, lambda: actions.change_staff(staff, form.facts(), by=request.user, at=timezone.now())
    ):
        return done(request, _("Đã lưu."), "organisation:staff_member", staff_id)
    return show_form(request, form, Words(title=staff.full_name, save=_("Lưu"), back=_page_of(staff_id)))


def _page_of(staff_id: int) -> str:
    return reverse("organisation:staff_member", args=[staff_id])


@form_page
def appoint(request: HttpRequest, staff_id: int) -> HttpResponse:
    staff = queries.staff_member_for(request.user, staff_id)
    check_can_manage_staff(staff, by=request.user)
    first = {"unit": staff.unit_id, "valid_from": timezone.localdate()}
    form = PostForm(request.POST or None, by=request.user, initial=first)
    if form.is_valid() and try_to(
        form, lambda: actions.appoint_staff(staff, form.facts(), by=request.user, at=timezone.now())
    ):
        return done(request, _("Đã ghi chức vụ mới."), "organisation:staff_member", staff_id)
    title = _("Chức vụ mới của %(name)s") % {"name": staff.full_name}
    return show_form(request, form, Words(title=title, save=_("Ghi lại"), back=_page_of(staff_id)))


@action
def deactivate(request: HttpRequest, staff_id: int) -> HttpResponse:
    staff = queries.staff_member_for(request.user, staff_id)
    actions.deactivate_staff(staff, by=request.user, at=timezone.now())
    return done(request, _("Đã khóa tài khoản."), "organisation:staff_member", staff_id)


@action
def reactivate(request: HttpRequest, staff_id: int) -> HttpResponse:
    staff = queries.staff_member_for(request.user, staff_id)
    actions.reactivate_staff(staff, by=request.user, at=timezone.now())
    return done(request, _("Đã mở lại tài khoản."), "organisation:staff_member", staff_id)


@never_cache
@form_page
def password(request: HttpRequest, staff_id: int) -> HttpResponse:
    """A password typed for somebody, or the link with which they choose their own."""
    staff = queries.staff_member_for(request.user, staff_id)
    check_can_manage_staff(staff, by=request.user)
    form = PasswordForm(request.POST or None, staff=staff)
    if form.is_valid():
        actions.reset_password(staff, form.cleaned_data["password"], by=request.user, at=timezone.now())
        return done(request, _("Đã đặt lại mật khẩu."), "organisation:password", staff_id)
    link = "" if staff.has_usable_password() else request.build_absolute_uri(_link_of(staff))
    context = {"form": form, "staff": staff, "link": link}
    return render(request, "organisation/password.html", context, status=422 if form.is_bound else 200)


def _link_of(staff) -> str:  # type: ignore[no-untyped-def]
    return reverse("organisation:choose_password", args=queries.password_token(staff))


@never_cache
@require_http_methods(["GET", "POST"])
@idempotent
def choose_password(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Open to who holds the link; it works once."""
    staff = queries.staff_of_token(reference, token)
    if staff is None:
        return render(request, "organisation/link_gone.html", status=404)
    form = ChoosePasswordForm(request.POST or None, staff=staff)
    if form.is_valid():
        actions.choose_password(staff, form.cleaned_data["password"], at=timezone.now())
        return done(request, _("Đã đặt mật khẩu. Mời ông/bà đăng nhập."), "account_login")
    context = {"form": form, "staff": staff}
    return render(request, "organisation/choose_password.html", context, status=422 if form.is_bound else 200)
