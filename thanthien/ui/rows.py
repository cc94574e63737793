"""Rows of boxes in a form of the editor: one for each thing there is, and empty ones to add more. Without scripts a
button (`more`) brings another row; what was typed stays."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from thanthien.core.text import clean

MORE = "more"
MOST_ROWS = 99


class EditForm(forms.Form):
    """`content` is the whole draft that is edited. A form sent with `more` is shown again and judges nothing."""

    def __init__(self, *args: Any, content: Any, **more: Any) -> None:
        more.setdefault("auto_id", "edit_%s")
        super().__init__(*args, **more)
        self.content = content

    @property
    def wants_more(self) -> bool:
        return self.is_bound and bool(self.data.get(MORE))

    def full_clean(self) -> None:
        if not self.wants_more:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(), {}

    def is_valid(self) -> bool:
        return not self.wants_more and super().is_valid()

    def row_count(self, name: str, have: int, spare: int = 1) -> int:
        """As many rows as there are things (or were sent) and `spare` empty ones."""
        if not self.is_bound:
            return min(have + spare, MOST_ROWS)
        sent = [key.split("-")[1] for key in self.data if key.startswith(f"{name}-") and key.count("-") == 2]
        rows = 1 + max((int(n) for n in sent if n.isascii() and n.isdigit() and len(n) < 3), default=0)
        return min(rows + (self.data.get(MORE) == name), MOST_ROWS)

    def rows(self, name: str) -> list[list[forms.BoundField]]:
        """The boxes, row by row, for the template."""
        found: dict[str, list[forms.BoundField]] = {}
        for key in self.fields:
            if key.startswith(f"{name}-"):
                self.fields[key].is_needed = True  # type: ignore[attr-defined]  # no "không bắt buộc" in every box
                found.setdefault(key.split("-")[1], []).append(self[key])
        return list(found.values())

    def cells(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """What was typed, row by row: {"label": …}; also a row in which nothing was typed."""
        found: dict[int, dict[str, Any]] = {}
        for key, value in self.cleaned_data.items():
            if key.startswith(f"{name}-"):
                _name, row, cell = key.split("-")
                found.setdefault(int(row), {})[cell] = value
        yield from found.items()


def lines_of(text: str) -> list[str]:
    """Not empty, tidied, each once."""
    return list(dict.fromkeys(filter(None, map(clean, text.splitlines()))))
