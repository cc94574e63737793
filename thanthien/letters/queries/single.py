"""One letter, by somebody who may see it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404

from thanthien.letters.enums import State
from thanthien.letters.models import Letter, WrongName
from thanthien.organisation.queries import office_units

if TYPE_CHECKING:
    from thanthien.core.models import IssuedDocument
    from thanthien.organisation.models import Staff


def letters_seen_by(staff: "Staff") -> QuerySet[Letter]:
    """Letters of the person's office. Others: as if they did not exist."""
    seen = Q() if staff.is_superuser else Q(unit__in=office_units(staff).values("pk"))
    return Letter.objects.filter(seen).select_related("unit", "dossier", "signed_by")


def letters_read_by(staff: "Staff") -> QuerySet[Letter]:
    """Those of the office, and what an agency above it wrote about one of the office's own dossiers."""
    mine = office_units(staff).values("pk")
    seen = Q() if staff.is_superuser else Q(unit__in=mine) | Q(dossier__unit__in=mine)
    return Letter.objects.filter(seen).select_related("unit", "dossier", "signed_by")


def letter_for(staff: "Staff", letter_id: int) -> Letter:
    found = letters_read_by(staff).filter(pk=letter_id).select_related("wrong_name", "replaces__letter").first()
    if found is None:
        raise Http404
    return found


def wrong_name_for(staff: "Staff", letter_id: int) -> WrongName:
    found = WrongName.objects.select_related("letter__unit").filter(letter=letter_for(staff, letter_id)).first()
    if found is None:
        raise Http404
    return found


def apologies_before(letter: Letter) -> list[str]:
    """What was said in earlier rounds for the same cause."""
    before = Letter.objects.filter(occasion=letter.occasion, source=letter.source, round__lt=letter.round)
    return list(before.exclude(state=State.CANCELLED).values_list("body", flat=True)) if letter.source else []


def may_read_document(staff: "Staff", document: "IssuedDocument") -> bool:
    pk = document.subject.partition(":")[2]
    return pk.isdecimal() and letters_read_by(staff).filter(pk=int(pk)).exists()


def subjects_of_letters() -> Iterator[str]:
    """For the audit: each letter has a story."""
    keys = Letter.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
    return (f"letter:{pk}" for pk in keys)
