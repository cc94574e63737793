"""What was typed on the pages of a draft, right or wrong."""

from django.utils.datastructures import MultiValueDict

from thanthien.filing.enums import ForWhom
from thanthien.filing.models import Draft


def typed(draft: Draft, step: str) -> MultiValueDict:
    """The values of one page as a browser would send them; empty when it was never filled in."""
    return MultiValueDict(draft.answers.get(step, {}))


def typed_in(draft: Draft, step: str, name: str) -> str:
    return str(typed(draft, step).get(name, ""))


def is_for_other(draft: Draft) -> bool:
    return typed_in(draft, "cho-ai", "for_whom") == ForWhom.OTHER
