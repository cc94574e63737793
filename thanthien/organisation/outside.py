"""Signing in, as django-allauth asks for it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class StaffBackend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Any:
        """The person with their unit, in one statement: every page needs both."""
        staff = get_user_model()._default_manager.select_related("unit", "counter").filter(pk=user_id).first()
        return staff if staff and staff.is_active else None


def display_name(staff: Any) -> str:
    return staff.full_name
