"""The records behind each figure of letters, over units and days (half-open, in local time)."""

from collections.abc import Callable
from statistics import median_low
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from thanthien.core.figures import Record, Scope, Value
from thanthien.dossiers.queries import day_bounds, granted_in
from thanthien.letters.enums import Kind, State
from thanthien.letters.models import Letter, OccasionRule
from thanthien.letters.queries.settings import PROCEDURES

DAY = 86_400


def handed_in(scope: Scope, kind: str = "") -> QuerySet[Letter]:
    """What reached people in the period: this is what "số thư đã gửi" counts."""
    start, end = day_bounds(scope.first, scope.last)
    found = _of(scope).filter(handed_at__gte=start, handed_at__lt=end)
    return (found.filter(kind=kind) if kind else found).order_by("handed_at", "pk")


def apologies_owed_at_end_of(scope: Scope) -> QuerySet[Letter]:
    """Drafted by the end of the last day, and then neither handed over nor cancelled."""
    _start, end = day_bounds(scope.first, scope.last)
    not_yet = Q(handed_at=None) | Q(handed_at__gte=end)
    stands = Q(cancelled_at=None) | Q(cancelled_at__gte=end)
    return _of(scope).filter(not_yet, stands, kind=Kind.APOLOGY, drafted_at__lt=end).order_by("drafted_at", "pk")


def apologies_answered_in(scope: Scope) -> QuerySet[Letter]:
    start, end = day_bounds(scope.first, scope.last)
    found = _of(scope).filter(kind=Kind.APOLOGY, answered_at__gte=start, answered_at__lt=end)
    return found.order_by("answered_at", "pk")


def registered_in(scope: Scope, occasion: str) -> QuerySet[Any]:
    """Births, marriages or deaths registered in the period, by the procedures that make the occasion there."""
    own = OccasionRule.objects.filter(unit__code__in=scope.unit_codes, occasion=occasion)
    codes = {code for procedures in own.values_list("procedures", flat=True) for code in procedures}
    return granted_in(scope, codes or PROCEDURES[occasion])


def with_letter_in(scope: Scope, occasion: str) -> QuerySet[Any]:
    """Of those the ones whose family has its letter in hand, whenever it was handed over."""
    letter = Letter.objects.filter(dossier=OuterRef("pk"), occasion=occasion, state=State.HANDED)
    return registered_in(scope, occasion).filter(Exists(letter))


def share_with_letter(scope: Scope, occasion: str) -> Value:
    return Value(with_letter_in(scope, occasion).count(), registered_in(scope, occasion).count())


def days_until_handed(scope: Scope) -> Value:
    """The middle of the whole days from the draft to the hand, over letters handed in the period (the lower of two)."""
    moments = handed_in(scope).values_list("drafted_at", "handed_at")
    days = [int((handed - drafted).total_seconds() // DAY) for drafted, handed in moments]
    return Value(median_low(days) if days else 0, len(days))


def _of(scope: Scope) -> QuerySet[Letter]:
    return Letter.objects.filter(unit__code__in=scope.unit_codes).select_related("dossier")


def letter_record(moment: str) -> Callable[[Letter], Record]:
    """Without the addressee, whom only those who work with letters read; `moment` names the field that was counted."""

    def record(letter: Letter) -> Record:
        way, what = letter.get_way_display(), f"{letter.title} · {letter.get_state_display()}"
        return Record(number=letter.reference or "–", who=way, what=what, at=getattr(letter, moment))

    return record


def registration_record(dossier: Any) -> Record:
    """A birth, marriage or death registered, and its dossier; the family's name stands there."""
    return Record(
        number=dossier.code, who=dossier.get_channel_display(), what=dossier.procedure_name, at=dossier.finished_at,
        code=dossier.code,
    )  # fmt: skip
