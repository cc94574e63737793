from thanthien.declarations.actions.drafting import (
    Step,
    begin_form,
    change_draft,
    discard_draft,
    publish_draft,
    undo_change,
)
from thanthien.declarations.actions.publishing import import_form, publish_version
from thanthien.declarations.actions.starting import load_starting_forms

__all__ = [
    "Step",
    "begin_form",
    "change_draft",
    "discard_draft",
    "import_form",
    "load_starting_forms",
    "publish_draft",
    "publish_version",
    "undo_change",
]
