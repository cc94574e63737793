"""What rooms show in the menu of the office: each registers its entries in its `apps.ready` by way of `slots.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as LazyText

Label = str | LazyText


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the menu. `group` is a heading ("" for the first group); `order` sorts inside the whole menu;
    `roles` names who sees it (empty: everyone who is signed in); `hands_on` hides it from an administrator of the
    installation who has none of them: work at a counter, which the page itself would refuse."""

    label: Label
    url_name: str
    icon: str
    group: Label = ""
    order: int = 100
    roles: frozenset[str] = frozenset()
    hands_on: bool = False
    count: Callable[[Any], int] | None = None


_entries: list[Entry] = []


def add(entry: Entry) -> None:
    _entries.append(entry)


def entries_for(staff: Any) -> list[Entry]:
    """The entries that this person sees, in order."""
    mine = [entry for entry in _entries if _is_for(entry, staff)]
    return sorted(mine, key=lambda entry: entry.order)


def _is_for(entry: Entry, staff: Any) -> bool:
    if not entry.roles or entry.roles & set(staff.roles):
        return True
    return bool(staff.is_superuser and not entry.hands_on)
