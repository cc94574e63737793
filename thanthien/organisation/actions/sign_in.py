"""Wrong passwords are counted, so that guessing must wait."""

from datetime import datetime, timedelta

from thanthien.organisation.models import SignInFailure

KEPT = timedelta(days=90)


def note_sign_in_failure(username: str, address: str, *, at: datetime) -> None:
    """Writes one wrong password down, and forgets those of three months ago."""
    SignInFailure.objects.filter(at__lt=at - KEPT).delete()
    SignInFailure.objects.create(username=username[:60], address=address[:45], at=at)
