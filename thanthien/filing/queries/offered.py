"""What a citizen is told before beginning."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404

from thanthien.core.working_time import Deadline
from thanthien.dossiers.queries import checked_by, due_if_received, time_limit_of
from thanthien.filing.enums import ForWhom
from thanthien.filing.rules import AskedPaper, asked_papers, takes_online
from thanthien.procedures.queries import cases_of, offering_with_version, papers_of

if TYPE_CHECKING:
    from thanthien.procedures.models import Offering


@dataclass(frozen=True, kw_only=True)
class OnlineOffer:
    """The page before the first: what to have at hand, how long it takes, when somebody looks at it."""

    offering: Any
    papers: list[AskedPaper]
    cases: list[str]
    limit: str
    check: Deadline
    due: Deadline

    @property
    def to_photograph(self) -> list[AskedPaper]:
        return [paper for paper in self.papers if not paper.is_shown and not paper.is_declared]

    @property
    def to_show(self) -> list[AskedPaper]:
        return [paper for paper in self.papers if paper.is_shown]


def offer_online(offering: "Offering") -> bool:
    """Whether a page may show the way to `filing:start` for this offering."""
    return takes_online(offering)


def online_offer(offering_id: int, *, at: datetime) -> OnlineOffer:
    """404 without such an offering; one that is not filed online is shown with the reason by the rule."""
    offering = offering_with_version(offering_id)
    if offering.version is None:
        raise Http404
    papers = asked_papers(papers_of(offering.version), is_declared=False, for_whom=ForWhom.SELF)
    return OnlineOffer(
        offering=offering,
        papers=papers,
        cases=cases_of(offering.version),
        limit=str(time_limit_of(offering)),
        check=checked_by(offering.unit, at=at),
        due=due_if_received(offering, at=at),
    )
