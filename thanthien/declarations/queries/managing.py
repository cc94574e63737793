"""For who keeps the forms: all of them, with what their own tests say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404

from thanthien.declarations.models import DeclarationVersion
from thanthien.declarations.queries.versions import Declaration, as_declaration
from thanthien.declarations.rules import as_json, broken, check_can_manage

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class FormCard:
    """A form in the list: the version that comes last, and its faults."""

    name: str
    last: Declaration
    faults: tuple[str, ...]


def forms_for(staff: "Staff") -> list[FormCard]:
    """By procedure. One statement. Raises `Refused`."""
    check_can_manage(by=staff)
    rows = DeclarationVersion.objects.filter(valid_to=None).select_related("form__procedure")
    cards = [(row.form.procedure.name, as_declaration(row)) for row in rows.order_by("form__procedure__name")]
    return [FormCard(name=name, last=last, faults=tuple(broken(last.content))) for name, last in cards]


def versions_for(staff: "Staff", code: str) -> list[DeclarationVersion]:
    """All versions of a procedure's form, the newest first; 404 when it has none. Raises `Refused`."""
    check_can_manage(by=staff)
    rows = DeclarationVersion.objects.filter(form__procedure__code=code).select_related("form__procedure")
    found = list(rows.order_by("-number"))
    if not found:
        raise Http404
    return found


def exported(version: DeclarationVersion) -> dict[str, Any]:
    """The form whole, with its tests: what `actions.import_form` takes."""
    told = as_declaration(version)
    return {"format": FORMAT, "procedure": told.procedure_code, "content": as_json(told.content)}
