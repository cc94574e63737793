"""Rules say nothing, or why not."""

from collections.abc import Callable
from typing import Any


class Refused(Exception):
    """An action that may not be done now. Its text is a Vietnamese sentence, shown to people as it is.

    A rule (`check_can_…`) raises it inside the action, so that page, API and command obey alike;
    `core.middleware.explain_refusals` turns it into a page with status 403.
    """


def allows(check: Callable[..., None], *args: Any, **kwargs: Any) -> bool:
    """Whether a rule would let this pass: for showing or hiding a button, never instead of the rule."""
    try:
        check(*args, **kwargs)
    except Refused:
        return False
    return True
