"""How a dossier ends: early, on time, late; returned by every way; withdrawn, stopped. Each end is announced once."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import transaction

from thanthien.core import events
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.core.working_time import TimeUnit
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Collection
from thanthien.dossiers.enums import HomeReason, ResultKind, ReturnChannel, Status, Timeliness
from thanthien.dossiers.events import (
    DossierFinished,
    DossierPaused,
    DossierReceived,
    DossierResumed,
    DossierReturned,
    DossierStopped,
    DossierWithdrawn,
)
from thanthien.dossiers.factories import ZONE, an_offering, everyone_of, finish, hand_out, officer, receive
from thanthien.dossiers.models import Dossier, HandOver
from thanthien.notifications.models import Message
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


def moment(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def heard():
    """What listeners of these events get to hear, in order."""
    got = []

    def listen(event_class):
        def hear(event):
            got.append(event)

        hear.__name__ = f"hear_{event_class.__name__}"
        events.listens_to(event_class)(hear)
        return f"{hear.__module__}.{hear.__name__}"

    kinds = (DossierReceived, DossierPaused, DossierResumed, DossierFinished, DossierReturned)
    names = [listen(kind) for kind in (*kinds, DossierWithdrawn, DossierStopped)]
    yield got
    for name in names:
        events._listeners.pop(name)


@pytest.mark.parametrize(
    ("at", "timeliness"),
    [
        (moment(30, 11, 16), Timeliness.EARLY),
        (moment(1, 12, 9), Timeliness.ON_TIME),
        (moment(1, 12, 17), Timeliness.ON_TIME),
        (moment(1, 12, 17, 1), Timeliness.LATE),
    ],
)
def test_limits_in_days_compare_days(at, timeliness):
    done = finish(receive(), at=at)

    assert actions.timeliness_of(done) == timeliness


@pytest.mark.parametrize(
    ("at", "timeliness"),
    [
        (moment(23, 11, 10, 11), Timeliness.EARLY),
        (moment(23, 11, 10, 12), Timeliness.ON_TIME),
        (moment(23, 11, 10, 13), Timeliness.LATE),
    ],
)
def test_limits_in_hours_compare_minutes(at, timeliness):
    offering = an_offering(committed_amount=Decimal(2), committed_unit=TimeUnit.HOUR)

    done = finish(receive(offering=offering), at=at)

    assert actions.timeliness_of(done) == timeliness


def test_a_signed_result_keeps_the_promise_and_waits_at_the_return_desk():
    dossier = receive()
    leader = everyone_of(dossier.unit)

    done = finish(dossier, by=leader, at=moment(26, 11, 9), reference="15/GPXD")

    assert (done.status, done.desk_role, done.result_reference) == (Status.FINISHED, Role.RETURN, "15/GPXD")
    assert Promise.objects.get().kept_at == moment(26, 11, 9)
    assert (done.apology_at, done.silent_at) == (None, None)


def test_a_refusal_is_a_result_too():
    dossier = receive(offering=an_offering(steps=[("Giải quyết", Role.RECEPTION, "1")]))
    facts = {"kind": ResultKind.REFUSED, "reference": "03/TB"}

    done = actions.sign_off_result(dossier, **facts, by=officer(dossier.unit), at=moment(25, 11, 9))

    assert (done.status, done.result_kind) == (Status.FINISHED, ResultKind.REFUSED)


def test_a_result_before_the_date_wipes_out_an_apology_that_was_owed():
    dossier = receive()
    actions.open_owed_apologies(at=moment(1, 12, 8))

    finish(dossier, at=moment(1, 12, 16))

    assert Dossier.objects.get(pk=dossier.pk).apology.not_needed_at == moment(1, 12, 16)


def test_a_result_after_the_date_still_owes_the_apology():
    dossier = receive()
    actions.open_owed_apologies(at=moment(1, 12, 8))

    finish(dossier, at=moment(2, 12, 9))

    apology = Dossier.objects.get(pk=dossier.pk).apology
    assert (apology.not_needed_at, apology.sent_at) == (None, None)


def test_financial_duty_may_be_followed_by_the_result_after_it_was_done():
    dossier = receive(offering=an_offering(steps=[("Giải quyết", Role.RECEPTION, "1")]))
    by = everyone_of(dossier.unit)
    waiting = actions.suspend_for_financial_duty(dossier, reason="phí", legal_basis="", by=by, at=moment(25, 11, 9))

    done = actions.sign_off_result(waiting, by=by, at=moment(26, 11, 9))

    assert done.status == Status.FINISHED
    assert dossier.pauses.get().ended_at == moment(26, 11, 9)


# ---- returned --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "how",
    [
        {"channel": ReturnChannel.COUNTER, "is_signed_on_paper": True},
        {"channel": ReturnChannel.POST, "waybill": "EV123456789VN", "collector_id": ""},
        {"channel": ReturnChannel.HOME, "home_reason": HomeReason.ELDERLY, "home_address": "Thôn 1"},
        {"channel": ReturnChannel.COUNTER, "is_applicant": False, "authorisation": "số 21/2026"},
    ],
)
def test_a_result_reaches_its_owner(how):
    done = hand_out(receive(), at=moment(25, 11, 9), **how)

    assert (done.status, done.returned_at, done.closed_at) == (Status.RETURNED, moment(25, 11, 9), moment(25, 11, 9))
    kept = done.result_return
    assert {name: getattr(kept, name) for name in how if name != "is_applicant"} == {
        name: value for name, value in how.items() if name != "is_applicant"
    }
    assert HandOver.objects.filter(acknowledged_at=None, to_role=Role.RETURN).count() == 0


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"channel": ReturnChannel.COUNTER, "collector_id": ""}, "số giấy tờ tùy thân"),
        ({"channel": ReturnChannel.HOME, "collector_id": "", "home_reason": "elderly"}, "số giấy tờ tùy thân"),
        ({"channel": ReturnChannel.COUNTER, "is_applicant": False}, "giấy ủy quyền"),
    ],
)
def test_who_collects_proves_who_they_are(how, words):
    dossier = finish(receive(), at=moment(25, 11, 9))

    with pytest.raises(Refused, match=words):
        hand_out(dossier, at=moment(25, 11, 10), **how)


def test_a_result_is_returned_once():
    dossier = hand_out(receive(), at=moment(25, 11, 9))
    collection = Collection(channel=ReturnChannel.COUNTER, collector_name="A", collector_id="1")

    with pytest.raises(Refused, match="Đã trả kết quả"):
        actions.return_result(dossier, collection, by=everyone_of(dossier.unit), at=moment(25, 11, 10))


def test_what_is_not_finished_is_not_returned():
    dossier = receive()
    collection = Collection(channel=ReturnChannel.COUNTER, collector_name="A", collector_id="1")

    with pytest.raises(Refused, match="Được tiếp nhận"):
        actions.return_result(dossier, collection, by=everyone_of(dossier.unit), at=moment(25, 11, 10))


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.LEADER, Role.CASHIER])
def test_only_the_return_desk_returns(role):
    dossier = finish(receive(), at=moment(25, 11, 9))

    with pytest.raises(Refused, match="cán bộ trả kết quả"):
        hand_out(dossier, by=officer(dossier.unit, role), at=moment(25, 11, 10))


# ---- withdrawn, stopped ----------------------------------------------------------------------------------
@pytest.mark.parametrize(("end", "status"), [("withdraw", Status.WITHDRAWN), ("stop", Status.STOPPED)])
def test_an_early_end_drops_the_promise(end, status):
    dossier = receive(person={"email": "a@vidu.vn"})
    by = everyone_of(dossier.unit)
    actions.open_owed_apologies(at=moment(1, 12, 8))
    asked = actions.request_supplement(
        dossier, papers=["x"], reason="y", legal_basis="z", by=by, at=moment(1, 12, 9)
    )  # fmt: skip

    ended = getattr(actions, end)(asked, reason="đổi ý", by=by, at=moment(1, 12, 10))

    assert (ended.status, ended.closed_at, ended.closing_reason) == (status, moment(1, 12, 10), "đổi ý")
    promise = Promise.objects.get()
    assert (promise.dropped_at, promise.kept_at, promise.paused_at) == (moment(1, 12, 10), None, None)
    assert ended.pauses.get().ended_at == moment(1, 12, 10)
    assert Dossier.objects.get(pk=dossier.pk).apology.not_needed_at == moment(1, 12, 10)
    assert Message.objects.filter(subject=dossier.subject, situation=status).count() == 1


@pytest.mark.parametrize("end", ["withdraw", "stop"])
def test_what_was_decided_can_no_longer_end_early(end):
    dossier = finish(receive(), at=moment(25, 11, 9))

    with pytest.raises(Refused, match="Đã xử lý xong"):
        getattr(actions, end)(dossier, reason="?", by=everyone_of(dossier.unit), at=moment(25, 11, 10))


@pytest.mark.parametrize("end", ["withdraw", "stop"])
def test_a_stranger_ends_nothing(end):
    dossier = receive()

    with pytest.raises(Refused, match="đơn vị khác"):
        getattr(actions, end)(dossier, reason="?", by=everyone_of(UnitFactory()), at=moment(25, 11, 10))


@pytest.mark.parametrize("end", ["withdraw", "stop"])
def test_only_the_one_stop_ends_early(end):
    dossier = receive()

    with pytest.raises(Refused, match="cán bộ tiếp nhận"):
        getattr(actions, end)(dossier, reason="?", by=officer(dossier.unit, Role.LEADER), at=moment(25, 11, 10))


# ---- announced -------------------------------------------------------------------------------------------
def test_a_life_is_announced_step_by_step_and_each_step_once(heard, committed):
    with committed():
        dossier = receive()
        by = everyone_of(dossier.unit)
        asked = actions.request_supplement(
            dossier, papers=["x"], reason="y", legal_basis="z", by=by, at=moment(25, 11, 9)
        )  # fmt: skip
        back = actions.resume(asked, by=by, at=moment(26, 11, 9))
        hand_out(back, by=by, at=moment(27, 11, 9))

    pk = dossier.pk
    assert heard == [
        DossierReceived(dossier_id=pk),
        DossierPaused(dossier_id=pk, kind="supplement"),
        DossierResumed(dossier_id=pk, due_at=back.due_at.isoformat()),
        DossierFinished(dossier_id=pk, timeliness="early"),
        DossierReturned(dossier_id=pk, channel="counter", staff_id=by.pk),
    ]


@pytest.mark.parametrize(("end", "event"), [("withdraw", DossierWithdrawn), ("stop", DossierStopped)])
def test_an_early_end_is_announced(heard, committed, end, event):
    with committed():
        dossier = receive()
        getattr(actions, end)(dossier, reason="đổi ý", by=everyone_of(dossier.unit), at=moment(25, 11, 9))

    assert heard == [DossierReceived(dossier_id=dossier.pk), event(dossier_id=dossier.pk)]


def test_what_is_refused_is_not_announced(heard, committed):
    with committed():
        dossier = receive()
        with pytest.raises(Refused), transaction.atomic():
            actions.withdraw(dossier, reason="?", by=everyone_of(UnitFactory()), at=moment(25, 11, 9))

    assert heard == [DossierReceived(dossier_id=dossier.pk)]
