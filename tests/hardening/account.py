"""Run inside a house after it was killed: what its books hold, as JSON. `python -m tests.hardening.account`."""

import json
import os
import sys
from collections import defaultdict

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thanthien.config.settings")
django.setup()

from django.db.models import Count, QuerySet  # noqa: E402  (only once Django is set up)

from thanthien.core.models import Promise, TimelineEntry  # noqa: E402
from thanthien.dossiers.models import Dossier  # noqa: E402
from thanthien.notifications.models import Message  # noqa: E402


def account() -> dict:
    dossiers = Dossier.objects.exclude(request="").filter(email="nguoi.dan@example.org")
    return {
        "codes": dict(dossiers.values_list("request", "code")),
        "doubled": list(dossiers.values_list("request", flat=True).annotate(n=Count("pk")).filter(n__gt=1)),
        "without": {
            "timeline": len(missing(dossiers, TimelineEntry.objects.all())),
            "promise": len(missing(dossiers, Promise.objects.all())),
            "message": len(missing(dossiers, Message.objects.filter(situation="received"))),
        },
        "gaps": gaps(),
    }


def missing(dossiers: QuerySet, beside: QuerySet) -> set[str]:
    have = set(beside.values_list("subject", flat=True))
    return {f"dossier:{pk}" for pk in dossiers.values_list("pk", flat=True)} - have


def gaps() -> list[str]:
    """Every series of a day and every book counts from one."""
    series = defaultdict(list)
    for code, unit, year, line in Dossier.objects.values_list("code", "unit", "book_year", "book_number"):
        day, _dash, serial = code.rpartition("-")
        series[day].append(int(serial))
        series[f"book {unit} {year}"].append(line)
    return [name for name, numbers in series.items() if sorted(numbers) != list(range(1, len(numbers) + 1))]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(account()))
