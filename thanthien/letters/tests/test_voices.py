"""Who was not content and left a name: an apology, or thanks for what their word changed."""

import pytest

from thanthien.dossiers.factories import MONDAY, officer
from thanthien.letters import listeners
from thanthien.letters.models import Letter
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.satisfaction.actions import Contact, Found, settle
from thanthien.satisfaction.enums import CaseOutcome
from thanthien.satisfaction.events import DissatisfactionAnswered
from thanthien.satisfaction.factories import slip, typist
from thanthien.satisfaction.models import UnhappyCase

pytestmark = pytest.mark.django_db


def settled(outcome, *, name="Trần Thị Lụa"):
    unit = UnitFactory()
    contact = Contact(name=name, phone="+84912345678")
    slip(1, unit=unit, by=typist(unit), filled={"comment": "Ghế chờ quá cứng.", "contact": contact})
    case = UnhappyCase.objects.get()
    owner = case.owner or _owner(unit, case)
    settle(case, Found(outcome=outcome, answer="Đã thay mười ghế tựa."), by=owner, at=MONDAY)
    return case


def _owner(unit, case):
    owner = officer(unit, Role.LEADER)
    UnhappyCase.objects.filter(pk=case.pk).update(owner=owner)
    case.refresh_from_db()
    return owner


@pytest.mark.parametrize(
    ("outcome", "occasion", "kind", "said", "done"),
    [
        (CaseOutcome.APOLOGISED, "dissatisfied", "apology", "điều chưa hài lòng", "việc đã sửa"),
        (CaseOutcome.CORRECTED, "opinion", "thanks", "ý kiến", "thay đổi"),
    ],
)
def test_a_word_that_was_right_is_answered_by_a_letter_once(committed, outcome, occasion, kind, said, done):
    with committed():
        case = settled(outcome)
    listeners.answer_a_voice(DissatisfactionAnswered(case_id=case.pk, outcome=outcome))

    letter = Letter.objects.get()
    assert (letter.occasion, letter.kind, letter.addressee) == (occasion, kind, "Ông/bà Trần Thị Lụa")
    assert (letter.facts[said], letter.facts[done]) == ("Ghế chờ quá cứng", "Đã thay mười ghế tựa")


@pytest.mark.parametrize("outcome", [CaseOutcome.EXPLAINED, CaseOutcome.UNFOUNDED, CaseOutcome.UNREACHABLE])
def test_other_outcomes_draft_nothing(committed, outcome):
    with committed():
        settled(outcome)

    assert Letter.objects.count() == 0


def test_who_left_no_name_gets_no_letter(committed):
    with committed():
        settled(CaseOutcome.CORRECTED, name="")

    assert Letter.objects.count() == 0
