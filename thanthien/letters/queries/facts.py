"""From what caused it to the draft of a letter: whom it greets, and what its names stand for."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from thanthien.core.words import long_date, long_moment
from thanthien.dossiers.enums import DelayCause
from thanthien.dossiers.queries import prints
from thanthien.letters.enums import Occasion
from thanthien.people.enums import Sex
from thanthien.satisfaction.enums import CaseOutcome

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Unit
    from thanthien.satisfaction.models import UnhappyCase


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody, or an event, wants to have written. `source` "" may be written any number of times."""

    unit: Any
    occasion: Occasion
    cause: str
    source: str = ""
    addressee: str = ""
    address: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    dossier: Any = None
    person: Any = None
    round: int = 1


def draft_for_life(dossier: "Dossier", occasion: str) -> Draft:
    """A birth, marriage or death that was registered. What the dossier does not say is asked for before signing."""
    person = dossier.applicant
    sex = person.sex if person else ""
    name, facts = dossier.owner_name or dossier.applicant_name, {}
    if occasion == Occasion.BIRTH:
        facts = {"tên cha" if sex == Sex.MALE else "tên mẹ": name} if sex else {}
    elif occasion == Occasion.MARRIAGE:
        facts = {"tên chồng" if sex == Sex.MALE else "tên vợ": name} if sex else {}
        facts["ngày đăng ký"] = _day(dossier.finished_at)
    return Draft(
        unit=dossier.unit, occasion=Occasion(occasion), cause=f"{dossier.procedure_name} ({dossier.code})",
        source=dossier.subject, addressee=_greeting(occasion, name), address=dossier.return_address or dossier.address,
        facts=common_facts(dossier.unit) | facts, dossier=dossier, person=person,
    )  # fmt: skip


def _greeting(occasion: str, name: str) -> str:
    """A couple is greeted together: who is the other one must be written down first."""
    if occasion == Occasion.MARRIAGE:
        return ""
    return f"Gia đình ông/bà {name}" if occasion == Occasion.BIRTH else f"Ông/bà {name} cùng gia quyến"


def draft_for_delay(dossier: "Dossier", *, round: int = 1) -> Draft:
    """A promise that was not kept, after form 04 was sent: with its cause and who answers for it."""
    owed: Any = dossier.apology
    cause = f"{DelayCause(owed.cause).label}. {owed.cause_text}".strip().rstrip(".")
    again = f", lần thứ {round}" if round > 1 else ""
    facts = {
        "thủ tục": dossier.procedure_name,
        "mã hồ sơ": dossier.code,
        "ngày hẹn cũ": long_moment(owed.old_due_at),
        "ngày hẹn mới": long_moment(owed.new_due_at),
        "lý do": cause,
        "người chịu trách nhiệm": f"{owed.answerable.full_name}, {owed.answerable.title or owed.answerable.unit.name}",
        "lời hẹn": _promise_again(dossier, owed.new_due_at),
    }
    name = dossier.applicant_name
    return Draft(
        unit=dossier.unit, occasion=Occasion.DELAY, cause=f"Trễ hẹn{again}: {dossier.procedure_name} ({dossier.code})",
        source=dossier.subject, addressee=name if dossier.business_id else f"Ông/bà {name}", address=dossier.address,
        facts=common_facts(dossier.unit) | facts, dossier=dossier, person=dossier.applicant, round=round,
    )  # fmt: skip


def _promise_again(dossier: "Dossier", new_due_at: datetime) -> str:
    """A new date while it runs; what came late but came, is only to be fetched."""
    if dossier.finished_at:
        return f"Kết quả đã có từ {long_moment(dossier.finished_at)} và đang chờ ông/bà"
    then = "tôi đã yêu cầu ưu tiên hồ sơ này và báo ông/bà ngay khi có kết quả"
    return f"Chúng tôi hẹn lại ông/bà {long_moment(new_due_at)}; {then}"


def draft_for_voice(case: "UnhappyCase") -> Draft | None:
    """An unhappy answer that was looked into: an apology where it was apologised for, thanks where it changed how we
    work. None for who left no name, and for every other outcome."""
    names = {
        CaseOutcome.APOLOGISED: (Occasion.DISSATISFIED, "điều chưa hài lòng", "việc đã sửa"),
        CaseOutcome.CORRECTED: (Occasion.OPINION, "ý kiến", "thay đổi"),
    }
    if case.outcome not in names or not case.contact_name:
        return None
    occasion, said, done = names[CaseOutcome(case.outcome)]
    facts = {said: _inside(case.response.comment), done: _inside(case.answer)}
    cause = f"Phiếu “{case.response.level.lower()}” ({CaseOutcome(case.outcome).label})"
    return Draft(
        unit=case.unit, occasion=occasion, cause=cause,
        source=case.subject, addressee=f"Ông/bà {case.contact_name}", dossier=case.dossier,
        facts=common_facts(case.unit) | {name: words for name, words in facts.items() if words},
    )  # fmt: skip


def _inside(words: str) -> str:
    """As it stands inside a sentence: one line, without the full stop."""
    return " ".join(words.split()).rstrip(".")[:500]


def common_facts(unit: "Unit") -> dict[str, str]:
    committee = prints.committee_name(unit)
    phone = unit.hotline or unit.phone
    return {
        "cơ quan": committee,
        "địa phương": committee.removeprefix("Ủy ban nhân dân").strip(),
        "liên hệ": f"số điện thoại {phone}" if phone else f"hoặc đến {unit.desk_name}",
    }


def _day(moment: datetime | None) -> str:
    return long_date(moment).removeprefix("ngày ") if moment else ""
