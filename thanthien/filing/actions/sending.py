"""The draft becomes a dossier, or the answer to a supplement request; consents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.files import KeptFile
from thanthien.core.rules import Refused
from thanthien.core.timeline import Note
from thanthien.core.words import as_the_office_writes, short_moment
from thanthien.dossiers.actions import (
    Answer,
    Declared,
    FiledFile,
    Intake,
    PaperIn,
    WayBack,
    answer_supplement,
    declare,
    file_online,
)
from thanthien.filing import rules
from thanthien.filing.actions.drafts import forget, locked
from thanthien.filing.enums import FilingKind
from thanthien.filing.models import Consent, Draft, DraftFile, Filing
from thanthien.filing.queries import (
    absent_of,
    files_of_form,
    papers_of_draft,
    parties_of,
    told_of,
    unconfirmed,
    wordings_on,
)
from thanthien.people.actions import PersonFacts
from thanthien.procedures.enums import Channel
from thanthien.procedures.queries import offering_for


@dataclass(frozen=True, kw_only=True)
class Application:
    """What the pages of a draft say, cleaned: who files, for whom, how the result comes back, what is agreed to."""

    person: PersonFacts
    way: WayBack
    consents: Mapping[str, bool] = field(default_factory=dict)
    is_for_other: bool = False
    owner_name: str = ""
    owner_personal_id: str = ""
    owner_address: str = ""
    relation: str = ""
    request: str = ""


@transaction.atomic
def submit(draft: Draft, application: Application, *, at: datetime) -> Any:
    """Sends the draft: a dossier that waits to be accepted, with its papers, consents and who helped. The draft goes.

    Raises `Refused` when something is lacking or the procedure is filed online no longer.
    """
    fresh = complete(draft, at=at)
    rules.check_confirmed(unconfirmed(fresh))
    with as_the_office_writes():
        by = _("%(name)s, nộp trực tuyến") % {"name": application.person.full_name}
    filed = _filed(fresh)
    dossier = file_online(_intake(fresh, application), filed, by=by, at=at)
    if fresh.declaration_id:
        with as_the_office_writes():
            declare(dossier, Declared(version=fresh.declaration_id, answers=told_of(fresh)), by=by, at=at)
    _write_down(fresh, dossier, FilingKind.FILING, application, at=at)
    _ask_back(dossier, application.consents, at=at)
    keep_confirmations(fresh, dossier, at=at)
    left = set(fresh.files.values_list("path", flat=True)) - {one.kept.path for one in filed}
    transaction.on_commit(lambda: forget(sorted(left)))
    Draft.objects.filter(pk=fresh.pk).delete()
    return dossier


def complete(draft: Draft, *, at: datetime) -> Draft:
    """The draft under its lock, with all its papers. Raises `Refused`."""
    fresh = locked(draft.pk)
    rules.check_is_open(fresh, at=at)
    lines = papers_of_draft(fresh)
    counted = {line.asked.key: len(line.files) for line in lines}
    rules.check_complete([line.asked for line in lines], counted, absent_of(fresh))
    return fresh


def _intake(draft: Draft, application: Application) -> Intake:
    """The terms of today: an offering that was changed meanwhile has a successor."""
    offering: Any = offering_for(draft.offering.unit, draft.offering.procedure.code)
    if offering is None:
        raise Refused(_("Đơn vị không còn tiếp nhận thủ tục này. Ông/bà vui lòng gọi đường dây nóng để được giúp."))
    rules.check_can_begin(offering)
    told = {name: getattr(application, name) for name in ("owner_name", "owner_address", "request")}
    return Intake(
        offering=offering, version=draft.version, person=application.person, channel=Channel.ONLINE,
        return_channel=application.way.channel, return_reason=application.way.reason,
        return_address=application.way.address, papers=_papers(draft), authorisation=_authorisation(application),
        **told,
    )  # fmt: skip


def _authorisation(application: Application) -> str:
    with as_the_office_writes():
        return _("Bản chụp giấy ủy quyền nộp trực tuyến") if application.is_for_other else ""


def _listed(draft: Draft) -> list[Any]:
    """The papers of the list of the dossier, in its order: sent, filled in on the page, or to be shown."""
    with as_the_office_writes():
        lines = [*papers_of_draft(draft), *files_of_form(draft)]
    return [line for line in lines if line.files or line.asked.is_declared or line.asked.is_shown]


def _papers(draft: Draft) -> list[PaperIn]:
    return [
        PaperIn(
            name=line.asked.name,
            code=line.asked.code,
            is_electronic=bool(line.files) or line.asked.is_declared,
            is_shown_only=line.asked.is_shown,
        )
        for line in _listed(draft)
    ]


def _filed(draft: Draft) -> list[FiledFile]:
    numbered = enumerate(_listed(draft), 1)
    return [FiledFile(kept=_kept(file), position=place) for place, line in numbered for file in line.files]


def _kept(file: DraftFile) -> KeptFile:
    names = "path", "name", "media_type", "size", "sha256"
    return KeptFile(**{name: getattr(file, name) for name in names})


def _write_down(
    draft: Draft, dossier: Any, kind: FilingKind, application: Application | None, *, at: datetime
) -> Filing:
    told = ("is_for_other", "owner_personal_id", "relation")
    facts = {name: getattr(application, name) for name in told} if application else {}
    absent = [line.asked.name for line in papers_of_draft(draft) if line.is_absent and not line.files]
    return Filing.objects.create(
        dossier=dossier, kind=kind, absent=absent, helper=draft.helper, machine=draft.machine,
        key_hash=draft.key_hash if kind == FilingKind.FILING else "", began_at=draft.created_at, at=at, **facts,
    )  # fmt: skip


def keep_confirmations(draft: Draft, dossier: Any, *, at: datetime) -> None:
    """Who confirmed stays with the dossier and in its story; by which way they were asked only masked."""
    for party in parties_of(draft):
        with as_the_office_writes():
            by = _("%(name)s, xác nhận trực tuyến") % {"name": party.full_name}
            text = _("Xác nhận lời khai về mình (%(label)s) qua đường dẫn riêng lúc %(moment)s.") % {
                "label": party.label, "moment": short_moment(party.answered_at or at),
            }  # fmt: skip
            public = _("Người cùng đứng tên đã xác nhận lời khai.")
        timeline.append(dossier.subject, Note(kind="confirmed", text=text, public_text=public), by=by, at=at)
    draft.parties.update(draft=None, dossier=dossier, phone="", email="")


# ---- a supplement ------------------------------------------------------------------------------------------
@transaction.atomic
def send_answer(draft: Draft, *, note: str, shown_due: datetime | None, at: datetime) -> Any:
    """Sends what was asked for; the date that was shown is the one that is promised."""
    fresh = complete(draft, at=at)
    files: Sequence[tuple[str, KeptFile]] = [
        (line.asked.name, _kept(file)) for line in papers_of_draft(fresh) for file in line.files
    ]
    with as_the_office_writes():
        by = _("%(name)s, bổ sung trực tuyến") % {"name": fresh.dossier.applicant_name}
    answer = Answer(files=files, note=note, shown_due=shown_due)
    dossier = answer_supplement(fresh.dossier, answer, by=by, at=at)
    _write_down(fresh, dossier, FilingKind.SUPPLEMENT, None, at=at)
    Draft.objects.filter(pk=fresh.pk).delete()
    return dossier


# ---- consents ----------------------------------------------------------------------------------------------
def _ask_back(dossier: Any, said: Mapping[str, bool], *, at: datetime) -> None:
    """What was asked and answered, each purpose for itself; not answered is not agreed."""
    for wording in wordings_on(timezone.localdate(at)):
        Consent.objects.create(
            dossier=dossier, purpose=wording.purpose, number=wording.number, wording=wording.text,
            is_given=bool(said.get(wording.purpose)), at=at,
        )  # fmt: skip


@transaction.atomic
def change_mind(dossier: Any, said: Mapping[str, bool], *, at: datetime) -> int:
    """A consent given or taken back later; answers how many changed. What was said before stays written down."""
    last = {consent.purpose: consent.is_given for consent in Consent.objects.filter(dossier=dossier)}
    changed = 0
    for wording in wordings_on(timezone.localdate(at)):
        given = bool(said.get(wording.purpose))
        if given != last.get(wording.purpose, False):
            changed += 1
            Consent.objects.create(
                dossier=dossier, purpose=wording.purpose, number=wording.number, wording=wording.text,
                is_given=given, at=at,
            )  # fmt: skip
    return changed
