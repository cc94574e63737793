"""Random samples: of whom, who was drawn, how many were reached, how sure the result is."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from thanthien.core.figures import Scope
from thanthien.dossiers.queries import finished_frame
from thanthien.organisation.queries import office_units, predecessor_codes
from thanthien.satisfaction.enums import TO_BE_ASKED, Channel, Reached
from thanthien.satisfaction.models import Campaign, Drawn, Response
from thanthien.satisfaction.queries.results import Group, total

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

Z = 1.96  # of 95 %


def campaigns_of(staff: "Staff") -> QuerySet[Campaign]:
    return Campaign.objects.filter(unit__in=office_units(staff)).select_related("unit", "version__survey")


def campaign_for(staff: "Staff", campaign_id: int) -> Campaign:
    found = campaigns_of(staff).filter(pk=campaign_id).first()
    if found is None:
        raise Http404
    return found


def drawn_for(campaign: Campaign, position: int) -> Drawn:
    found = campaign.drawn.filter(position=position).select_related("campaign__version", "dossier__received_by").first()
    if found is None:
        raise Http404
    return found


def drawn_numbered(campaign: Campaign, number: int) -> Drawn | None:
    """The one whose slip bears this number; None: there is no such slip in the campaign."""
    return campaign.drawn.filter(position=number).select_related("campaign", "dossier").first()


def frame_of(campaign: Campaign) -> list[int]:
    """The dossiers that may be drawn, in a lasting order."""
    earlier = [old.code for old in predecessor_codes(campaign.unit) if old.is_whole]
    scope = Scope(unit_codes=[campaign.unit.code, *earlier], first=campaign.first, last=campaign.last)
    found = finished_frame(scope, sectors=campaign.sectors, neighbourhoods=campaign.neighbourhoods)
    return sorted(found.values_list("pk", flat=True))


def draw(frame: Sequence[int], size: int, seed: str) -> list[int]:
    """A simple random sample without replacement, in the order of the draw: the same frame and seed give the same."""
    return random.Random(seed).sample(list(frame), min(size, len(frame)))  # noqa: S311  (must be repeatable)


def hash_of_frame(frame: Sequence[int]) -> str:
    return hashlib.sha256(",".join(map(str, frame)).encode()).hexdigest()


def margin_of_error(satisfied: int, n: int, population: int) -> Decimal | None:
    """Half the width of the 95 % interval in percentage points, with the correction for a small population. Where
    everybody or nobody is satisfied the usual formula would say 0: the rule of three is used. None without answers."""
    if not n:
        return None
    left = sqrt(max(0, population - n) / (population - 1)) if population > 1 else 0.0
    share = satisfied / n
    width = min(1.0, 3 / n) if share in (0, 1) else Z * sqrt(share * (1 - share) / n)
    return Decimal(str(round(100 * width * left, 1)))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a campaign stands."""

    result: Group
    counter: Group  # what people said at the tablet and by link in the same period
    reached: list[tuple[str, int]]
    drawn: int
    answered: int
    margin: Decimal | None

    @property
    def rate(self) -> Decimal:
        return Decimal(100 * self.answered) / self.drawn if self.drawn else Decimal(0)

    @property
    def silent(self) -> int:
        return self.drawn - self.answered

    @property
    def difference(self) -> Decimal | None:
        """Percentage points by which the drawn sample differs from the answers at the counter."""
        return self.result.share - self.counter.share if self.result.n and self.counter.n else None


def outcome_of(campaign: Campaign) -> Outcome:
    found = Response.objects.filter(campaign=campaign)
    result = total(found, _("Mẫu rút ngẫu nhiên"))
    rows = campaign.drawn.order_by().values("reached").annotate(n=Count("pk"))
    counts = {row["reached"]: row["n"] for row in rows}
    return Outcome(
        result=result, counter=total(_at_counter(campaign), _("Máy tại quầy và liên kết sau kết quả")),
        reached=[(str(one.label), counts[one]) for one in Reached if one in counts], drawn=sum(counts.values()),
        answered=counts.get(Reached.ANSWERED, 0),
        margin=margin_of_error(result.satisfied, result.n, campaign.frame_size or 0),
    )  # fmt: skip


def _at_counter(campaign: Campaign) -> QuerySet[Response]:
    ways = (Channel.TABLET, Channel.LINK)
    same = Response.objects.filter(unit=campaign.unit_id, campaign=None, channel__in=ways)
    return same.filter(day__gte=campaign.first, day__lte=campaign.last)


def calls_of(campaign: Campaign) -> QuerySet[Drawn]:
    """Who is still to be asked, in the order of the draw; who was not reached comes after who was never called."""
    waiting = campaign.drawn.filter(reached__in=TO_BE_ASKED).select_related("dossier")
    return waiting.order_by("tries", "position")
