""" "Chúng tôi giữ lời": the public figures of one unit, each with its base and what it counts (FEATURES 5, idea 27)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.cache import caches
from django.http import Http404
from django.utils.translation import gettext as _

from thanthien.core import figures
from thanthien.core.figures import Figure, Scope, Value
from thanthien.dossiers.queries import counted
from thanthien.organisation.queries import predecessor_codes
from thanthien.portal.queries.home import KEPT_FOR
from thanthien.ui.words import number

if TYPE_CHECKING:
    from thanthien.organisation.models import Unit

DAYS = 365
LATE, OWED, SENT = "dossiers.late", "dossiers.apologies_owed", "dossiers.apologies_sent"


@dataclass(frozen=True)
class Kept:
    """A figure for everybody, never without its base."""

    value: str
    label: str
    base: str
    code: str


def scope_for(unit: "Unit", today: date) -> Scope:
    """The last twelve months of the unit and of those that became it wholly."""
    earlier = [old.code for old in predecessor_codes(unit) if old.is_whole]
    return Scope(unit_codes=[unit.code, *earlier], first=today - timedelta(days=DAYS), last=today)


def promises_kept(unit: "Unit", today: date) -> list[Kept]:
    """What stands on the first page: kept in memory for some minutes, since a year's count costs many statements."""
    values = values_of(unit, [LATE, OWED, SENT], today)
    base, late = values[LATE].n or 0, values[LATE].value
    in_time = figures.shares([base - late, late])[0] if base else None
    counts = {"kept": number(base - late), "base": number(base)}
    sent = {"sent": number(values[SENT].value)}
    return [
        Kept(
            f"{in_time} %".replace(".", ",") if in_time is not None else "–",
            _("đúng hoặc trước hẹn"),
            _("%(kept)s trên %(base)s hồ sơ, 12 tháng") % counts,
            LATE,
        ),
        Kept(
            number(values[OWED].value),
            _("lời xin lỗi còn nợ"),
            _("đã gửi %(sent)s lời xin lỗi trong 12 tháng") % sent,
            OWED,
        ),
    ]


def values_of(unit: "Unit", codes: Iterable[str], today: date) -> dict[str, Value]:
    """Several figures at once, from memory when they were reckoned within the last minutes."""
    wanted = list(codes)

    def reckon() -> dict[str, Value]:
        scope = scope_for(unit, today)
        return {code: figures.get(code).compute(scope) for code in wanted}

    which = sha256(",".join(wanted).encode()).hexdigest()[:32]  # a cache takes keys of 250 letters at most
    key = f"portal:figures:{unit.pk}:{today}:{which}"
    found: dict[str, Value] = caches["template_fragments"].get_or_set(key, reckon, KEPT_FOR) or {}
    return found


@dataclass(frozen=True)
class Shown:
    """A figure on the page that explains it."""

    figure: Figure
    value: Value
    has_dossiers: bool  # behind it, to be looked at

    @property
    def said(self) -> str:
        return number(self.value.value)

    @property
    def base(self) -> str:
        return _("trên %(n)s") % {"n": number(self.value.n)} if self.value.n is not None else ""


def public_figures(unit: "Unit", today: date) -> list[Shown]:
    """Every figure that is meant for everybody, of every room, in the order in which they were registered."""
    found = [figure for figure in figures.all_figures() if figure.public]
    values, scope = values_of(unit, [figure.code for figure in found], today), scope_for(unit, today)
    return [Shown(one, values[one.code], counted(one.records(scope)) is not None) for one in found]


def public_figure(code: str) -> Figure:
    """404 for one that does not exist or is not meant for everybody."""
    found = next((figure for figure in figures.all_figures() if figure.code == code and figure.public), None)
    if found is None:
        raise Http404
    return found
