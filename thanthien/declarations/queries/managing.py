"""For who keeps the forms: all of them, with what their own tests say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from thanthien.core.drafts import subjects_in_work
from thanthien.declarations.models import DeclarationForm, DeclarationVersion
from thanthien.declarations.queries.versions import Declaration, as_declaration
from thanthien.declarations.rules import as_json, broken, check_can_manage

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class FormCard:
    """A form in the list: the version that comes last with its faults (None: never published), and the last step of
    its draft (None: nobody works on it)."""

    code: str
    name: str
    title: str
    last: Declaration | None
    faults: tuple[str, ...]
    draft: Any


def forms_for(staff: "Staff") -> list[FormCard]:
    """By procedure, those never published last. Three statements. Raises `Refused`."""
    check_can_manage(by=staff)
    steps = subjects_in_work("declaration:")
    rows = DeclarationVersion.objects.filter(valid_to=None).select_related("form__procedure")
    cards = [_card(row, steps) for row in rows.order_by("form__procedure__name")]
    new = DeclarationForm.objects.filter(versions=None).select_related("procedure")
    return cards + [_new_card(form, steps) for form in new]


def _card(row: DeclarationVersion, steps: dict[str, Any]) -> FormCard:
    last, procedure = as_declaration(row), row.form.procedure
    return FormCard(
        code=procedure.code, name=procedure.name, title=last.content.title, last=last,
        faults=tuple(broken(last.content)), draft=steps.get(row.form.subject),
    )  # fmt: skip


def _new_card(form: DeclarationForm, steps: dict[str, Any]) -> FormCard:
    procedure, draft = form.procedure, steps.get(form.subject)
    return FormCard(
        code=procedure.code, name=procedure.name, title=str(_("Tờ khai mới")), last=None, faults=(), draft=draft
    )  # fmt: skip


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
