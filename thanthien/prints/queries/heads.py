"""What all printed forms of a dossier share: whose paper it is, who is meant, how moments and places are said."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from thanthien.core.documents.data import Letterhead, PaperLine, Party, Signer
from thanthien.core.words import as_the_office_writes, long_date
from thanthien.dossiers.enums import ReturnChannel
from thanthien.organisation.enums import Level
from thanthien.people.rules import show_phone

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Unit

Told, Paper = ParamSpec("Told"), TypeVar("Paper")
COMMITTEES = {Level.PROVINCE, Level.DISTRICT, Level.COMMUNE}
COMMITTEE = "Ủy ban nhân dân"


def in_vietnamese(build: Callable[Told, Paper]) -> Callable[Told, Paper]:
    """Paper is in Vietnamese, whichever language the officer who prints it reads."""

    @wraps(build)
    def as_written(*args: Told.args, **names: Told.kwargs) -> Paper:
        with as_the_office_writes():
            return build(*args, **names)

    return as_written


def committee_name(unit: "Unit") -> str:
    """ "UBND phường Sen Hồng" and "Phường Sen Hồng" → "Ủy ban nhân dân phường Sen Hồng"; who is no committee stays."""
    name = unit.name
    if unit.level not in COMMITTEES or name.startswith(COMMITTEE):
        return name
    rest = name.removeprefix("UBND").strip()
    return f"{COMMITTEE} {rest[:1].lower()}{rest[1:]}"


def office_name(unit: "Unit") -> str:
    """The one-stop shop with the name of its place: "Trung tâm Phục vụ hành chính công phường Sen Hồng"."""
    place = committee_name(unit).removeprefix(COMMITTEE).strip()
    return unit.desk_name if place.lower() in unit.desk_name.lower() else f"{unit.desk_name} {place}"


def office_head(unit: "Unit", number: str, at: datetime) -> Letterhead:
    """The letterhead of the one-stop shop, which stands under the committee."""
    return _head(committee_name(unit), office_name(unit), unit, number, at)


def committee_head(unit: "Unit", number: str, at: datetime) -> Letterhead:
    """The letterhead of the agency itself; a committee has nobody above it on paper (NĐ 30/2020, phụ lục I)."""
    above = "" if unit.level in COMMITTEES else unit.governing_body
    return _head(above, committee_name(unit), unit, number, at)


def _head(above: str, issuer: str, unit: "Unit", number: str, at: datetime) -> Letterhead:
    return Letterhead(governing_body=above, issuer=issuer, number=number, place=place_of(unit), date=long_date(at))


def place_of(unit: "Unit") -> str:
    place = committee_name(unit).removeprefix(COMMITTEE).strip()
    return unit.place or (place.removeprefix(unit.kind).strip() if unit.kind else place)


def head_of(unit: "Unit", full_name: str = "") -> Signer:
    """Who signs for the agency; without a name it is signed by hand."""
    over = (f"TM. {COMMITTEE}",) if unit.level in COMMITTEES else ()
    return Signer(titles=(*over, unit.head_title or "Chủ tịch"), full_name=full_name)


def submitter(dossier: "Dossier") -> Party:
    return Party(
        full_name=dossier.applicant_name,
        address=dossier.address,
        phone=show_phone(dossier.phone),
        email=dossier.email,
        personal_id=dossier.personal_id,
    )


def owner(dossier: "Dossier") -> Party | None:
    """Whose dossier it is, when somebody else filed it."""
    if not dossier.owner_name or dossier.owner_name == dossier.applicant_name:
        return None
    return Party(full_name=dossier.owner_name, address=dossier.owner_address)


def addressee(dossier: "Dossier") -> str:
    return dossier.applicant_name if dossier.business_id else f"Ông/Bà {dossier.applicant_name}"


def result_place(dossier: "Dossier") -> str:
    """ "Trung tâm … phường Sen Hồng", "qua bưu chính", "tại nhà: Thôn 1, xã Mẫu"."""
    channel = ReturnChannel(dossier.return_channel)
    if channel == ReturnChannel.COUNTER:
        return office_name(dossier.receiving_unit)
    label = str(channel.label)
    address = dossier.return_address or (dossier.address if channel == ReturnChannel.HOME else "")
    return f"{label}: {address}" if address else label


def papers_of(dossier: "Dossier") -> tuple[PaperLine, ...]:
    return tuple(
        PaperLine(
            name=paper.name,
            original=paper.originals,
            certified=paper.certified,
            photocopy=paper.photocopies,
            electronic=int(paper.is_electronic),
            note="; ".join(part for part in ("chỉ xuất trình" if paper.is_shown_only else "", paper.note) if part),
        )
        for paper in dossier.papers.all()
    )


def local_phone(phone: str) -> str:
    """The number of an office as one dials it; it may be written in any way."""
    return show_phone(f"+84{phone[1:]}") if phone.isdigit() and phone.startswith("0") else phone
