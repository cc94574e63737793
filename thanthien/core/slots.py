"""A page leaves a slot; rooms above fill it, and the room below need not know them.

In a template: `{% slot "dossier.detail" dossier %}`. In a room's `slots.py`:
`@fills("dossier.detail")` over a function `(request, subject) -> str` that returns safe HTML, or "" for nothing.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Filler = Callable[[HttpRequest, Any], str]
_fillers: defaultdict[str, list[Filler]] = defaultdict(list)


def fills(name: str) -> Callable[[Filler], Filler]:
    def register(filler: Filler) -> Filler:
        _fillers[name].append(filler)
        return filler

    return register


def contents_of(name: str, request: HttpRequest, subject: Any) -> list[str]:
    return [html for filler in _fillers[name] if (html := filler(request, subject))]
