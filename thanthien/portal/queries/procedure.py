"""A procedure for the citizen, in the order of their questions: what to bring, how much, how long, where, how."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.said import said
from thanthien.core.text import plain, sort_key
from thanthien.core.working_time import Deadline, TimeLimit
from thanthien.dossiers.queries import RealTime, due_if_received, real_time_of
from thanthien.guidance.queries import FlowCard, flows
from thanthien.portal.queries.search import find_offerings
from thanthien.procedures import queries as procedures
from thanthien.procedures.enums import Channel, LifeEvent, OnlineLevel
from thanthien.procedures.queries import Paper

if TYPE_CHECKING:
    from thanthien.organisation.models import Unit
    from thanthien.procedures.models import Offering, ProcedureVersion

REAL_TIME_KEPT_FOR = 3600  # seconds
LIFE_EVENTS = {
    LifeEvent.BIRTH: {"icon": "balloon-heart", "text": gettext_lazy("Khai sinh, thẻ bảo hiểm, thường trú cho bé")},
    LifeEvent.MARRIAGE: {"icon": "hearts", "text": gettext_lazy("Đăng ký kết hôn, xác nhận tình trạng hôn nhân")},
    LifeEvent.DEATH: {"icon": "flower1", "text": gettext_lazy("Khai tử, hỗ trợ mai táng")},
    LifeEvent.HOUSE: {"icon": "house-gear", "text": gettext_lazy("Giấy phép xây dựng, số nhà, đất đai")},
    LifeEvent.BUSINESS: {"icon": "shop", "text": gettext_lazy("Đăng ký hộ kinh doanh và thay đổi")},
    LifeEvent.SUPPORT: {"icon": "person-wheelchair", "text": gettext_lazy("Trợ cấp, giấy xác nhận khuyết tật")},
    LifeEvent.PAPERS: {"icon": "file-earmark-text", "text": gettext_lazy("Bản sao, chữ ký, cải chính hộ tịch")},
    LifeEvent.RESIDENCE: {"icon": "geo-alt", "text": gettext_lazy("Thường trú, tạm trú")},
    LifeEvent.STUDY: {"icon": "book", "text": gettext_lazy("Trường lớp, chế độ cho học sinh")},
}
# Who a procedure is for, by words in the names that the national catalogue uses.
AUDIENCES = {
    "nguoi-dan": (gettext_lazy("Người dân"), ("cong dan", "nguoi viet nam", "nguoi nuoc ngoai", "ca nhan", "nguoi ")),
    "doanh-nghiep": (gettext_lazy("Doanh nghiệp, hộ kinh doanh"), ("doanh nghiep", "kinh doanh", "hop tac xa")),
    "to-chuc": (gettext_lazy("Cơ quan, tổ chức"), ("to chuc", "co quan")),
}
ONLINE = {
    OnlineLevel.FULL: gettext_lazy("toàn trình: mọi bước làm qua mạng, nhận kết quả bản điện tử hoặc qua bưu chính"),
    OnlineLevel.PARTIAL: gettext_lazy("một phần: nộp qua mạng, còn một bước ông/bà phải đến"),
    OnlineLevel.UNSPECIFIED: gettext_lazy("nhận hồ sơ qua mạng"),
}


# ---- lists -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Wish:
    """How the list is narrowed; "" for not at all."""

    text: str = ""
    life_event: str = ""
    sector: str = ""
    audience: str = ""

    @property
    def is_empty(self) -> bool:
        return not (plain(self.text) or self.life_event or self.sector or self.audience)


def offered_to_all(unit: "Unit") -> list["Offering"]:
    """What the unit offers today, by sector and name as a dictionary orders them; one statement."""
    rows = procedures.offered_publicly(unit)
    return sorted(rows, key=lambda row: (_order(row.procedure.sector.name), _order(row.procedure.name)))


_order = lru_cache(maxsize=4096)(sort_key)


def narrowed(offerings: list["Offering"], wish: Wish) -> list["Offering"]:
    """By life event, sector and audience, then by the words typed, the best first."""
    kept = [
        row
        for row in offerings
        if wish.life_event in ("", row.procedure.life_event)
        and wish.sector in ("", str(row.procedure.sector_id))
        and is_for(row, wish.audience)
    ]
    return find_offerings(kept, wish.text)


def is_for(offering: Any, audience: str) -> bool:
    """A record that does not say who it is for is shown to everybody."""
    said = [plain(one["name"]) for one in offering.audiences or []]
    if not audience or not said:
        return True
    _label, signs = AUDIENCES[audience]
    return any(sign in f"{words} " for words in said for sign in signs)


def flow_about(life_event: str) -> FlowCard | None:
    """The questions that lead to what somebody needs in this life event; None where there are none. One statement."""
    return next((flow for flow in flows() if flow.content.life_event == life_event), None) if life_event else None


def life_events_of(offerings: list["Offering"]) -> list[tuple[str, str]]:
    there = {row.procedure.life_event for row in offerings}
    return [(event.value, str(event.label)) for event in LifeEvent if event.value in there]


def sectors_of(offerings: list["Offering"]) -> list[tuple[str, str]]:
    there = {str(row.procedure.sector_id): str(said(row.procedure.sector.name)) for row in offerings}
    return list(there.items())


def found_rows(offerings: list["Offering"]) -> list[Any]:
    """Each with its fee and times in words (`fee`, `committed`, `offering`)."""
    return list(procedures.offered_rows(offerings))


def by_sector(rows: list[Any]) -> list[tuple[str, list[Any]]]:
    """In the order of the rows, which are sorted by sector as long as nothing was searched for."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.offering.procedure.sector.name, []).append(row)
    return list(groups.items())


