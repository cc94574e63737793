"""The form at the door of the office."""

from datetime import datetime
from math import ceil
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean
from thanthien.organisation.actions import note_sign_in_failure
from thanthien.organisation.rules import wait_until


class SignInForm(LoginForm):
    """allauth's, with our words; too many wrong passwords are answered with status 429 and when to come again.

    django-allauth makes the form, so this is where the time of the try is looked at.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].help_text = ""

    def clean_login(self) -> str:
        return clean(self.cleaned_data["login"])

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        who = self.cleaned_data["login"].lower()[:60], get_adapter().get_client_ip(self.request)
        now = timezone.now()
        if until := wait_until(*who, at=now):
            raise ImmediateHttpResponse(self._wait(until, now))
        try:
            return super().clean()
        except ValidationError:
            note_sign_in_failure(*who, at=now)
            raise

    def _wait(self, until: datetime, now: datetime) -> Any:
        response = render(self.request, "organisation/wait.html", {"until": timezone.localtime(until)}, status=429)
        response.headers["Retry-After"] = str(ceil((until - now).total_seconds()))
        return response
