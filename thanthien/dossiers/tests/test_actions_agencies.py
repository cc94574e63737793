"""Waiting for another agency; dates by hand: 24/11/2026 is a holiday, 28 and 29/11 a weekend."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from thanthien.core import timeline
from thanthien.core.enums import PromiseChangeReason
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Question
from thanthien.dossiers.enums import PauseKind, Status
from thanthien.dossiers.factories import ZONE, an_offering, everyone_of, finish, officer, receive, register
from thanthien.dossiers.models import AgencyRequest, Dossier
from thanthien.dossiers.queries import awaited_by
from thanthien.notifications.models import Message
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
BASIS = "Nghị định 123/2015/NĐ-CP, Điều 22 khoản 4"
ASKED = Question(
    agency="UBND xã Lúa Vàng",
    text="Xác minh tình trạng hôn nhân",
    expected_on=date(2026, 11, 30),
    reference="12/UBND-TP",
)
ANSWER = {"answer": "Chưa đăng ký kết hôn.", "reference": "45/UBND-TP"}


def moment(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


THURSDAY = moment(26, 11, 9)


def due_of(dossier: Dossier) -> str:
    return dossier.due_at.astimezone(ZONE).strftime("%d/%m %H:%M")


def received(policy: str = "pause", basis: str = BASIS, **facts) -> Dossier:
    """Five working days from Monday 23/11 08:12: 25, 26, 27, 30/11, 01/12."""
    return receive(offering=an_offering(version={"supplement_policy": policy}, agency_basis=basis), **facts)


def asked(dossier: Dossier | None = None, question: Question = ASKED, at: datetime = THURSDAY) -> Dossier:
    dossier = dossier or received()
    return actions.ask_agency(dossier, question, by=everyone_of(dossier.unit), at=at)


def promise_of(dossier: Dossier) -> Promise:
    return Promise.objects.get(subject=dossier.subject)


def story(dossier: Dossier) -> list[tuple[str, str, str]]:
    entries = timeline.entries_of(dossier.subject).order_by("pk")
    return [(entry.kind, entry.text, entry.public_text) for entry in entries]


# ---- asking ----------------------------------------------------------------------------------------------
def test_asking_stops_the_clock_and_says_whom_one_waits_for():
    dossier = asked()

    request, pause = dossier.agency_requests.get(), dossier.pauses.get()
    assert (dossier.status, dossier.silent_at) == (Status.OTHER_AGENCY, None)
    assert (request.agency, request.question, request.reference) == ("UBND xã Lúa Vàng", ASKED.text, "12/UBND-TP")
    assert (request.expected_on, request.legal_basis) == (date(2026, 11, 30), BASIS)
    assert (pause.kind, pause.legal_basis, pause.ended_at) == (PauseKind.OTHER_AGENCY, BASIS, None)
    assert promise_of(dossier).paused_at == moment(26, 11, 9)
    kind, text, public = story(dossier)[-1]
    assert kind == "other_agency"
    assert text == ("Chờ UBND xã Lúa Vàng trả lời, dự kiến ngày 30/11/2026: Xác minh tình trạng hôn nhân (12/UBND-TP)")
    assert public.startswith("Chúng tôi chờ UBND xã Lúa Vàng trả lời, dự kiến ngày 30/11/2026.")


def test_another_basis_may_be_named_than_that_of_the_procedure():
    question = Question(agency="Sở Tư pháp", text="?", expected_on=date(2026, 11, 30), legal_basis="Luật Hộ tịch")

    assert asked(question=question).pauses.get().legal_basis == "Luật Hộ tịch"


def test_without_a_basis_the_clock_does_not_stop():
    with pytest.raises(Refused, match="chưa ghi căn cứ"), transaction.atomic():
        asked(received(basis=""))

    assert not AgencyRequest.objects.exists()


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2027, 11, 28)])
def test_the_day_of_the_answer_lies_within_a_year_from_now(day):
    with pytest.raises(Refused, match="từ hôm nay đến một năm sau"):
        asked(question=Question(agency="Sở Tư pháp", text="?", expected_on=day))


@pytest.mark.parametrize("role", [Role.LEADER, Role.CASHIER, Role.INSPECTOR])
def test_only_who_works_on_it_asks_another_agency(role):
    dossier = received()

    with pytest.raises(Refused, match="cán bộ tiếp nhận, cán bộ thụ lý"):
        actions.ask_agency(dossier, ASKED, by=officer(dossier.unit, role), at=moment(25, 11, 9))


def test_another_office_asks_nobody_about_it():
    with pytest.raises(Refused, match="đơn vị khác"):
        actions.ask_agency(received(), ASKED, by=everyone_of(UnitFactory()), at=moment(25, 11, 9))


@pytest.mark.parametrize(
    "make",
    [
        lambda: register(offering=an_offering(agency_basis=BASIS)),
        lambda: finish(received(), at=moment(25, 11, 9)),
        asked,
    ],
)
def test_what_does_not_run_waits_for_nobody(make):
    with pytest.raises(Refused, match="không chuyển sang “Chờ cơ quan khác trả lời” được"):
        asked(make(), at=moment(26, 11, 10))


# ---- the answer ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("policy", ["pause", "restart"])
def test_what_the_agency_took_is_given_back_under_either_policy(policy):
    # Stood from 26/11 09:00 to 30/11 09:00: two working days; 1, 2, 3/12.
    dossier = asked(received(policy))
    by = everyone_of(dossier.unit)

    said = actions.due_if_answered(dossier, at=moment(30, 11, 9)).due
    back = actions.record_agency_answer(dossier, **ANSWER, by=by, at=moment(30, 11, 9))

    assert (back.status, due_of(back)) == (Status.RECEIVED, "03/12 17:00")
    assert said == back.due_at
    change = promise_of(dossier).changes.get()
    assert (change.reason, change.legal_basis) == (PromiseChangeReason.OTHER_AGENCY, BASIS)
    assert change.note == "UBND xã Lúa Vàng: Xác minh tình trạng hôn nhân"
    assert promise_of(dossier).paused_at is None


def test_the_answer_is_kept_with_who_took_it_in_and_told_in_the_story():
    dossier = asked()
    by = everyone_of(dossier.unit)

    actions.record_agency_answer(dossier, **ANSWER, by=by, at=moment(30, 11, 9))

    request = AgencyRequest.objects.get()
    assert (request.answer, request.answer_reference) == (ANSWER["answer"], "45/UBND-TP")
    assert (request.answered_by, request.answered_at) == (str(by), moment(30, 11, 9))
    assert story(dossier)[-2:] == [
        (
            "agency_answered",
            "UBND xã Lúa Vàng đã trả lời: Chưa đăng ký kết hôn. (45/UBND-TP)",
            "UBND xã Lúa Vàng đã trả lời.",
        ),
        (
            "resumed",
            "Hết tạm dừng (chờ cơ quan khác trả lời), hẹn trả 17:00 ngày 03/12/2026.",
            "Hồ sơ được giải quyết tiếp. Hẹn trả kết quả lúc 17:00 ngày 03/12/2026.",
        ),
    ]


def test_the_days_of_waiting_say_for_what():
    dossier = asked()

    actions.record_agency_answer(dossier, **ANSWER, by=everyone_of(dossier.unit), at=moment(30, 11, 9))

    days = {day["date"]: day["note"] for day in promise_of(dossier).explanation}
    assert days["2026-11-27"] == "Tạm dừng: chờ cơ quan khác trả lời"
    assert days["2026-11-26"] == "Tính 1 giờ 30 phút; tạm dừng 6 giờ 30 phút: chờ cơ quan khác trả lời"


def test_a_second_agency_may_be_asked_after_the_first_has_answered():
    dossier = asked()
    by = everyone_of(dossier.unit)
    dossier = actions.record_agency_answer(dossier, **ANSWER, by=by, at=moment(27, 11, 9))

    again = asked(dossier, Question(agency="Sở Tư pháp", text="?", expected_on=date(2026, 12, 4)), moment(30, 11, 9))
    back = actions.record_agency_answer(again, **ANSWER, by=by, at=moment(1, 12, 9))

    # A working day each time: 25, 26 and 27 (one day), 30/11 and 1/12 (one day), 2, 3/12.
    assert due_of(back) == "03/12 17:00"
    assert [request.agency for request in back.agency_requests.all()] == ["UBND xã Lúa Vàng", "Sở Tư pháp"]


def test_a_supplement_after_it_counts_anew_where_the_version_says_so():
    dossier = asked(received("restart"))
    by = everyone_of(dossier.unit)
    dossier = actions.record_agency_answer(dossier, **ANSWER, by=by, at=moment(27, 11, 9))
    dossier = actions.request_supplement(
        dossier, papers=["Bản vẽ"], reason="thiếu", legal_basis="Luật", by=by, at=moment(30, 11, 9)
    )

    back = actions.resume(dossier, answer="đủ", by=by, at=moment(30, 11, 15))

    assert due_of(back) == "07/12 17:00"  # 1, 2, 3, 4, 7/12


def test_asked_after_the_date_the_dossier_stays_late():
    dossier = asked(
        question=Question(agency="Sở Tư pháp", text="?", expected_on=date(2026, 12, 9)), at=moment(2, 12, 9)
    )

    back = actions.record_agency_answer(dossier, **ANSWER, by=everyone_of(dossier.unit), at=moment(4, 12, 9))

    assert due_of(back) == "01/12 17:00"
    assert promise_of(dossier).changes.count() == 0


# ---- by mistake ------------------------------------------------------------------------------------------
def test_taken_back_it_is_as_if_the_clock_had_never_stood():
    dossier = asked(received("restart"))
    by = everyone_of(dossier.unit)

    back = actions.cancel_agency_request(dossier, by=by, at=moment(27, 11, 9))

    assert (back.status, due_of(back)) == (Status.RECEIVED, "01/12 17:00")
    assert actions.due_if_answered(back, at=moment(27, 11, 9)).due >= back.due_at
    assert (back.pauses.count(), promise_of(dossier).paused_at) == (0, None)
    assert AgencyRequest.objects.get().cancelled_at == moment(27, 11, 9)
    kind, text, public = story(dossier)[-1]
    assert (kind, text) == (
        "agency_cancelled", "Thôi chờ UBND xã Lúa Vàng, việc hỏi được hủy: đồng hồ tính như chưa hề dừng."
    )  # fmt: skip
    assert public == "Chúng tôi không phải chờ UBND xã Lúa Vàng nữa. Ngày hẹn trả kết quả giữ nguyên."


def test_taken_back_a_step_that_lies_is_noticed_again():
    dossier = received()
    step_due = dossier.step_due_at

    back = actions.cancel_agency_request(asked(dossier), by=everyone_of(dossier.unit), at=moment(26, 11, 10))

    assert back.step_due_at == step_due
    assert moment(26, 11, 10) <= back.silent_at <= max(step_due, moment(26, 11, 10))


def test_a_dossier_in_process_goes_on_in_process():
    dossier = received()
    by = everyone_of(dossier.unit)
    dossier = actions.finish_step(dossier, by=by, at=moment(25, 11, 9))

    back = actions.cancel_agency_request(asked(dossier), by=by, at=moment(26, 11, 10))

    assert back.status == Status.PROCESSING


END = {
    "answer": lambda dossier, by: actions.record_agency_answer(dossier, **ANSWER, by=by, at=moment(27, 11, 9)),
    "cancel": lambda dossier, by: actions.cancel_agency_request(dossier, by=by, at=moment(27, 11, 9)),
}


@pytest.mark.parametrize("end", END)
def test_only_what_waits_for_an_agency_is_ended(end):
    dossier = received()

    with pytest.raises(Refused, match="không chờ cơ quan khác"):
        END[end](dossier, everyone_of(dossier.unit))


@pytest.mark.parametrize("end", END)
def test_another_office_and_other_roles_end_no_waiting(end):
    dossier = asked()

    with pytest.raises(Refused, match="đơn vị khác"), transaction.atomic():
        END[end](dossier, everyone_of(UnitFactory()))
    with pytest.raises(Refused, match="cán bộ thụ lý"):
        END[end](dossier, officer(dossier.unit, Role.LEADER))


def test_the_citizen_cannot_end_it_and_no_supplement_is_asked_meanwhile():
    dossier = asked()
    by = everyone_of(dossier.unit)

    with pytest.raises(Refused, match="không tạm dừng để chờ người dân"), transaction.atomic():
        actions.resume(dossier, by=by, at=moment(27, 11, 9))
    with pytest.raises(Refused, match="Chờ cơ quan khác trả lời"), transaction.atomic():
        actions.request_supplement(
            dossier, papers=["Bản vẽ"], reason="thiếu", legal_basis="Luật", by=by, at=moment(27, 11, 9)
        )
    with pytest.raises(Refused, match="chưa xử lý tiếp được"):
        actions.finish_step(dossier, by=by, at=moment(27, 11, 9))


def test_who_takes_the_dossier_back_leaves_no_question_open():
    dossier = asked()

    actions.withdraw(dossier, reason="đổi ý", by=everyone_of(dossier.unit), at=moment(27, 11, 9))

    assert AgencyRequest.objects.get().cancelled_at == moment(27, 11, 9)
    assert dossier.pauses.get().ended_at == moment(27, 11, 9)


def test_the_database_keeps_one_open_question_for_a_dossier():
    dossier = asked()
    facts = {"agency": "B", "question": "?", "legal_basis": "L", "expected_on": date(2026, 12, 1), "asked_by": "A"}

    with pytest.raises(IntegrityError):
        AgencyRequest.objects.create(dossier=dossier, asked_at=moment(26, 11, 9), **facts)


# ---- who is told -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("end", END)
def test_the_citizen_is_told_whom_one_waits_for_and_that_one_waits_no_more(end):
    dossier = asked(received(person={"email": "lan@vidu.vn"}))

    END[end](dossier, everyone_of(dossier.unit))

    first, last = Message.objects.filter(subject=dossier.subject).order_by("pk")[1:]
    assert (first.situation, last.situation) == ("other_agency", "waited")
    assert (first.facts["cơ quan"], first.facts["lý do"]) == ("UBND xã Lúa Vàng", "Xác minh tình trạng hôn nhân")
    assert last.facts["cơ quan"] == "UBND xã Lúa Vàng"
    due = Dossier.objects.get(pk=dossier.pk).due_at.astimezone(ZONE)
    assert last.facts["hẹn"] == f"{due:%H:%M} ngày {due:%d/%m/%Y}"


def test_nobody_owes_an_apology_while_an_agency_is_waited_for():
    dossier = asked()

    actions.open_owed_apologies(at=moment(4, 12, 9))

    assert not hasattr(Dossier.objects.get(pk=dossier.pk), "apology")


# ---- how long --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "waited", "until"),
    [
        (26, "hỏi hôm nay", "dự kiến trả lời 30/11"),
        (27, "đã chờ 1 ngày", "dự kiến trả lời 30/11"),
        (30, "đã chờ 4 ngày", "dự kiến trả lời 30/11"),
    ],
)
def test_how_long_one_waits_is_said_in_days(day, waited, until):
    dossier = asked()

    awaited = awaited_by([dossier], at=moment(day, 11, 16))[dossier.pk]

    assert (awaited.waited, awaited.until) == (waited, until)


def test_an_answer_that_is_overdue_says_by_how_much():
    dossier = asked()

    awaited = awaited_by([dossier], at=moment(2, 12, 8))[dossier.pk]

    assert (awaited.waited, awaited.until, awaited.over) == ("đã chờ 6 ngày", "quá ngày trả lời 2 ngày", 2)


@pytest.mark.parametrize("number", [1, 3])
def test_whom_many_wait_for_is_one_statement_and_none_when_nobody_waits(number, django_assert_num_queries):
    waiting, running = [asked() for _n in range(number)], [received()]

    with django_assert_num_queries(1):
        assert len(awaited_by([*waiting, *running], at=moment(27, 11, 9))) == number
    with django_assert_num_queries(0):
        assert awaited_by(running, at=moment(27, 11, 9)) == {}
