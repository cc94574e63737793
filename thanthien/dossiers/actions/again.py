"""A dossier that has ended is looked at again, because its owner asked for it. Rooms above decide; here is the deed.

The ended dossier stays what it was, with its figures and its promise: the national list of statuses knows no way back
from there. Doing it again is a dossier of its own, which waits at reception like every other.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.dossiers import rules
from thanthien.dossiers.actions.change import locked, write_down
from thanthien.dossiers.actions.receiving import Intake, PaperIn, register_dossier
from thanthien.dossiers.models import Dossier
from thanthien.people.actions import PersonFacts
from thanthien.procedures.queries import version_in_force


@transaction.atomic
def register_again(dossier: Dossier, *, reason: str, by: Any, at: datetime) -> Dossier:
    """The same request by the same person, registered anew with the reason; both stories name the other dossier."""
    old = locked(dossier.pk)
    rules.check_can_register_again(old, by=by)
    new = register_dossier(_same_request(old, reason, at=at), by=by, at=at)
    text = _("Làm lại theo đề nghị xem lại của người dân: hồ sơ %(code)s. Lý do: %(reason)s")
    public = _("Theo đề nghị của ông/bà, hồ sơ được làm lại với mã %(code)s.") % {"code": new.code}
    note = timeline.Note(kind="again", text=text % {"code": new.code, "reason": reason}, public_text=public)
    write_down(old, note, by=by, at=at)
    return new


def _same_request(old: Dossier, reason: str, *, at: datetime) -> Intake:
    person, business = old.applicant, old.business
    name = person.full_name if business and person else old.applicant_name
    return Intake(
        offering=old.offering, version=version_in_force(old.offering.procedure, timezone.localdate(at)) or old.version,
        person=PersonFacts(
            full_name=name, personal_id=old.personal_id, phone=old.phone, email=old.email, address=old.address
        ),
        business_name=business.name if business else "", tax_code=business.tax_code if business else "",
        owner_name=old.owner_name, owner_address=old.owner_address, authorisation=old.authorisation,
        return_channel=old.return_channel, return_reason=old.return_reason, return_address=old.return_address,
        request=old.request, note=_("Làm lại hồ sơ %(code)s: %(reason)s") % {"code": old.code, "reason": reason},
        papers=[PaperIn(name=paper.name, code=paper.code) for paper in old.papers.all()],
    )  # fmt: skip


@transaction.atomic
def tell_of_review(dossier_id: int, note: timeline.Note, *, by: str, at: datetime) -> bool:
    """Writes into the dossier's story that a review was asked for, or refused; the same words once. False: they stand
    there already."""
    dossier = locked(dossier_id)
    if timeline.entries_of(dossier.subject).filter(kind=note.kind, text=note.text).exists():
        return False
    write_down(dossier, note, by=by, at=at)
    return True