# ---- one procedure -----------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class PaperGroup:
    """`title` is the case they belong to, "" for every case; `to_hand_in` apart from what is only shown."""

    title: str
    to_hand_in: list[Paper]
    to_show: list[Paper]


@dataclass(frozen=True, kw_only=True)
class ProcedurePage:
    offering: "Offering"
    version: "ProcedureVersion"
    record: Any
    cases: list[tuple[int, str]]
    case: int
    papers: list[PaperGroup]
    notes: list[str]
    committed: TimeLimit
    statutory: TimeLimit | None
    cut: int | None
    fee: str
    real: RealTime
    deadline: Deadline
    ways: list[str]


def procedure_page(unit: "Unit", code: str, *, case: int, at: datetime, today: date) -> ProcedurePage:
    """404 unless the unit offers it today. `case` counts from 1; 0 shows the papers of every case."""
    offering = procedures.offered_under(unit, code)
    version = procedures.version_in_force(offering.procedure) if offering else None
    if offering is None or version is None:
        raise Http404
    row, names = procedures.offered_row(offering), procedures.cases_of(version)
    chosen = case if 0 < case <= len(names) else 0
    return ProcedurePage(
        offering=offering,
        version=version,
        record=procedures.record_of(version),
        cases=list(enumerate(names, 1)),
        case=chosen,
        papers=_groups(procedures.papers_of(version, names[chosen - 1] if chosen else "")),
        notes=procedures.notes_of(version),
        committed=row.committed,
        statutory=row.statutory,
        cut=row.cut,
        fee=row.fee,
        real=_real_time(offering, today),
        deadline=due_if_received(offering, at=at),
        ways=_ways(offering),
    )


def _groups(papers: list[Paper]) -> list[PaperGroup]:
    titles = dict.fromkeys(paper.case for paper in papers)
    return [
        PaperGroup(
            title=title,
            to_hand_in=[p for p in papers if p.case == title and p.kind != "show"],
            to_show=[p for p in papers if p.case == title and p.kind == "show"],
        )
        for title in titles
    ]


def _real_time(offering: "Offering", today: date) -> RealTime:
    """Kept for an hour: of a busy procedure thousands of dossiers are read."""
    key = f"portal:real:{offering.unit_id}:{offering.procedure_id}:{offering.committed_unit}:{today}"
    found: RealTime = caches["template_fragments"].get_or_set(
        key, lambda: real_time_of(offering, today=today), REAL_TIME_KEPT_FOR
    )  # type: ignore[assignment]
    return found


def _ways(offering: "Offering") -> list[str]:
    """How it can be filed, each in words; the counter always."""
    channels = {Channel.COUNTER.value, *offering.channels}
    words = {
        Channel.COUNTER: _("Trực tiếp tại Bộ phận Một cửa"),
        Channel.ONLINE: _("Trực tuyến, %(level)s") % {"level": ONLINE.get(OnlineLevel(offering.online_level), "")},
        Channel.POST: _("Gửi qua bưu chính công ích"),
    }
    return [words[channel] for channel in Channel if channel.value in channels and _is_real(channel, offering)]


def _is_real(channel: Channel, offering: "Offering") -> bool:
    return channel != Channel.ONLINE or OnlineLevel(offering.online_level) in ONLINE
