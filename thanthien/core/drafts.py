"""What is worked on before it is in use: each change is a step, the last step is the draft, undoing takes it away.

A page carries the `token` of what it shows. Who changes something sends it back; when somebody else was quicker it does
not fit any more, `Stale` says who and what, and nothing of anybody's is lost. The room locks its own row first.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from thanthien.core.models import DraftStep
from thanthien.core.rules import Refused

MOST_STEPS = 200


class Stale(Refused):
    """Somebody else changed it since the page was shown."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """`content` is None when nobody works on it. `undoes` is what the last step did ("" when there is none to undo)."""

    token: str
    content: Any = None
    base: str = ""
    undoes: str = ""
    by: str = ""
    at: datetime | None = None
    steps: int = 0


def draft_of(subject: str, *, base: str) -> Draft:
    """`base` names what is in use now. Two statements."""
    steps = DraftStep.objects.filter(subject=subject)
    last = steps.order_by("-pk").first()
    if last is None:
        return Draft(token=f"{base}-0", base=base)
    return Draft(
        token=f"{base}-{last.pk}", content=last.content, base=last.base, undoes=last.said, by=last.by, at=last.at,
        steps=steps.count(),
    )  # fmt: skip


def subjects_in_work(prefix: str) -> dict[str, DraftStep]:
    """The last step of each subject that begins so, for a list (one statement)."""
    return {one.subject: one for one in DraftStep.objects.filter(subject__startswith=prefix).defer("content")}


def check_not_stale(draft: Draft, token: str) -> None:
    if draft.token == token:
        return
    if not draft.by:
        raise Stale(_("Bản đang soạn vừa được công bố hoặc bỏ đi ở một trang khác. Xin xem lại rồi làm tiếp."))
    words = {"by": draft.by, "time": f"{localtime(draft.at):%H:%M}", "said": draft.undoes}
    raise Stale(_("Bản đang soạn đã khác: %(by)s lúc %(time)s – %(said)s Xin xem lại rồi bấm lần nữa.") % words)


def take_step(subject: str, content: Any, *, said: str, draft: Draft, by: Any, at: datetime) -> None:
    """`draft` is what stood before, as `draft_of` gave it under the lock."""
    DraftStep.objects.create(
        subject=subject, content=content, said=said[:300], base=draft.base, by=str(by)[:200], at=at
    )  # fmt: skip
    if draft.steps >= MOST_STEPS:
        oldest = DraftStep.objects.filter(subject=subject).order_by("pk").values_list("pk", flat=True)[0]
        DraftStep.objects.filter(pk=oldest).delete()


def undo_step(subject: str) -> str:
    """Takes the last step away; says what it was, "" when there was none."""
    last = DraftStep.objects.filter(subject=subject).order_by("-pk").first()
    if last is None:
        return ""
    last.delete()
    return last.said


def forget(subject: str) -> None:
    """The draft was published or is no longer wanted."""
    DraftStep.objects.filter(subject=subject).delete()
