"""Inside the database of the measurement: dossiers with a link each, or how many answers are there now.

Run as `python -m thanthien.satisfaction.management.benchmark.prepare links COUNT` or `… kept`.
"""

import json
import os
import secrets
import sys
from dataclasses import asdict
from datetime import timedelta

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanthien.config.settings")
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from thanthien.core.operations.serving import collect_static
from thanthien.dossiers.management.benchmark import seed
from thanthien.dossiers.management.benchmark.operations import SENT
from thanthien.dossiers.management.benchmark.work import TOKEN, Ask, Order, Person
from thanthien.dossiers.models import Dossier
from thanthien.satisfaction.models import Answer, Invitation, Response
from thanthien.satisfaction.queries import token_of, version_used

ANSWERED = {"q-overall": "3", "q-attitude": "3", "q-time": "2"}


def links(count: int) -> Order:
    """A link for each of so many dossiers; each is used once."""
    at = timezone.now()
    call_command("migrate", verbosity=0)
    collect_static()
    offices = seed.make_offices(10)
    seed.fill(offices, rows=count, open_in_thousand=0, at=at)
    version = version_used(offices[0].unit.pk, "link")
    made = [
        Invitation(
            dossier_id=pk,
            version=version,
            nonce=secrets.token_urlsafe(12),
            made_at=at,
            expires_at=at + timedelta(days=30),
        )
        for pk in Dossier.objects.order_by("pk").values_list("pk", flat=True)
    ]
    Invitation.objects.bulk_create(made, batch_size=2000)
    asks = [Ask(reverse("satisfaction:invited", args=[token_of(one)]), SENT | ANSWERED) for one in made]
    return Order(expected=302, people=[Person({settings.CSRF_COOKIE_NAME: TOKEN}, asks)], statements=[], web=[])


def main(what: str, *count: str) -> None:
    if what == "links":
        sys.stdout.write(json.dumps(asdict(links(int(count[0])))))
    else:
        sys.stdout.write(json.dumps({"responses": Response.objects.count(), "answers": Answer.objects.count()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
