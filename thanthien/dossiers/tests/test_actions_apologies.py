"""Apology owed: opened one working day before, closed only by being sent, and the date moves once."""

from datetime import datetime
from decimal import Decimal

import pytest

from thanthien.core import timeline
from thanthien.core.enums import PromiseChangeReason
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.core.working_time import TimeUnit
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Draft
from thanthien.dossiers.factories import ZONE, an_offering, everyone_of, finish, officer, receive
from thanthien.dossiers.models import Apology, Dossier
from thanthien.dossiers.queries import apologies_owed
from thanthien.notifications.models import Message
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


def moment(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def owed(**facts) -> Apology:
    """Due on Tuesday 01/12 17:00, owed since the evening before."""
    dossier = receive(**facts)
    actions.open_owed_apologies(at=moment(1, 12, 8))
    return Apology.objects.get(dossier=dossier)


def draft(by, *, new_due_at=None, cause="workload", text="Tuần này nhiều hồ sơ.") -> Draft:
    return Draft(cause=cause, text=text, answerable=by, new_due_at=new_due_at or moment(4, 12, 17))


def signed(**facts) -> Apology:
    apology = owed(**facts)
    by = everyone_of(apology.unit)
    actions.draft_apology(apology, draft(by), by=by, at=moment(1, 12, 9))
    return actions.sign_apology(apology, by=by, at=moment(1, 12, 10))


# ---- opened ----------------------------------------------------------------------------------------------
def test_it_is_opened_one_working_day_before_the_date():
    receive()

    counts = [actions.open_owed_apologies(at=at) for at in (moment(30, 11, 16, 59), moment(30, 11, 17))]

    assert counts == [0, 1]


def test_it_is_opened_once():
    receive()

    counts = [actions.open_owed_apologies(at=at) for at in (moment(1, 12, 8), moment(2, 12, 8))]

    assert counts == [1, 0]


def test_for_a_limit_of_hours_it_is_opened_when_a_fifth_is_left():
    receive(offering=an_offering(committed_amount=Decimal(5), committed_unit=TimeUnit.HOUR))  # due at 14:42

    counts = [actions.open_owed_apologies(at=moment(23, 11, 13, minute)) for minute in (41, 42)]

    assert counts == [0, 1]


def test_nothing_is_owed_while_the_citizen_is_waited_for():
    dossier = receive()
    by = everyone_of(dossier.unit)
    actions.suspend_for_financial_duty(dossier, reason="phí", legal_basis="", by=by, at=moment(30, 11, 9))

    assert actions.open_owed_apologies(at=moment(2, 12, 8)) == 0


def test_nothing_is_owed_for_what_is_finished():
    finish(receive(), at=moment(27, 11, 9))

    assert actions.open_owed_apologies(at=moment(2, 12, 8)) == 0


def test_who_has_the_dossier_answers_for_it_at_first():
    dossier = receive()
    person = officer(dossier.unit)
    actions.assign(dossier, to=person, by=everyone_of(dossier.unit), at=moment(25, 11, 9))

    actions.open_owed_apologies(at=moment(1, 12, 8))

    assert Apology.objects.get().answerable == person


# ---- drafted ---------------------------------------------------------------------------------------------
def test_a_draft_may_be_changed_until_it_is_signed():
    apology = owed()
    by = everyone_of(apology.unit)
    actions.draft_apology(apology, draft(by), by=by, at=moment(1, 12, 9))

    changed = actions.draft_apology(apology, draft(by, cause="staff", text="Nghỉ ốm."), by=by, at=moment(1, 12, 10))

    assert (changed.cause, changed.cause_text, changed.new_due_at) == ("staff", "Nghỉ ốm.", moment(4, 12, 17))


@pytest.mark.parametrize(
    ("new_due_at", "words"),
    [
        (moment(1, 12, 17), "sau ngày hẹn cũ"),
        (moment(30, 11, 17), "sau ngày hẹn cũ"),
        (moment(5, 12, 10), "ngày nghỉ"),
        (moment(4, 12, 12), "ngoài giờ làm việc"),
        (moment(4, 12, 17, 30), "ngoài giờ làm việc"),
    ],
)
def test_the_new_date_lies_ahead_in_opening_hours(new_due_at, words):
    apology = owed()
    by = everyone_of(apology.unit)

    with pytest.raises(Refused, match=words):
        actions.draft_apology(apology, draft(by, new_due_at=new_due_at), by=by, at=moment(1, 12, 9))


def test_a_signed_apology_is_not_changed_any_more():
    apology = signed()
    by = everyone_of(apology.unit)

    with pytest.raises(Refused, match="đã ký"):
        actions.draft_apology(apology, draft(by), by=by, at=moment(1, 12, 11))


def test_a_stranger_drafts_no_apology():
    apology = owed()
    by = everyone_of(UnitFactory())

    with pytest.raises(Refused, match="đơn vị khác"):
        actions.draft_apology(apology, draft(by), by=by, at=moment(1, 12, 9))


# ---- signed ----------------------------------------------------------------------------------------------
def test_only_a_leader_signs():
    apology = owed()
    by = everyone_of(apology.unit)
    actions.draft_apology(apology, draft(by), by=by, at=moment(1, 12, 9))

    with pytest.raises(Refused, match="lãnh đạo UBND"):
        actions.sign_apology(apology, by=officer(apology.unit, Role.SPECIALIST), at=moment(1, 12, 10))


def test_what_is_not_drafted_is_not_signed():
    apology = owed()

    with pytest.raises(Refused, match="chưa soạn xong"):
        actions.sign_apology(apology, by=everyone_of(apology.unit), at=moment(1, 12, 10))


def test_it_is_signed_once_and_numbered_in_the_year():
    apology = signed()

    assert (apology.number, apology.signed_at) == ("01/PXL", moment(1, 12, 10))
    with pytest.raises(Refused, match="đã được ký"):
        actions.sign_apology(apology, by=everyone_of(apology.unit), at=moment(1, 12, 11))


# ---- sent ------------------------------------------------------------------------------------------------
def test_nothing_closes_it_but_being_sent():
    apology = signed()
    leader = everyone_of(apology.unit)

    before = apologies_owed(leader).count()
    actions.send_apology(apology, by=leader, at=moment(1, 12, 11))

    assert (before, apologies_owed(leader).count()) == (1, 0)


def test_what_is_not_signed_is_not_sent():
    apology = owed()
    by = everyone_of(apology.unit)
    actions.draft_apology(apology, draft(by), by=by, at=moment(1, 12, 9))

    with pytest.raises(Refused, match="chưa được lãnh đạo ký"):
        actions.send_apology(apology, by=by, at=moment(1, 12, 10))


def test_sending_moves_the_promise_and_tells_the_citizen():
    apology = signed(person={"email": "a@vidu.vn"})

    actions.send_apology(apology, by=everyone_of(apology.unit), at=moment(1, 12, 11))

    dossier = Dossier.objects.get(pk=apology.dossier_id)
    change = Promise.objects.get().changes.get()
    assert dossier.due_at == moment(4, 12, 17)
    assert (change.reason, change.old_due_at, change.new_due_at) == (
        PromiseChangeReason.EXTENSION, moment(1, 12, 17), moment(4, 12, 17),
    )  # fmt: skip
    assert (change.note, change.legal_basis) == (
        "khối lượng hồ sơ lớn. Tuần này nhiều hồ sơ.", "Nghị định 61/2018/NĐ-CP Điều 19 khoản 9",
    )  # fmt: skip
    assert timeline.entries_of(dossier.subject).last().public_text == (
        "Chúng tôi xin lỗi ông/bà vì chậm trả kết quả (khối lượng hồ sơ lớn). Tuần này nhiều hồ sơ. "
        "Hẹn lại 17:00 ngày 04/12/2026."
    )
    assert Message.objects.filter(situation="apology").count() == 1


def test_it_is_sent_once():
    apology = signed()
    by = everyone_of(apology.unit)
    actions.send_apology(apology, by=by, at=moment(1, 12, 11))

    with pytest.raises(Refused, match="đã gửi"):
        actions.send_apology(apology, by=by, at=moment(1, 12, 12))


def test_a_second_extension_is_refused():
    apology = signed()
    by = everyone_of(apology.unit)
    actions.send_apology(apology, by=by, at=moment(1, 12, 11))
    dossier = Dossier.objects.get(pk=apology.dossier_id)

    with pytest.raises(Refused, match="lần thứ hai"):
        actions.check_new_date(dossier, moment(8, 12, 17), at=moment(4, 12, 9))
    assert actions.open_owed_apologies(at=moment(4, 12, 9)) == 0


def test_a_result_in_time_wipes_it_out():
    apology = signed()
    finish(Dossier.objects.get(pk=apology.dossier_id), at=moment(1, 12, 15))

    with pytest.raises(Refused, match="không còn nợ"):
        actions.send_apology(apology, by=everyone_of(apology.unit), at=moment(1, 12, 16))


def test_for_a_result_that_came_late_the_apology_is_only_said():
    apology = signed(person={"email": "a@vidu.vn"})
    finish(Dossier.objects.get(pk=apology.dossier_id), at=moment(2, 12, 9))

    actions.send_apology(apology, by=everyone_of(apology.unit), at=moment(2, 12, 10))

    dossier = Dossier.objects.get(pk=apology.dossier_id)
    assert dossier.due_at == moment(1, 12, 17)
    assert Promise.objects.get().changes.count() == 0
    assert timeline.entries_of(dossier.subject).last().public_text.endswith("Kết quả đã có từ 09:00 ngày 02/12/2026.")
    assert Message.objects.get(situation="late").facts["có từ"] == "09:00 ngày 02/12/2026"


def test_an_apology_may_be_drafted_after_the_late_result():
    apology = owed()
    by = everyone_of(apology.unit)
    finish(Dossier.objects.get(pk=apology.dossier_id), by=by, at=moment(2, 12, 9))

    drafted = actions.draft_apology(apology, draft(by, new_due_at=moment(2, 12, 9)), by=by, at=moment(2, 12, 10))

    assert drafted.drafted_at == moment(2, 12, 10)
