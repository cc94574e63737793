"""The clock of a dossier: dates are computed by hand. 24/11/2026 is a holiday; 28 and 29/11 are a weekend."""

from datetime import datetime
from decimal import Decimal

import pytest

from thanthien.core.enums import PromiseChangeReason
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.dossiers import actions
from thanthien.dossiers.enums import PauseKind, Status
from thanthien.dossiers.factories import ZONE, an_offering, everyone_of, finish, officer, receive, register
from thanthien.dossiers.models import Dossier
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
ASKED = {"papers": ["Bản vẽ móng"], "reason": "còn thiếu", "legal_basis": "Luật Xây dựng, Điều 95"}


def moment(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def due_of(dossier: Dossier) -> str:
    return dossier.due_at.astimezone(ZONE).strftime("%d/%m %H:%M")


def received(policy: str = "restart", **facts) -> Dossier:
    """Five working days from Monday 23/11 08:12: 25, 26, 27, 30/11, 01/12."""
    return receive(offering=an_offering(version={"supplement_policy": policy}, **facts))


def promise_of(dossier: Dossier) -> Promise:
    return Promise.objects.get(subject=dossier.subject)


def test_five_working_days_end_at_closing_time_on_the_first_of_december():
    assert due_of(received()) == "01/12 17:00"


@pytest.mark.parametrize(
    ("policy", "due"),
    [
        # PAUSE: 4.5 working hours were lost (09:00–11:30, 13:00–15:00); 02/12 13:30, rounded up to closing time.
        ("pause", "02/12 17:00"),
        # RESTART: five whole days again after 30/11: 1, 2, 3, 4, 7/12.
        ("restart", "07/12 17:00"),
    ],
)
def test_a_supplement_moves_the_date_by_the_policy_of_the_version(policy, due):
    dossier = received(policy)
    by = everyone_of(dossier.unit)

    asked = actions.request_supplement(dossier, **ASKED, by=by, at=moment(30, 11, 9))
    said = actions.due_if_answered(asked, at=moment(30, 11, 15)).due
    answered = actions.resume(asked, answer="Đã nộp đủ", by=by, at=moment(30, 11, 15))

    assert asked.status == Status.SUPPLEMENT
    assert answered.status == Status.RECEIVED
    assert due_of(answered) == due
    assert said == answered.due_at


@pytest.mark.parametrize(("policy", "due"), [("pause", "01/12 17:00"), ("restart", "07/12 17:00")])
def test_before_asking_one_knows_the_date_if_it_is_answered_on_the_same_day(policy, due):
    dossier = received(policy)

    said = actions.due_if_answered(dossier, at=moment(30, 11, 9)).due

    assert f"{said:%d/%m %H:%M}" == due


def test_an_answered_supplement_is_told_in_the_ledger_and_to_the_citizen():
    dossier = receive(offering=an_offering(version={"supplement_policy": "restart"}), person={"email": "a@vidu.vn"})
    by = everyone_of(dossier.unit)
    asked = actions.request_supplement(dossier, **ASKED, by=by, at=moment(30, 11, 9))

    actions.resume(asked, answer="Đã nộp bản vẽ", by=by, at=moment(30, 11, 15))

    change = promise_of(dossier).changes.get()
    assert (change.reason, change.legal_basis) == (PromiseChangeReason.SUPPLEMENT, ASKED["legal_basis"])
    assert (change.old_due_at, change.new_due_at) == (moment(1, 12, 17), moment(7, 12, 17))
    dossier.refresh_from_db()
    assert dossier.supplement.answer == "Đã nộp bản vẽ"
    assert dossier.pauses.get().ended_at == moment(30, 11, 15)


def test_the_promise_is_paused_while_the_citizen_is_waited_for():
    dossier = received()
    by = everyone_of(dossier.unit)

    asked = actions.request_supplement(dossier, **ASKED, by=by, at=moment(25, 11, 9))
    paused = promise_of(dossier).paused_at
    actions.resume(asked, by=by, at=moment(26, 11, 9))

    assert paused == moment(25, 11, 9)
    assert promise_of(dossier).paused_at is None


def test_a_second_supplement_is_refused():
    dossier = received()
    by = everyone_of(dossier.unit)
    asked = actions.request_supplement(dossier, **ASKED, by=by, at=moment(25, 11, 9))
    back = actions.resume(asked, by=by, at=moment(26, 11, 9))

    with pytest.raises(Refused, match="một lần"):
        actions.request_supplement(back, **ASKED, by=by, at=moment(26, 11, 10))


def test_a_supplement_asked_after_the_date_leaves_the_dossier_late():
    dossier = received()
    by = everyone_of(dossier.unit)
    asked = actions.request_supplement(dossier, **ASKED, by=by, at=moment(2, 12, 9))

    back = actions.resume(asked, by=by, at=moment(4, 12, 9))

    assert due_of(back) == "01/12 17:00"
    assert promise_of(dossier).changes.count() == 0


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.LEADER, Role.CASHIER])
def test_only_the_one_stop_asks_for_a_supplement(role):
    dossier = received()

    with pytest.raises(Refused, match="cán bộ tiếp nhận"):
        actions.request_supplement(dossier, **ASKED, by=officer(dossier.unit, role), at=moment(25, 11, 9))


def test_another_office_cannot_ask_for_a_supplement():
    dossier = received()

    with pytest.raises(Refused, match="đơn vị khác"):
        actions.request_supplement(dossier, **ASKED, by=everyone_of(UnitFactory()), at=moment(25, 11, 9))


