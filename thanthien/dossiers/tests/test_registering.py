"""Who took a dossier down without accepting it yet: an officer at some counter, or the citizen at home."""

import pytest

from thanthien.dossiers import actions
from thanthien.dossiers.enums import Status
from thanthien.dossiers.factories import MONDAY, an_intake, an_offering, officer, register
from thanthien.organisation.factories import UnitFactory
from thanthien.people.models import Person
from thanthien.procedures.enums import Channel

pytestmark = pytest.mark.django_db


def test_the_officer_who_took_the_facts_down_stands_beside_them():
    offering = an_offering()
    by = officer(offering.unit, full_name="Lê Thị Mai")

    dossier = register(offering=offering, by=by)

    assert dossier.applicant.updated_by == "Lê Thị Mai"


def test_facts_that_somebody_types_at_home_bear_their_own_name():
    actions.file_online(an_intake(channel=Channel.ONLINE), [], by="Trần Thị Lan, nộp trực tuyến", at=MONDAY)

    assert Person.objects.get().updated_by == "Trần Thị Lan, nộp trực tuyến"


def test_a_counter_elsewhere_takes_down_and_refuses_what_the_deciding_office_would_decide():
    offering, elsewhere = an_offering(), UnitFactory()
    by = officer(elsewhere)

    dossier = register(offering=offering, by=by)
    denied = actions.deny_dossier(dossier, reason="not_competent", text="Xin nộp tại Sở.", by=by, at=MONDAY)

    assert (dossier.receiving_unit, dossier.desk_unit, dossier.unit) == (elsewhere, elsewhere, offering.unit)
    assert denied.status == Status.DENIED


def test_what_a_citizen_files_goes_to_the_office_that_decides():
    dossier = actions.file_online(an_intake(channel=Channel.ONLINE), [], by="Người nộp", at=MONDAY)

    assert dossier.receiving_unit == dossier.unit
