"""What comes with a declaration at the counter: a card scanned into a person (also without scripts), files."""

from typing import Any

from django.core.exceptions import ValidationError

from thanthien.core.files import CheckedFile, check_upload
from thanthien.dossiers.forms.receive_card import SEPARATORS, values_of
from thanthien.people.queries import read_card
from thanthien.ui.declared import WholeForm


def with_scans(data: Any) -> tuple[Any, list[str]]:
    """The data with what each scanned card says in the boxes of its person; and why a scan is none."""
    filled, faults = data.copy(), []
    for name in [name for name, text in data.items() if "." in name and text.count("|") >= SEPARATORS]:
        filled[name] = ""
        try:
            values = values_of(read_card(data[name]))
        except ValidationError as error:
            faults += error.messages
        else:
            filled.update({f"{name.partition('.')[0]}.{part}": value for part, value in values.items()})
    return filled, faults


def was_scanned(data: Any) -> bool:
    return any("." in name and text.count("|") >= SEPARATORS for name, text in data.items())


def checked_uploads(form: WholeForm) -> list[CheckedFile]:
    """The new files; what is no proper file is said beside its box."""
    found = []
    for part in form.forms:
        for code, upload in part.uploads.items():
            try:
                found.append(check_upload(upload))
            except ValidationError as error:
                part.add_error(code, error)
    return found
