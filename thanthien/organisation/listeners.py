"""Who has signed in and who has changed a password stands in the story of the account."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from thanthien.organisation.actions import note_password_change, note_sign_in


@receiver(user_logged_in)
def write_down_sign_in(user: Any, **more: Any) -> None:
    note_sign_in(user, at=timezone.now())


@receiver([password_changed, password_reset])
def write_down_password_change(user: Any, **more: Any) -> None:
    note_password_change(user, at=timezone.now())