def test_another_office_cannot_wait_for_a_financial_duty():
    dossier = received()
    facts = {"reason": "phí", "legal_basis": ""}

    with pytest.raises(Refused, match="đơn vị khác"):
        actions.suspend_for_financial_duty(dossier, **facts, by=everyone_of(UnitFactory()), at=moment(25, 11, 9))


def test_a_finished_dossier_needs_no_supplement():
    dossier = finish(received(), at=moment(25, 11, 9))

    with pytest.raises(Refused, match="Đã xử lý xong"):
        actions.request_supplement(dossier, **ASKED, by=everyone_of(dossier.unit), at=moment(25, 11, 10))


def test_a_supplement_before_acceptance_leads_back_to_waiting():
    dossier = register()
    by = everyone_of(dossier.unit)

    asked = actions.request_supplement(dossier, **ASKED, by=by, at=moment(23, 11, 9))
    back = actions.resume(asked, answer="đủ", by=by, at=moment(25, 11, 9))
    accepted = actions.accept_dossier(back, by=by, at=moment(25, 11, 9))

    assert (asked.status, back.status, accepted.status) == (Status.SUPPLEMENT, Status.NEW, Status.RECEIVED)
    assert due_of(accepted) == "02/12 17:00"  # 26, 27, 30/11, 1, 2/12
    assert promise_of(dossier).changes.count() == 0


def test_only_a_waiting_dossier_is_accepted():
    dossier = received()
    by = everyone_of(dossier.unit)
    asked = actions.request_supplement(dossier, **ASKED, by=by, at=moment(25, 11, 9))

    with pytest.raises(Refused, match="không chờ tiếp nhận"):
        actions.accept_dossier(asked, by=by, at=moment(25, 11, 10))


def test_a_stranger_accepts_nothing():
    dossier = register()

    with pytest.raises(Refused, match="đơn vị khác"):
        actions.accept_dossier(dossier, by=everyone_of(UnitFactory()), at=moment(23, 11, 9))


def test_the_citizen_confirms_once_that_the_request_reached_them():
    dossier = received()
    by = everyone_of(dossier.unit)
    asked = actions.request_supplement(dossier, **ASKED, by=by, at=moment(25, 11, 9))

    actions.confirm_supplement_request(asked, by=by, at=moment(25, 11, 10))

    dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.supplement.confirmed_at == moment(25, 11, 10)
    with pytest.raises(Refused, match="chờ xác nhận"):
        actions.confirm_supplement_request(dossier, by=by, at=moment(25, 11, 11))


def test_nothing_to_confirm_without_a_request():
    dossier = received()

    with pytest.raises(Refused, match="chờ xác nhận"):
        actions.confirm_supplement_request(dossier, by=everyone_of(dossier.unit), at=moment(25, 11, 10))


def test_financial_duty_stops_the_clock_too():
    dossier = received("pause")
    by = everyone_of(dossier.unit)
    moved = actions.finish_step(dossier, by=by, at=moment(25, 11, 8))

    waiting = actions.suspend_for_financial_duty(moved, reason="lệ phí", legal_basis="", by=by, at=moment(30, 11, 9))
    back = actions.resume(waiting, by=by, at=moment(30, 11, 15))

    assert waiting.status == Status.FINANCIAL_DUTY
    assert waiting.silent_at is None
    assert back.status == Status.PROCESSING
    assert due_of(back) == "02/12 17:00"
    assert dossier.pauses.get().kind == PauseKind.FINANCIAL_DUTY
    assert promise_of(dossier).changes.get().reason == PromiseChangeReason.FINANCIAL_DUTY


def test_what_runs_cannot_be_resumed():
    dossier = received()

    with pytest.raises(Refused, match="không tạm dừng"):
        actions.resume(dossier, by=everyone_of(dossier.unit), at=moment(25, 11, 9))


def test_a_date_moved_by_an_apology_shifts_by_what_was_left_of_it(apologised):
    by = everyone_of(apologised.unit)
    # Promised anew for 04/12 17:00. Waiting from 02/12 09:00 to 03/12 09:00 costs one working day.
    waiting = actions.suspend_for_financial_duty(apologised, reason="phí", legal_basis="", by=by, at=moment(2, 12, 9))

    back = actions.resume(waiting, by=by, at=moment(3, 12, 9))

    assert due_of(back) == "07/12 17:00"


@pytest.fixture
def apologised():
    dossier = received("pause")
    by = everyone_of(dossier.unit)
    actions.open_owed_apologies(at=moment(1, 12, 8))
    draft = actions.Draft(cause="workload", text="", answerable=by, new_due_at=moment(4, 12, 17))
    actions.draft_apology(dossier.apology, draft, by=by, at=moment(1, 12, 9))
    actions.sign_apology(dossier.apology, by=by, at=moment(1, 12, 10))
    actions.send_apology(dossier.apology, by=by, at=moment(1, 12, 11))
    return Dossier.objects.get(pk=dossier.pk)


def test_under_pause_two_days_end_at_closing_time_whatever_the_second_of_the_pause():
    dossier = received("pause", committed_amount=Decimal(2))  # Tuesday is a holiday, so due Thursday 26/11 17:00
    clerk = officer(dossier.unit)
    began = moment(25, 11, 8, 20).replace(second=13, microsecond=7)
    dossier = actions.request_supplement(dossier, **ASKED, by=clerk, at=began)

    dossier = actions.resume(dossier, by=clerk, at=moment(25, 11, 16, 1).replace(second=59))

    assert due_of(dossier) == "27/11 17:00"
