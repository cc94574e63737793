"""A page leaves a slot; rooms above fill it, and the room below need not know them.

In a template: `{% slot "dossier.detail" dossier %}`. In a room's `slots.py`:
`@fills("dossier.detail")` over a function `(request, subject) -> str` that returns safe HTML, or "" for nothing.

A form of a lower room may be begun by what rooms above know: `@knows("dossiers.receive")` over a function
`(request, subject) -> dict` of the fields' first values; the form's view asks `facts_for`.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Filler = Callable[[HttpRequest, Any], str]
Knower = Callable[[HttpRequest, Any], dict[str, Any]]
_knowers: defaultdict[str, list[Knower]] = defaultdict(list)
_fillers: defaultdict[str, list[Filler]] = defaultdict(list)


def fills(name: str) -> Callable[[Filler], Filler]:
    def register(filler: Filler) -> Filler:
        _fillers[name].append(filler)
        return filler

    return register


def contents_of(name: str, request: HttpRequest, subject: Any) -> list[str]:
    return [html for filler in _fillers[name] if (html := filler(request, subject))]


def knows(name: str) -> Callable[[Knower], Knower]:
    def register(knower: Knower) -> Knower:
        _knowers[name].append(knower)
        return knower

    return register


def facts_for(name: str, request: HttpRequest, subject: Any) -> dict[str, Any]:
    """What the rooms above know, empty values left out."""
    told = [knower(request, subject) for knower in _knowers[name]]
    return {field: value for facts in told for field, value in facts.items() if value}
