"""Signing in, as django-allauth asks for it; and who did what, as django-auditlog writes it down."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

SIGNED_IN_BUT = {
    "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Xin ông/bà kiểm tra rồi nhập lại."),
    "too_many_login_attempts": _("Đã thử quá nhiều lần. Xin ông/bà chờ vài phút rồi thử lại."),
    "enter_current_password": _("Mật khẩu đang dùng chưa đúng. Xin nhập lại."),
    "incorrect_password": _("Mật khẩu chưa đúng. Xin nhập lại."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by a visitor."""

    error_messages = DefaultAccountAdapter.error_messages | SIGNED_IN_BUT

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who was given a password by somebody else first chooses their own."""
        if request.user.must_change_password:
            return reverse("account_change_password")
        return super().get_login_redirect_url(request)


class StaffBackend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Any:
        """The person with their unit, in one statement: every page needs both."""
        staff = get_user_model()._default_manager.select_related("unit__parent", "counter").filter(pk=user_id).first()
        return staff if staff and staff.is_active else None


def display_name(staff: Any) -> str:
    return staff.full_name


_who_and_when: ContextVar[tuple[Any, datetime] | None] = ContextVar("who_and_when", default=None)


@contextmanager
def recording(*, by: Any, at: datetime) -> Iterator[None]:
    """What auditlog writes down inside carries this person and this time, in pages, commands and tests alike."""
    token = _who_and_when.set((by, at))
    try:
        yield
    finally:
        _who_and_when.reset(token)


def stamp_history(sender: type, instance: Any, **more: Any) -> None:
    """Receiver of `pre_save` of auditlog's entries."""
    if told := _who_and_when.get():
        by, at = told
        instance.timestamp = at
        if by.pk:
            instance.actor, instance.actor_email = by, by.email
