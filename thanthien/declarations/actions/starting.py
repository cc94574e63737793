"""The forms that a new installation begins with."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from thanthien.declarations.actions.publishing import write_version
from thanthien.declarations.models import DeclarationVersion
from thanthien.declarations.rules import content_from, fingerprint_of
from thanthien.procedures.queries import procedure_or_none

FOLDER = Path(__file__).resolve().parent.parent / "data"
# Fingerprints of all contents that are or were built in: who has one of these has changed nothing.
KNOWN = FOLDER / "known.txt"
FIRST_DAY = date(2025, 7, 1)
NEW = "Theo bản có sẵn mới của phần mềm"


def built_in() -> Iterator[tuple[str, Any]]:
    """Code of the procedure and content as JSON, for each built-in form."""
    for path in sorted(FOLDER.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        yield told["procedure"], told["content"]


@transaction.atomic
def load_starting_forms(*, by: str, at: datetime) -> int:
    """Gives each procedure of the catalogue that has no form its built-in one, and a form that still is as it was built
    in before its new version, from today; says how many. Harmless when repeated: what an administrator made stays, and
    so does what a dossier stands on."""
    known, count = set(KNOWN.read_text("ascii").split()), 0
    for code, raw in built_in():
        if procedure := procedure_or_none(code):
            content = content_from(raw)
            last = DeclarationVersion.objects.filter(form__procedure=procedure).order_by("-number").first()
            if last is None:
                write_version(procedure, content, valid_from=FIRST_DAY, by=by, at=at)
            elif is_behind := last.fingerprint in known - {fingerprint_of(content)}:
                write_version(procedure, content, valid_from=localdate(at), by=by, at=at, note=NEW)
            count += last is None or is_behind
    return count
