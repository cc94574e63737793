"""From what caused it to the draft of a letter: whom it greets, and what its names stand for."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from thanthien.core.text import plain
from thanthien.core.words import long_date, long_moment
from thanthien.declarations.enums import PersonRole
from thanthien.dossiers.enums import DelayCause
from thanthien.dossiers.queries import people_of
from thanthien.letters.enums import Occasion
from thanthien.people.enums import Sex
from thanthien.prints.queries import committee_name
from thanthien.satisfaction.enums import CaseOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thanthien.declarations.rules import DeclaredPerson
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
    facts = _of_applicant(dossier, occasion) | _declared(dossier)
    if occasion == Occasion.MARRIAGE:
        facts["ngày đăng ký"] = _day(dossier.finished_at)
    return Draft(
        unit=dossier.unit, occasion=Occasion(occasion), cause=f"{dossier.procedure_name} ({dossier.code})",
        source=dossier.subject, addressee=_greeting(occasion, dossier, facts),
        address=dossier.return_address or dossier.address, facts=common_facts(dossier.unit) | facts, dossier=dossier,
        person=dossier.applicant,
    )  # fmt: skip


def _of_applicant(dossier: "Dossier", occasion: str) -> dict[str, str]:
    """Without a declaration: who filed is one of the parents, or of the couple."""
    sex = dossier.applicant.sex if dossier.applicant else ""
    roles = {Occasion.BIRTH: ("tên cha", "tên mẹ"), Occasion.MARRIAGE: ("tên chồng", "tên vợ")}.get(Occasion(occasion))
    if roles is None or sex not in (Sex.MALE, Sex.FEMALE):
        return {}
    return {roles[sex == Sex.FEMALE]: dossier.owner_name or dossier.applicant_name}


def _declared(dossier: "Dossier") -> dict[str, str]:
    """Names, days and the relation from the declaration, which says who is who; each name once, the first of the
    form."""
    people = people_of(dossier)
    facts = _loss(people, dossier.owner_name or dossier.applicant_name)
    for person in people:
        for name, words in _facts_of(person).items():
            if words:
                facts.setdefault(name, words)
    return facts


def _facts_of(person: "DeclaredPerson") -> dict[str, str]:
    is_woman = person.sex == Sex.FEMALE
    if person.role == PersonRole.CHILD:
        born = long_date(person.birth_date).removeprefix("ngày ") if person.birth_date else ""
        return {"tên trẻ": person.full_name, "ngày sinh": born}
    if person.role == PersonRole.SPOUSE and person.sex:
        return {"tên vợ" if is_woman else "tên chồng": person.full_name}
    if person.role == PersonRole.DECEASED:
        return {
            "người mất": f"{mourned_as(person)} {person.full_name}".strip(),
            "ngày mất": long_date(person.died_on).removeprefix("ngày ") if person.died_on else "",
        }
    parents = {PersonRole.MOTHER: "tên mẹ", PersonRole.FATHER: "tên cha"}
    return {parents[person.role]: person.full_name} if person.role in parents else {}


CHILD, YOUNG, OLD = 16, 40, 80  # years: from then on somebody is mourned as anh or chị, ông or bà, cụ


def mourned_as(deceased: "DeclaredPerson") -> str:
    """The word before the name, by age and sex; "" when the sex is not told."""
    born, died = deceased.born_by, deceased.died_on
    age = died.year - born.year - ((died.month, died.day) < (born.month, born.day)) if born and died else YOUNG
    if age < CHILD:
        return "cháu"
    if age >= OLD:
        return "cụ"
    pair = ("anh", "chị") if age < YOUNG else ("ông", "bà")
    return {Sex.MALE: pair[0], Sex.FEMALE: pair[1]}.get(Sex(deceased.sex), "") if deceased.sex in Sex.values else ""


# What who died is to whoever registers it, by the declaration's words for the latter: a man, a woman.
LOST = {
    "spouse": ("người bạn đời", "người bạn đời"), "child": ("thân phụ", "thân mẫu"),
    "parent": ("con trai", "con gái"),
}  # fmt: skip


def _loss(people: "Sequence[DeclaredPerson]", addressee: str) -> dict[str, str]:
    """What the deceased is to the addressee, when it was the addressee who said so. Brothers, sisters and others are
    left to be written by hand: the declaration does not say who is the elder."""
    deceased = next((one for one in people if one.role == PersonRole.DECEASED), None)
    requester = next((one for one in people if one.role == PersonRole.REQUESTER), None)
    if not (deceased and requester and deceased.sex in (Sex.MALE, Sex.FEMALE)):
        return {}
    words = LOST.get(requester.relation)
    is_same = plain(requester.full_name) == plain(addressee)
    return {"quan hệ": words[deceased.sex == Sex.FEMALE]} if words and is_same else {}


def _greeting(occasion: str, dossier: "Dossier", facts: dict[str, str]) -> str:
    """A couple is greeted together: until both names are known, nobody is."""
    name = dossier.owner_name or dossier.applicant_name
    if occasion == Occasion.MARRIAGE:
        both = facts.get("tên chồng"), facts.get("tên vợ")
        return f"Anh {both[0]} và chị {both[1]}" if all(both) else ""
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
        "cơ quan trễ hẹn": committee_name(dossier.unit),
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
    committee = committee_name(unit)
    phone = unit.hotline or unit.phone
    return {
        "cơ quan": committee,
        "địa phương": committee.removeprefix("Ủy ban nhân dân").strip(),
        "liên hệ": f"số điện thoại {phone}" if phone else f"hoặc đến {unit.desk_name}",
    }


def _day(moment: datetime | None) -> str:
    return long_date(moment).removeprefix("ngày ") if moment else ""
