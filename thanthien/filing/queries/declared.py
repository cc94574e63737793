"""The form of the procedure (tờ khai) within a draft: its pages, what was answered, how it reads."""

from typing import Any

from thanthien.core.text import mask_email, mask_number, mask_phone
from thanthien.declarations.enums import Kind
from thanthien.declarations.queries import Declaration, version_by_id
from thanthien.declarations.rules import Content, Field, Group, groups_shown, shown, started_with
from thanthien.filing.models import Draft
from thanthien.filing.queries.typing import typed
from thanthien.people.rules import show_phone
from thanthien.ui.declared_inputs import kept_value, shown_value

DECLARED = "khai-"  # begins the codes of these steps
MASKS = {"personal_id": mask_number, "old_id": mask_number, "phone": mask_phone, "email": mask_email}
TOLD_BEFORE = ("full_name", "personal_id", "address", "phone", "email")


def declaration_of(draft: Draft) -> Declaration | None:
    """The version that this draft began with; it stays with it."""
    if draft.declaration_id is None:
        return None
    known = getattr(draft, "_declaration", None)
    if known is None:
        known = version_by_id(draft.declaration_id)
        draft._declaration = known  # type: ignore[attr-defined]
    return known


def told_of(draft: Draft) -> dict[str, Any]:
    """What was answered so far; who files need not write themselves down a second time."""
    declaration = declaration_of(draft)
    if declaration is None:
        return {}
    page = typed(draft, "nguoi-nop")
    known = {name: str(page.get(name, "")) for name in TOLD_BEFORE}
    known["birth_date"] = kept_value("date", str(page.get("birth_date", "")))
    told = started_with(declaration.content, known) | draft.declared
    return told | sent_files(draft)


def file_questions(content: Content) -> list[Field]:
    return [field for field in content.fields.values() if field.kind == Kind.FILE]


def sent_files(draft: Draft) -> dict[str, Any]:
    """What answers the questions for files: those that were kept, and nothing else. `ref` is the SHA-256."""
    declaration = declaration_of(draft)
    asked = file_questions(declaration.content) if declaration else []
    files = list(draft.files.all()) if asked else []
    return {
        field.code: [{"name": one.name, "ref": one.sha256} for one in files if one.paper == f"{DECLARED}{field.code}"]
        for field in asked
    }


def groups_of(draft: Draft) -> list[Group]:
    declaration = declaration_of(draft)
    return groups_shown(declaration.content, told_of(draft)) if declaration else []


def group_of_step(draft: Draft, step: str) -> Group | None:
    return next((group for group in groups_of(draft) if f"{DECLARED}{group.code}" == step), None)


# ---- how it reads ------------------------------------------------------------------------------------------
def facts_of_group(
    declaration: Declaration, group: Group, told: dict[str, Any], *, masked: bool = False
) -> list[tuple[str, str]]:
    """Label and words of everything that was answered on one page; `masked`: numbers for others' eyes."""
    asked = shown(declaration.content, told)
    pairs: list[tuple[str, str]] = []
    for field in group.fields:
        if field.code in asked:
            pairs += _facts(
                field, told.get(field.code), masked, of="" if field.label == group.title else f"{field.label}: "
            )
    return [(label, words) for label, words in pairs if words]


def _facts(field: Any, said: Any, masked: bool, of: str) -> list[tuple[str, str]]:
    if field.columns:
        rows = said if isinstance(said, list) else []
        return [(field.label, "; ".join(_row(field, row) for row in rows))]
    boxes = field.inputs
    if boxes and boxes[0].path != field.code:
        parts = said if isinstance(said, dict) else {}
        named = [(f"{of}{box.label}", box, parts.get(box.path.partition(".")[2])) for box in boxes]
        return [(label, _words(box, part, masked)) for label, box, part in named]
    return [(field.label, _words(boxes[0], said, masked))] if boxes else []


def _row(field: Any, row: Any) -> str:
    told = row if isinstance(row, dict) else {}
    return ", ".join(str(shown_value(told[column.code])) for column in field.columns if told.get(column.code))


def _words(box: Any, said: Any, masked: bool) -> str:
    choices = dict(box.choices)
    if isinstance(said, list):
        return ", ".join(str(one["name"] if isinstance(one, dict) else choices.get(one, one)) for one in said)
    text = str(shown_value(said, str(box.kind)) if said is not None else "")
    if masked and text and box.part in MASKS:
        return MASKS[box.part](text)
    if box.part == "phone":
        return show_phone(text)
    return str(choices.get(text, text))
