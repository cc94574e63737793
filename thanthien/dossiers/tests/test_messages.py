"""What citizens are told of their dossier, with which facts, and three hours before an appointment."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from thanthien.core.working_time import TimeUnit
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Collection, FeeIn
from thanthien.dossiers.enums import PaymentMethod, ResultKind, ReturnChannel
from thanthien.dossiers.factories import ZONE, an_offering, everyone_of, finish, receive
from thanthien.dossiers.listeners import say_what_is_not_ready
from thanthien.notifications.models import Message
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


def moment(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


REACHABLE = {"email": "lan@vidu.vn"}
BASIS = {"reason": "thiếu trang hai.", "legal_basis": "Luật Hộ tịch"}


def dossier_of_lan(**more):
    return receive(person={"full_name": "Trần Thị Lan", **REACHABLE}, **more)


def finish_so(dossier, kind, *, at):
    by = everyone_of(dossier.unit)
    for _step in range(2):
        dossier = actions.finish_step(dossier, by=by, at=at)
    return actions.sign_off_result(dossier, kind=kind, by=by, at=at)


def told(dossier):
    """The situations in the order in which they were told."""
    found = Message.objects.filter(subject=dossier.subject).order_by("created_at", "pk")
    return [(message.situation, message.occasion) for message in found]


def last(dossier):
    return Message.objects.filter(subject=dossier.subject).latest("pk")


def test_the_message_of_receipt_has_the_minimum_content():
    dossier = dossier_of_lan()

    message = last(dossier)
    facts = message.facts
    assert (message.situation, message.person_id, message.email) == ("received", dossier.applicant_id, "lan@vidu.vn")
    assert (facts["họ tên"], facts["mã"], facts["hẹn"]) == ("Trần Thị Lan", dossier.code, "17:00 ngày 01/12/2026")
    assert (facts["người tiếp nhận"], facts["nơi nhận"]) == (str(dossier.received_by), "tại Bộ phận Một cửa")
    assert facts["theo dõi"].endswith(f"/{dossier.secret}/")


def test_each_stop_of_the_clock_and_each_new_date_is_told_once():
    dossier = dossier_of_lan()
    by = everyone_of(dossier.unit)

    paused = actions.request_supplement(dossier, papers=["Tờ khai", "Bản vẽ"], **BASIS, by=by, at=moment(24, 11, 9))
    running = actions.resume(paused, by=by, at=moment(25, 11, 9))
    waiting = actions.suspend_for_financial_duty(running, **BASIS, by=by, at=moment(26, 11, 9))
    actions.resume(waiting, by=by, at=moment(27, 11, 9))

    first, second = (str(pause.pk) for pause in dossier.pauses.order_by("pk"))
    assert told(dossier) == [
        ("received", ""), ("supplement", first), ("resumed", first), ("financial_duty", second), ("resumed", second),
    ]  # fmt: skip
    asked = Message.objects.get(situation="supplement").facts
    assert (asked["giấy tờ"], asked["lý do"]) == ("- Tờ khai\n- Bản vẽ", "thiếu trang hai")


def test_an_opinion_that_is_asked_leaves_the_date_as_it_is():
    dossier = dossier_of_lan()
    by = everyone_of(dossier.unit)
    dossier = actions.finish_step(dossier, by=by, at=moment(23, 11, 9))
    asked = UnitFactory(name="Công an phường")

    actions.consult(dossier, unit=asked, question="?", due_at=moment(25, 11, 9), by=by, at=moment(23, 11, 10))

    facts = last(dossier).facts
    assert (last(dossier).situation, facts["cơ quan"]) == ("consulted", "Công an phường")
    assert facts["hẹn"] == "17:00 ngày 01/12/2026"


def test_money_is_asked_for_and_thanked_for():
    dossier = dossier_of_lan()
    by = everyone_of(dossier.unit)

    actions.charge(dossier, FeeIn(name="Lệ phí", amount=8000), by=by, at=moment(24, 11, 9))
    fee = dossier.fees.get()
    actions.collect(dossier, fee.pk, method=PaymentMethod.CASH, receipt_number="BL7", by=by, at=moment(24, 11, 10))

    assert told(dossier)[1:] == [("payment_due", str(fee.pk)), ("paid", str(fee.pk))]
    facts = last(dossier).facts
    assert (facts["khoản thu"], facts["số tiền"], facts["biên lai"]) == ("Lệ phí", "8.000 đồng", "BL7")


def test_what_is_paid_at_once_is_not_asked_for():
    dossier = dossier_of_lan()
    paid = FeeIn(name="Lệ phí", amount=8000, method=PaymentMethod.CASH)

    actions.charge(dossier, paid, by=everyone_of(dossier.unit), at=moment(24, 11, 9))

    assert told(dossier) == [("received", "")]


@pytest.mark.parametrize(
    ("kind", "day", "situation"),
    [
        (ResultKind.GRANTED, 27, "early"), (ResultKind.GRANTED, 1, "ready"), (ResultKind.REFUSED, 27, "declined"),
    ],
)  # fmt: skip
def test_a_result_is_told_as_what_it_is(kind, day, situation):
    dossier = dossier_of_lan()

    finish_so(dossier, kind, at=moment(day, 11 if day > 1 else 12, 9))

    assert last(dossier).situation == situation


@pytest.mark.parametrize(("channel", "situation"), [(ReturnChannel.POST, "posted"), (ReturnChannel.HOME, "returned")])
def test_a_parcel_is_told_with_its_number(channel, situation):
    dossier = finish(dossier_of_lan(), at=moment(27, 11, 9))
    how = Collection(
        channel=channel,
        collector_name="Lan",
        waybill="EB123VN",
        home_reason="elderly",
        is_signed_on_paper=True,
        collector_id="038190000123",
    )

    actions.return_result(dossier, how, by=everyone_of(dossier.unit), at=moment(27, 11, 15))

    message = last(dossier)
    assert (message.situation, message.facts["vận đơn"]) == (situation, "EB123VN")


# ---- three hours before ------------------------------------------------------------------------------------
def test_three_hours_before_an_appointment_without_a_result_it_is_said_once():
    dossier = dossier_of_lan()

    counts = [say_what_is_not_ready(at=dossier.due_at - before) for before in map(
        lambda minutes: timedelta(minutes=minutes), (181, 180, 165, 5)
    )]  # fmt: skip

    message = last(dossier)
    assert counts == [0, 1, 0, 0]
    assert told(dossier) == [("received", ""), ("soon", str(int(dossier.due_at.timestamp())))]
    assert message.expires_at == dossier.due_at


def test_a_new_date_has_its_own_three_hours():
    dossier = dossier_of_lan()
    say_what_is_not_ready(at=dossier.due_at - timedelta(hours=1))
    by, at = everyone_of(dossier.unit), dossier.due_at - timedelta(minutes=30)
    paused = actions.request_supplement(dossier, papers=["Tờ khai"], **BASIS, by=by, at=at)
    assert say_what_is_not_ready(at=at) == 0
    running = actions.resume(paused, by=by, at=at + timedelta(days=2))

    assert say_what_is_not_ready(at=running.due_at - timedelta(hours=2)) == 1


@pytest.mark.parametrize("done", ["finished", "paused", "late"])
def test_nothing_is_said_when_there_is_nothing_to_say(done):
    dossier = dossier_of_lan()
    at, by = dossier.due_at - timedelta(hours=2), everyone_of(dossier.unit)
    if done == "finished":
        finish(dossier, at=at)
    if done == "paused":
        actions.request_supplement(dossier, papers=["x"], **BASIS, by=by, at=at)
    if done == "late":
        at = dossier.due_at

    assert say_what_is_not_ready(at=at) == 0


def test_who_was_received_just_before_was_told_enough():
    offering = an_offering(committed_amount=Decimal(4), committed_unit=TimeUnit.HOUR)
    dossier = dossier_of_lan(offering=offering, at=moment(25, 11, 7, 30))

    assert say_what_is_not_ready(at=dossier.due_at - timedelta(hours=1)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_when_all_were_told(count, django_assert_num_queries):
    offering = an_offering()
    due = [receive(offering=offering, person=REACHABLE | {"phone": f"+8491234567{n}"}).due_at for n in range(count)][0]
    say_what_is_not_ready(at=due - timedelta(hours=2))

    with django_assert_num_queries(2):
        say_what_is_not_ready(at=due - timedelta(hours=1))
