"""From the signature to the hand, with proof; cancelling until then; a wrong name."""

import pytest
from django.db import IntegrityError, transaction

from thanthien.core import timeline
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, officer
from thanthien.letters import actions
from thanthien.letters.actions import Handing
from thanthien.letters.enums import Occasion, State, Way
from thanthien.letters.factories import a_letter, a_stroke, clerk, handed, head, signed, whole
from thanthien.letters.models import Letter, WrongName
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(head_title="CHỦ TỊCH")


def test_handed_with_the_certificate_by_whom_to_whom_and_when(unit):
    letter, by = signed(a_letter(unit)), clerk(unit, full_name="Bùi Thị Nhàn")

    letter = actions.hand_over(letter, Handing(way=Way.CERTIFICATE, recipient="Bà Tặng"), by=by, at=MONDAY)

    assert (letter.state, letter.recipient, letter.handed_by) == (State.HANDED, "Bà Tặng", "Bùi Thị Nhàn")
    assert timeline.entries_of(letter.subject).last().text == "Thư đến tay Bà Tặng (trao cùng kết quả)."


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        (Way.HOME, "trưởng thôn"),
        (Way.POST, "vận đơn"),
        (Way.EMAIL, "địa chỉ nào"),
        (Way.ZALO, "số Zalo"),
    ],
)
def test_each_way_asks_for_its_own_proof(unit, way, reason):
    letter, how = signed(a_letter(unit)), {"way": way, "recipient": "Bà Tặng", "has_consent": True}

    with pytest.raises(Refused, match=reason):
        actions.hand_over(letter, Handing(**how), by=clerk(unit), at=MONDAY)

    assert actions.hand_over(letter, Handing(**how, evidence="VN123"), by=clerk(unit), at=MONDAY).evidence == "VN123"


def test_a_photograph_is_proof_too(unit):
    how = Handing(way=Way.HOME, recipient="Bà Tặng", file=a_stroke())

    letter = actions.hand_over(signed(a_letter(unit)), how, by=clerk(unit), at=MONDAY)

    assert (letter.evidence_file["name"], letter.evidence_file["media_type"]) == ("chu-ky.png", "image/png")


def test_nothing_goes_out_electronically_without_consent(unit):
    how = Handing(way=Way.EMAIL, recipient="Bà Tặng", evidence="ba@example.vn")

    with pytest.raises(Refused, match="khi người nhận đã đồng ý"):
        actions.hand_over(signed(a_letter(unit)), how, by=clerk(unit), at=MONDAY)


def test_the_database_too_asks_for_consent(unit):
    letter = signed(a_letter(unit))

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(state=State.HANDED, way=Way.ZALO, handed_at=MONDAY)


def test_a_condolence_is_never_sent_electronically(unit):
    how = Handing(way=Way.EMAIL, recipient="Gia đình", evidence="x@example.vn", has_consent=True)

    with pytest.raises(Refused, match="trao tận tay"):
        actions.hand_over(signed(a_letter(unit, Occasion.DEATH)), how, by=clerk(unit), at=MONDAY)


@pytest.mark.parametrize("make", [lambda unit: a_letter(unit), lambda unit: handed(a_letter(unit))])
def test_only_what_is_signed_and_still_here_is_handed_over(unit, make):
    with pytest.raises(Refused, match="Chỉ trao thư đã ký"):
        actions.hand_over(make(unit), Handing(way=Way.CERTIFICATE, recipient="x"), by=clerk(unit), at=MONDAY)


def test_who_only_takes_fees_hands_nothing_over(unit):
    how = Handing(way=Way.CERTIFICATE, recipient="x")

    with pytest.raises(Refused, match="Việc này dành cho"):
        actions.hand_over(signed(a_letter(unit)), how, by=officer(unit, Role.CASHIER), at=MONDAY)


# ---- cancelling, answers -------------------------------------------------------------------------------------
@pytest.mark.parametrize("make", [a_letter, lambda unit: signed(a_letter(unit))])
def test_a_letter_is_cancelled_until_it_is_handed_over_and_its_number_stays_taken(unit, make):
    letter = make(unit)

    letter = actions.cancel_letter(letter, reason="Gia đình từ chối.", by=clerk(unit), at=MONDAY)

    assert (letter.state, letter.cancel_reason) == (State.CANCELLED, "Gia đình từ chối.")
    assert signed(a_letter(unit)).number == (2 if letter.number else 1)


def test_what_was_handed_over_is_not_cancelled(unit):
    with pytest.raises(Refused, match="không hủy được nữa"):
        actions.cancel_letter(handed(a_letter(unit)), reason="x", by=clerk(unit), at=MONDAY)


def test_the_answer_of_the_person_is_written_down_once_after_the_letter_arrived(unit):
    letter = signed(a_letter(unit))
    with pytest.raises(Refused, match="sau khi thư đã trao"):
        actions.record_answer(letter, answer="Cảm ơn", by=clerk(unit), at=MONDAY)

    letter = actions.record_answer(handed(a_letter(unit)), answer="Tôi vẫn buồn.", by=clerk(unit), at=MONDAY)

    assert (letter.answer, letter.answered_at) == ("Tôi vẫn buồn.", MONDAY)
    with pytest.raises(Refused, match="đã được ghi"):
        actions.record_answer(letter, answer="Khác", by=clerk(unit), at=MONDAY)


# ---- a wrong name --------------------------------------------------------------------------------------------
def test_a_wrong_name_cancels_what_is_still_here_and_writes_anew(unit):
    letter = signed(a_letter(unit, Occasion.DEATH))

    incident = actions.report_wrong_name(letter, what="In «Sen», đúng là «Sơn»", by=clerk(unit), at=MONDAY)

    letter.refresh_from_db()
    new = incident.replacement
    assert (letter.state, new.state, new.confirmations.count()) == (State.CANCELLED, State.DRAFT, 0)
    assert (new.facts, new.source) == (letter.facts, letter.subject)


def test_a_wrong_name_that_has_arrived_stays_arrived_and_still_gets_a_new_letter(unit):
    letter = handed(a_letter(unit, Occasion.DEATH))

    incident = actions.report_wrong_name(letter, what="Sai tên", by=clerk(unit), at=MONDAY)

    letter.refresh_from_db()
    assert (letter.state, incident.replacement.state) == (State.HANDED, State.DRAFT)


def test_only_the_leader_closes_it_with_who_apologised_and_what_prevents_it(unit):
    incident = actions.report_wrong_name(signed(a_letter(unit)), what="Sai tên", by=clerk(unit), at=MONDAY)
    said = {"apologised_by": "Chủ tịch", "prevention": "Đối chiếu với trích lục"}
    with pytest.raises(Refused):
        actions.close_wrong_name(incident, **said, by=clerk(unit), at=MONDAY)

    actions.close_wrong_name(incident, **said, by=head(unit), at=MONDAY)

    assert WrongName.objects.get().closed_at == MONDAY
    with pytest.raises(Refused, match="đã khép lại"):
        actions.close_wrong_name(incident, **said, by=head(unit), at=MONDAY)


def test_a_draft_is_mended_not_reported_and_nothing_is_reported_twice(unit):
    with pytest.raises(Refused, match="xin sửa bản thảo"):
        actions.report_wrong_name(whole(a_letter(unit)), what="x", by=clerk(unit), at=MONDAY)
    letter = handed(a_letter(unit))
    actions.report_wrong_name(letter, what="x", by=clerk(unit), at=MONDAY)

    with pytest.raises(Refused, match="đã được báo"):
        actions.report_wrong_name(Letter.objects.get(pk=letter.pk), what="x", by=clerk(unit), at=MONDAY)
