"""The forms that a new installation begins with."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from thanthien.declarations.actions.publishing import write_version
from thanthien.declarations.models import DeclarationForm
from thanthien.declarations.rules import content_from
from thanthien.procedures.queries import procedure_or_none

FOLDER = Path(__file__).resolve().parent.parent / "data"
FIRST_DAY = date(2025, 7, 1)


def built_in() -> Iterator[tuple[str, Any]]:
    """Code of the procedure and content as JSON, for each built-in form."""
    for path in sorted(FOLDER.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        yield told["procedure"], told["content"]


@transaction.atomic
def load_starting_forms(*, by: str, at: datetime) -> int:
    """Gives each procedure of the catalogue that has no form its built-in one; says how many. Harmless when repeated:
    what an administrator made stays."""
    count = 0
    for code, raw in built_in():
        procedure = procedure_or_none(code)
        if procedure and not DeclarationForm.objects.filter(procedure=procedure).exists():
            write_version(procedure, content_from(raw), valid_from=FIRST_DAY, by=by, at=at)
            count += 1
    return count
