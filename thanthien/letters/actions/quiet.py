"""A household in mourning is left alone for a while (FEATURES 5.26)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.dossiers.enums import ResultKind
from thanthien.dossiers.queries import dossier_of_key
from thanthien.letters.actions.drafting import SYSTEM
from thanthien.letters.enums import Occasion
from thanthien.letters.queries import occasion_of
from thanthien.notifications.actions import hold_for
from thanthien.people.queries import households_of


@transaction.atomic
def leave_alone(dossier_id: int, *, at: datetime) -> bool:
    """A death was registered: no survey and no automatic message to who registered it and to their households for the
    days that the unit chose, reckoned from the result. Asked twice it holds no longer than once."""
    dossier = dossier_of_key(dossier_id)
    rule = occasion_of(dossier.unit, dossier.offering.procedure.code)
    is_death = rule is not None and rule.occasion == Occasion.DEATH and dossier.result_kind == ResultKind.GRANTED
    if not is_death or not rule.quiet_days or dossier.applicant is None:
        return False
    until = (dossier.finished_at or at) + timedelta(days=rule.quiet_days)
    said = {"until": until, "reason": _("Gia đình có tang"), "by": _(SYSTEM), "at": at}
    hold_for(person_id=dossier.applicant_id, **said)
    for household in households_of(dossier.applicant):
        hold_for(household_id=household.pk, **said)
    return True
