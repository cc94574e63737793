"""The way from desk to desk: hand over, acknowledge, send back, assign, consult; over several units too."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from thanthien.core import timeline
from thanthien.core.enums import PromiseChangeReason
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.dossiers import actions
from thanthien.dossiers.enums import Status, Timeliness
from thanthien.dossiers.factories import (
    MONDAY,
    ZONE,
    an_offering,
    everyone_of,
    finish,
    officer,
    receive,
)
from thanthien.dossiers.models import Dossier, HandOver
from thanthien.organisation.enums import Level, Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


def moment(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def due_of(dossier: Dossier) -> str:
    return dossier.due_at.astimezone(ZONE).strftime("%d/%m %H:%M")


# ---- one unit --------------------------------------------------------------------------------------------
def test_a_finished_step_hands_the_dossier_to_the_next_desk():
    dossier = receive()
    reception = officer(dossier.unit)

    moved = actions.finish_step(dossier, note="đủ giấy tờ", by=reception, at=moment(23, 11, 9))

    assert (moved.status, moved.step_position, moved.desk_role) == (Status.PROCESSING, 2, Role.SPECIALIST)
    hand_over = moved.hand_overs.get()
    assert (hand_over.step_name, hand_over.to_role, hand_over.note) == ("Tiếp nhận", Role.SPECIALIST, "đủ giấy tờ")
    assert (hand_over.given_by, hand_over.acknowledged_at) == (reception.full_name, None)
    last = timeline.entries_of(dossier.subject).last()
    assert last.public_text == "Đã xong “Tiếp nhận”, nay đến “Thẩm định”."


@pytest.mark.parametrize(
    ("at", "timeliness"),
    [
        # The first step has a fifth of five days: eight working hours from Monday 08:12, until Wednesday 08:12.
        (moment(23, 11, 10), Timeliness.EARLY),
        (moment(25, 11, 8, 12), Timeliness.ON_TIME),
        (moment(25, 11, 8, 13), Timeliness.LATE),
    ],
)
def test_a_step_is_early_on_time_or_late(at, timeliness):
    dossier = receive()

    actions.finish_step(dossier, by=officer(dossier.unit), at=at)

    assert HandOver.objects.get().timeliness == timeliness


def test_the_last_step_is_not_handed_over_but_signed_off():
    dossier = receive(offering=an_offering(steps=[("Giải quyết", Role.RECEPTION, "1")]))

    with pytest.raises(Refused, match="bước cuối"):
        actions.finish_step(dossier, by=officer(dossier.unit), at=MONDAY)


def test_giving_the_result_out_is_no_step_to_finish():
    steps = [("Giải quyết", Role.RECEPTION, "1"), ("Trả kết quả", Role.RETURN, "0")]
    dossier = receive(offering=an_offering(steps=steps))

    done = finish(dossier, by=everyone_of(dossier.unit))

    assert (done.status, done.step_position) == (Status.FINISHED, 1)


def test_a_result_before_the_last_step_is_refused():
    dossier = receive()

    with pytest.raises(Refused, match="còn bước sau"):
        actions.sign_off_result(dossier, by=officer(dossier.unit), at=MONDAY)


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.LEADER, Role.CASHIER, Role.INSPECTOR])
def test_another_role_does_not_finish_the_step(role):
    dossier = receive()

    with pytest.raises(Refused, match="cán bộ tiếp nhận"):
        actions.finish_step(dossier, by=officer(dossier.unit, role), at=MONDAY)


def test_another_unit_does_not_finish_the_step():
    dossier = receive()

    with pytest.raises(Refused, match=f"Hồ sơ đang ở {dossier.unit.name}"):
        actions.finish_step(dossier, by=everyone_of(UnitFactory()), at=MONDAY)


def test_a_commune_does_not_work_at_the_desk_of_its_province():
    province = UnitFactory(province=True)
    commune = UnitFactory(parent=province)
    dossier = receive(offering=an_offering(unit=province))

    with pytest.raises(Refused, match="không ở đơn vị"):
        actions.finish_step(dossier, by=everyone_of(commune), at=MONDAY)


def test_a_division_works_for_its_office():
    office = UnitFactory()
    division = UnitFactory(division=True, parent=office)
    dossier = receive(offering=an_offering(unit=office))

    moved = actions.finish_step(dossier, by=officer(division), at=MONDAY)

    assert moved.step_position == 2


def test_a_paused_dossier_does_not_move():
    dossier = receive()
    by = everyone_of(dossier.unit)
    waiting = actions.suspend_for_financial_duty(dossier, reason="phí", legal_basis="", by=by, at=moment(25, 11, 9))

    with pytest.raises(Refused, match="chưa xử lý tiếp được"):
        actions.finish_step(waiting, by=by, at=moment(25, 11, 10))


def test_a_dossier_goes_back_one_step_with_the_reason():
    dossier = receive()
    by = everyone_of(dossier.unit)
    moved = actions.finish_step(dossier, by=by, at=moment(23, 11, 9))

    back = actions.send_back(moved, note="thiếu chữ ký", by=by, at=moment(23, 11, 10))

    assert (back.step_position, back.step_name) == (1, "Tiếp nhận")
    hand_over = back.hand_overs.last()
    assert (hand_over.is_sent_back, hand_over.note, hand_over.to_role) == (True, "thiếu chữ ký", Role.RECEPTION)
    assert timeline.entries_of(dossier.subject).last().public_text == ""


def test_from_the_first_step_there_is_no_way_back():
    dossier = receive()

    with pytest.raises(Refused, match="bước đầu"):
        actions.send_back(dossier, note="?", by=officer(dossier.unit), at=MONDAY)


# ---- signing for it --------------------------------------------------------------------------------------
def test_the_receiver_signs_for_the_dossier_once():
    dossier = receive()
    by = everyone_of(dossier.unit)
    moved = actions.finish_step(dossier, by=by, at=moment(23, 11, 9))

    signed = actions.acknowledge(moved.hand_overs.get().pk, by=by, at=moment(23, 11, 10))

    assert (signed.acknowledged_by, signed.acknowledged_at) == (by.full_name, moment(23, 11, 10))
    with pytest.raises(Refused, match="đã được ký nhận"):
        actions.acknowledge(signed.pk, by=by, at=moment(23, 11, 11))


def test_only_the_receiving_unit_signs():
    dossier = receive()
    moved = actions.finish_step(dossier, by=officer(dossier.unit), at=MONDAY)

    with pytest.raises(Refused, match="đơn vị khác"):
        actions.acknowledge(moved.hand_overs.get().pk, by=everyone_of(UnitFactory()), at=MONDAY)


def test_who_handed_over_does_not_sign_for_the_receiver():
    dossier = receive()
    giver = officer(dossier.unit, Role.RECEPTION)
    moved = actions.finish_step(dossier, by=giver, at=MONDAY)

    with pytest.raises(Refused, match="Việc này dành cho: cán bộ thụ lý"):
        actions.acknowledge(moved.hand_overs.get().pk, by=giver, at=MONDAY)


def test_who_was_named_signs_whatever_their_role():
    dossier = receive()
    moved = actions.finish_step(dossier, by=officer(dossier.unit), at=MONDAY)
    named = officer(dossier.unit, Role.CLERK)
    Dossier.objects.filter(pk=moved.pk).update(holder=named)

    signed = actions.acknowledge(moved.hand_overs.get().pk, by=named, at=MONDAY)

    assert signed.acknowledged_by == named.full_name


def test_an_inspector_signs_for_nothing():
    dossier = receive()
    moved = actions.finish_step(dossier, by=officer(dossier.unit), at=MONDAY)

    with pytest.raises(Refused, match="Việc này dành cho"):
        actions.acknowledge(moved.hand_overs.get().pk, by=officer(dossier.unit, Role.INSPECTOR), at=MONDAY)


# ---- for whom it is --------------------------------------------------------------------------------------
def test_a_head_gives_the_dossier_to_one_person():
    dossier = receive()
    first, second = officer(dossier.unit), officer(dossier.unit)

    given = actions.assign(dossier, to=first, by=everyone_of(dossier.unit), at=MONDAY)

    assert given.holder == first
    with pytest.raises(Refused, match="giao cho người khác"):
        actions.finish_step(given, by=second, at=MONDAY)


def test_the_person_it_was_given_to_finishes_the_step():
    dossier = receive()
    chosen = officer(dossier.unit)
    given = actions.assign(dossier, to=chosen, by=everyone_of(dossier.unit), at=MONDAY)

    moved = actions.finish_step(given, by=chosen, at=MONDAY)

    assert (moved.step_position, moved.holder) == (2, None)


def test_nobody_gets_a_dossier_without_the_role_for_it():
    dossier = receive()
    leader = officer(dossier.unit, Role.LEADER, full_name="Lê Văn Mẫu")

    with pytest.raises(Refused, match="Lê Văn Mẫu không có vai trò “cán bộ tiếp nhận”"):
        actions.assign(dossier, to=leader, by=everyone_of(dossier.unit), at=MONDAY)


def test_nobody_of_another_unit_gets_a_dossier():
    dossier = receive()

    with pytest.raises(Refused, match="không có vai trò"):
        actions.assign(dossier, to=officer(UnitFactory()), by=everyone_of(dossier.unit), at=MONDAY)


def test_a_reception_officer_gives_no_work_to_others():
    dossier = receive()

    with pytest.raises(Refused, match="lãnh đạo phòng"):
        actions.assign(dossier, to=officer(dossier.unit), by=officer(dossier.unit), at=MONDAY)


# ---- opinions --------------------------------------------------------------------------------------------
def asked_of(dossier: Dossier, unit):
    facts = {"unit": unit, "question": "Có quy hoạch không?", "due_at": moment(26, 11, 17)}
    actions.consult(dossier, **facts, by=officer(dossier.unit), at=MONDAY)
    return dossier.consultations.get()


def test_an_opinion_is_asked_and_answered_while_the_clock_goes_on():
    dossier, other = receive(), UnitFactory()
    asked = asked_of(dossier, other)

    answered = actions.answer_consultation(asked.pk, answer="Không có.", by=everyone_of(other), at=moment(25, 11, 9))

    assert (answered.answer, answered.answered_at) == ("Không có.", moment(25, 11, 9))
    dossier.refresh_from_db()
    assert (dossier.status, due_of(dossier)) == (Status.RECEIVED, "01/12 17:00")


def test_only_the_unit_that_was_asked_answers():
    dossier = receive()
    asked = asked_of(dossier, UnitFactory())

    with pytest.raises(Refused, match="đơn vị khác"):
        actions.answer_consultation(asked.pk, answer="?", by=everyone_of(dossier.unit), at=MONDAY)


def test_an_opinion_is_given_once():
    dossier, other = receive(), UnitFactory()
    asked = asked_of(dossier, other)
    actions.answer_consultation(asked.pk, answer="Không.", by=everyone_of(other), at=MONDAY)

    with pytest.raises(Refused, match="đã được trả lời"):
        actions.answer_consultation(asked.pk, answer="Có.", by=everyone_of(other), at=MONDAY)


# ---- lists -----------------------------------------------------------------------------------------------
def test_hand_overs_stand_on_a_numbered_list_once():
    unit = UnitFactory()
    by = everyone_of(unit)
    rows = [actions.finish_step(receive(offering=an_offering(unit=unit)), by=by, at=MONDAY) for _n in range(2)]
    hand_overs = [row.hand_overs.get() for row in rows]

    made = actions.make_hand_over_list(hand_overs, to_unit=unit, by=by, at=MONDAY)

    assert (made.number, made.hand_overs.count()) == ("01/2026/BG", 2)
    with pytest.raises(Refused, match="ít nhất một hồ sơ"):
        actions.make_hand_over_list(list(made.hand_overs.all()), to_unit=unit, by=by, at=MONDAY)


def test_an_empty_list_is_refused():
    unit = UnitFactory()

    with pytest.raises(Refused, match="ít nhất một hồ sơ"):
        actions.make_hand_over_list([], to_unit=unit, by=everyone_of(unit), at=MONDAY)


# ---- elsewhere received, by several units done -----------------------------------------------------------
def test_the_clock_of_a_dossier_taken_in_elsewhere_starts_at_the_competent_unit():
    here, there = UnitFactory(), UnitFactory()
    dossier = receive(offering=an_offering(unit=there), by=officer(here))
    sent = actions.finish_step(dossier, by=officer(here), at=moment(23, 11, 9))

    actions.acknowledge(sent.hand_overs.get().pk, by=everyone_of(there), at=moment(25, 11, 10))

    assert (dossier.unit, dossier.receiving_unit, due_of(dossier)) == (there, here, "01/12 17:00")
    dossier.refresh_from_db()
    assert due_of(dossier) == "02/12 17:00"  # 26, 27, 30/11, 1, 2/12
    assert dossier.received_at == moment(25, 11, 10)
    assert Promise.objects.get().changes.get().reason == PromiseChangeReason.FORWARDED


def test_the_clock_starts_there_only_once():
    here, there = UnitFactory(), UnitFactory()
    by = everyone_of(there)
    dossier = actions.finish_step(
        receive(offering=an_offering(unit=there), by=officer(here)), by=officer(here), at=moment(23, 11, 9)
    )
    actions.acknowledge(dossier.hand_overs.get().pk, by=by, at=moment(25, 11, 10))
    again = actions.finish_step(Dossier.objects.get(pk=dossier.pk), by=by, at=moment(26, 11, 9))

    actions.acknowledge(again.hand_overs.last().pk, by=by, at=moment(27, 11, 9))

    dossier.refresh_from_db()
    assert due_of(dossier) == "02/12 17:00"


def test_the_result_goes_back_to_where_the_citizen_filed():
    here, there = UnitFactory(), UnitFactory()
    dossier = receive(offering=an_offering(unit=there), by=officer(here))
    sent = actions.finish_step(dossier, by=officer(here), at=moment(23, 11, 9))

    done = finish(sent, by=everyone_of(there), at=moment(25, 11, 9))

    assert (done.desk_unit, done.desk_role) == (here, Role.RETURN)


def test_a_joint_procedure_goes_over_three_units_and_home():
    commune = UnitFactory()
    police = UnitFactory(level=Level.OTHER, name="Công an phường Mẫu")
    insurance = UnitFactory(level=Level.OTHER, name="Bảo hiểm xã hội Mẫu")
    steps = [
        ("Đăng ký khai sinh", Role.RECEPTION, "0.2"),
        ("Đăng ký thường trú", Role.SPECIALIST, "0.3", police),
        ("Cấp thẻ bảo hiểm y tế", Role.SPECIALIST, "0.3", insurance),
        ("Tổng hợp kết quả", Role.LEADER, "0.2"),
    ]
    dossier = receive(offering=an_offering(unit=commune, steps=steps, committed_amount=Decimal(10)))
    desks = []

    for day, by in enumerate((officer(commune), officer(police, Role.SPECIALIST), officer(insurance, Role.SPECIALIST))):
        dossier = actions.finish_step(dossier, by=by, at=moment(25, 11, 9) + timedelta(days=day))
        desks.append(dossier.desk_unit)
    done = actions.sign_off_result(dossier, by=officer(commune, Role.LEADER), at=moment(30, 11, 9))

    assert desks == [police, insurance, commune]
    assert (done.status, done.desk_unit) == (Status.FINISHED, commune)
    assert [h.from_unit for h in done.hand_overs.order_by("pk")] == [commune, police, insurance, commune]


def test_another_unit_of_a_joint_procedure_cannot_work_before_its_turn():
    commune, police = UnitFactory(), UnitFactory(level=Level.OTHER)
    steps = [("Tiếp nhận", Role.SPECIALIST, "0.5"), ("Cư trú", Role.SPECIALIST, "0.5", police)]
    dossier = receive(offering=an_offering(unit=commune, steps=steps))

    with pytest.raises(Refused, match=f"Hồ sơ đang ở {commune.name}"):
        actions.finish_step(dossier, by=officer(police, Role.SPECIALIST), at=MONDAY)
