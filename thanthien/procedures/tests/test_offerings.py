"""What a unit offers: terms, steps, changes in time, who may."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from thanthien.core import timeline
from thanthien.core.rules import Refused
from thanthien.core.working_time import PausePolicy
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory, UnitFactory
from thanthien.procedures import queries
from thanthien.procedures.actions import change_offering, offer_procedure, set_version_policy, withdraw_offering
from thanthien.procedures.factories import OfferingFactory, ProcedureFactory, ProcedureVersionFactory
from thanthien.procedures.models import Offering, ProcessStep
from thanthien.procedures.rules import OfferingTerms, StepDraft

AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


def terms(amount: Any = 5, unit: str = "working_day", **more: Any) -> OfferingTerms:
    law = {"statutory_amount": Decimal(10), "statutory_unit": "working_day"}
    return OfferingTerms(committed_amount=Decimal(str(amount)), committed_unit=unit, **law | more)


def steps(*shares: tuple[str, Any]) -> list[StepDraft]:
    shares = shares or ((Role.RECEPTION, "0.5"), (Role.SPECIALIST, "3.5"), (Role.LEADER, 1), (Role.RETURN, 0))
    return [StepDraft(name=f"Bước {role}", role=role, amount=Decimal(str(amount))) for role, amount in shares]


def admin(unit: Any = None) -> Any:
    return StaffFactory(unit=unit or UnitFactory(), unit_admin=True)


def offered(by: Any, **more: Any) -> Offering:
    procedure = ProcedureVersionFactory().procedure
    return offer_procedure(by.unit, procedure, terms(**more), steps(), by=by, at=AT)


def refusal(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return str(refused.value)


def test_unit_offers_a_procedure_with_its_steps():
    by = admin()

    offering = offered(by, fee=20000)

    assert (offering.committed_amount, offering.valid_from, offering.valid_to) == (5, DAY, None)
    assert (offering.fee, offering.channels) == (20000, ["counter"])
    assert [(step.position, step.role, step.amount) for step in queries.steps_of(offering)] == [
        (1, "reception", Decimal("0.5")), (2, "specialist", Decimal("3.5")), (3, "leader", 1), (4, "return", 0),
    ]  # fmt: skip
    entry = timeline.entries_of(f"offering:{by.unit_id}:{offering.procedure_id}").get()
    assert (entry.kind, entry.text) == ("offered", "Đưa thủ tục vào danh mục, cam kết 5 ngày làm việc.")


def test_step_of_another_agency_is_kept_and_the_own_unit_is_left_out():
    by, police = admin(), UnitFactory(name="Công an xã")
    drafts = [
        StepDraft(name="Tiếp nhận", role=Role.RECEPTION, amount=Decimal(2), unit=by.unit),
        StepDraft(name="Đăng ký thường trú", role=Role.SPECIALIST, amount=Decimal(3), unit=police),
    ]

    offering = offer_procedure(by.unit, ProcedureVersionFactory().procedure, terms(), drafts, by=by, at=AT)

    assert [step.unit for step in queries.steps_of(offering)] == [None, police]


@pytest.mark.parametrize(
    ("more", "drafts", "sentence"),
    [
        (
            {"amount": 11}, [(Role.SPECIALIST, 11)],
            "Thời hạn cam kết (11 ngày làm việc) không được dài hơn thời hạn theo quy định (10 ngày làm việc).",
        ),
        (
            {"amount": 12, "unit": "day"}, [(Role.SPECIALIST, 12)],
            "Không so được 12 ngày với thời hạn theo quy định (10 ngày làm việc). "
            "Xin ghi thời hạn cam kết bằng cùng đơn vị với thời hạn theo quy định.",
        ),
        ({"amount": 0}, [(Role.SPECIALIST, 0)], "Thời hạn phải là một số lớn hơn 0."),
        ({"unit": "week"}, [], "Đơn vị thời hạn không hợp lệ."),
        ({"amount": "0.0005"}, [(Role.SPECIALIST, "0.0005")], "Thời hạn cam kết có nhiều nhất ba chữ số thập phân."),
        ({"amount": 2, "unit": "same_day"}, [(Role.SPECIALIST, 2)], "Thời hạn “trong ngày” ghi số lượng là 1."),
        ({"channels": ()}, [], "Xin chọn ít nhất một hình thức nộp hồ sơ."),
        ({"channels": ("counter", "pigeon")}, [], "Xin chọn ít nhất một hình thức nộp hồ sơ."),
        (
            {"channels": ("counter", "online")}, [],
            "Mức trực tuyến phải đi cùng hình thức nộp trực tuyến: chọn cả hai hoặc bỏ cả hai.",
        ),
        (
            {"online_level": "full"}, [],
            "Mức trực tuyến phải đi cùng hình thức nộp trực tuyến: chọn cả hai hoặc bỏ cả hai.",
        ),
        ({"fee": None}, [], "Xin ghi mức phí, lệ phí (0 nếu không thu) hoặc chọn cách tính khác."),
        ({"fee": -1}, [], "Xin ghi mức phí, lệ phí (0 nếu không thu) hoặc chọn cách tính khác."),
        (
            {}, [(Role.SPECIALIST, "4.999")],
            "Tổng thời gian các bước là 4,999, phải đúng bằng thời hạn cam kết là 5.",
        ),
        (
            {}, [(Role.SPECIALIST, 6), (Role.LEADER, -1)],
            "Thời gian của bước 2 phải là số không âm, nhiều nhất ba chữ số thập phân.",
        ),
        (
            {}, [(Role.SPECIALIST, "4.9999"), (Role.LEADER, "0.0001")],
            "Thời gian của bước 1 phải là số không âm, nhiều nhất ba chữ số thập phân.",
        ),
        (
            {}, [(Role.SPECIALIST, 4), (Role.RETURN, 1)],
            "Bước 2 trả kết quả cho công dân không tính thời gian: xin ghi 0.",
        ),
        ({}, [("king", 5)], "Bước 1 chưa chọn vai trò thực hiện."),
        ({}, [(Role.SPECIALIST, 5), *[(Role.CLERK, 0)] * 30], "Quy trình nội bộ có nhiều nhất 30 bước."),
    ],
)  # fmt: skip
def test_terms_and_steps_that_break_a_rule_are_refused_with_the_reason(more, drafts, sentence):
    by, procedure = admin(), ProcedureVersionFactory().procedure

    said = refusal(offer_procedure, by.unit, procedure, terms(**more), steps(*drafts), by=by, at=AT)

    assert said == sentence
    assert Offering.objects.count() == ProcessStep.objects.count() == 0


def test_process_without_steps_and_step_without_name_are_refused():
    by, procedure = admin(), ProcedureVersionFactory().procedure
    nameless = [StepDraft(name=" ", role=Role.SPECIALIST, amount=Decimal(5))]

    none = refusal(offer_procedure, by.unit, procedure, terms(), [], by=by, at=AT)
    blank = refusal(offer_procedure, by.unit, procedure, terms(), nameless, by=by, at=AT)

    assert none == "Quy trình nội bộ phải có ít nhất một bước."
    assert blank == "Bước 1 cần tên, dài nhất 200 ký tự."


def test_procedure_without_a_limit_in_law_takes_any_time():
    by = admin()

    offering = offered(by, statutory_amount=None, statutory_unit="")

    assert (offering.statutory_amount, offering.statutory_unit) == (None, "")


def test_only_the_administrator_of_the_unit_and_above_may_offer():
    unit, procedure = UnitFactory(), ProcedureVersionFactory().procedure
    clerk, stranger, chief = StaffFactory(unit=unit), admin(), StaffFactory(superuser=True)

    for by in (clerk, stranger):
        said = refusal(offer_procedure, unit, procedure, terms(), steps(), by=by, at=AT)
        assert said == f"Chỉ quản trị của {unit.name} được thay đổi việc này."

    assert offer_procedure(unit, procedure, terms(), steps(), by=chief, at=AT).unit == unit


def test_procedure_that_is_closed_empty_or_offered_already_is_refused():
    by = admin()
    closed = ProcedureVersionFactory(procedure=ProcedureFactory(code="9.000001", is_active=False)).procedure
    empty, twice = ProcedureFactory(code="9.000002"), ProcedureVersionFactory(procedure__code="9.000003").procedure
    offer_procedure(by.unit, twice, terms(), steps(), by=by, at=AT)

    said = [refusal(offer_procedure, by.unit, one, terms(), steps(), by=by, at=AT) for one in (closed, empty, twice)]

    assert said == [
        "Thủ tục 9.000001 đã hết hiệu lực, không đưa vào danh mục được.",
        "Thủ tục 9.000002 chưa có nội dung nào đang có hiệu lực.",
        f"{by.unit.name} đã có thủ tục 9.000003 trong danh mục. Ông/bà vui lòng sửa thủ tục đang có.",
    ]


def test_change_makes_a_new_row_and_the_old_keeps_its_steps():
    by = admin()
    old = offered(by)

    new = change_offering(old, terms(4), steps((Role.SPECIALIST, 4)), by=by, at=AT + timedelta(days=3))

    old.refresh_from_db()
    assert (old.valid_to, new.valid_from, new.valid_to) == (date(2026, 11, 22), date(2026, 11, 23), None)
    assert (len(queries.steps_of(old)), len(queries.steps_of(new))) == (4, 1)
    assert queries.offering_for(by.unit, old.procedure.code) == new
    assert queries.offering_for(by.unit, old.procedure.code, on=DAY) == old
    assert queries.offering_for(by.unit, old.procedure.code, on=DAY - timedelta(days=1)) is None


def test_two_changes_on_one_day_leave_the_youngest_in_force():
    by = admin()
    first = offered(by)
    second = change_offering(first, terms(4), steps((Role.SPECIALIST, 4)), by=by, at=AT)
    third = change_offering(second, terms(3), steps((Role.SPECIALIST, 3)), by=by, at=AT)

    assert list(queries.offerings_of(by.unit)) == [third]
    assert list(queries.offerings_of(by.unit, on=DAY)) == [third]


def test_change_that_changes_nothing_keeps_the_row():
    by = admin()
    old = offered(by)

    same = change_offering(old, terms("5.0"), steps(), by=by, at=AT + timedelta(days=3))

    assert (same, Offering.objects.count()) == (old, 1)


def test_change_of_an_ended_row_is_refused():
    by = admin()
    old = offered(by)
    change_offering(old, terms(4), steps((Role.SPECIALIST, 4)), by=by, at=AT)

    said = refusal(change_offering, old, terms(3), steps((Role.SPECIALIST, 3)), by=by, at=AT)

    assert said == "Bản này đã được thay bằng bản mới hơn. Ông/bà vui lòng mở lại thủ tục rồi sửa."


def test_withdrawn_procedure_leaves_the_list_and_can_come_back():
    by = admin()
    old = offered(by)
    withdraw_offering(old, by=by, at=AT + timedelta(days=1))

    gone = list(queries.offerings_of(by.unit))
    again = offer_procedure(by.unit, old.procedure, terms(), steps(), by=by, at=AT + timedelta(days=2))

    assert (gone, list(queries.offerings_of(by.unit))) == ([], [again])
    assert refusal(withdraw_offering, old, by=by, at=AT) == "Thủ tục này đã được đưa ra khỏi danh mục trước đó."
    assert refusal(withdraw_offering, again, by=StaffFactory(unit=by.unit), at=AT).startswith("Chỉ quản trị của")


def test_the_law_that_lets_the_clock_stand_for_another_agency_holds_for_what_is_received_from_then_on():
    by = admin()
    old = offered(by)

    new = change_offering(old, terms(agency_basis="Luật Hộ tịch, Điều 5"), steps(), by=by, at=AT + timedelta(days=1))
    same = change_offering(new, queries.terms_of(new), steps(), by=by, at=AT + timedelta(days=2))

    old.refresh_from_db()
    assert (old.agency_basis, old.valid_to) == ("", DAY)
    assert (new.agency_basis, same.pk) == ("Luật Hộ tịch, Điều 5", new.pk)


def test_policy_of_a_version_is_set_by_the_only_unit_that_offers_it():
    by = admin()
    version = offered(by).procedure.versions.get()

    set_version_policy(version, supplement_policy=PausePolicy.PAUSE, is_immediate=True, by=by, at=AT)

    version.refresh_from_db()
    assert (version.supplement_policy, version.is_immediate) == ("pause", True)
    assert timeline.entries_of(f"procedure:{version.procedure_id}").count() == 1


def test_policy_that_other_units_share_is_not_for_one_of_them():
    by = admin()
    version = offered(by).procedure.versions.get()
    OfferingFactory(procedure=version.procedure)
    above = StaffFactory(superuser=True)

    said = refusal(set_version_policy, version, supplement_policy=PausePolicy.PAUSE, is_immediate=False, by=by, at=AT)
    set_version_policy(version, supplement_policy=PausePolicy.PAUSE, is_immediate=False, by=above, at=AT)

    assert said == "Cách tính khi bổ sung dùng chung cho mọi đơn vị, chỉ quản trị cấp trên được thay đổi."
    assert version.supplement_policy == "pause"


def test_offering_with_its_version_is_one_statement(django_assert_num_queries):
    offering = OfferingFactory()
    ProcedureVersionFactory(procedure=offering.procedure, number=2, valid_to=date(2025, 8, 1))
    current = offering.procedure.versions.get(valid_to=None)

    with django_assert_num_queries(1):
        found = queries.offering_with_version(offering.pk)
        facts = (found.version.pk, found.version.limit_amount, found.unit.name, found.procedure.name)

    assert facts == (current.pk, 10, offering.unit.name, offering.procedure.name)


def test_offering_whose_procedure_has_no_version_has_none():
    offering = OfferingFactory(procedure=ProcedureFactory())

    assert queries.offering_with_version(offering.pk).version is None


@pytest.mark.parametrize("many", [1, 3])
def test_list_of_offerings_is_one_statement(django_assert_num_queries, many):
    unit = UnitFactory()
    OfferingFactory.create_batch(many, unit=unit)
    OfferingFactory()

    with django_assert_num_queries(1):
        names = [(row.procedure.name, row.procedure.sector.name, row.unit.name) for row in queries.offerings_of(unit)]

    assert len(names) == many


def test_steps_are_found_one_after_the_other():
    offering = OfferingFactory(process=[("reception", "1"), ("specialist", "3"), ("leader", "1")])

    first = queries.first_step_of(offering)
    second = queries.step_after(offering, first.position)

    assert (first.role, second.role, queries.step_at(offering, 3).role) == ("reception", "specialist", "leader")
    assert queries.step_before(offering, 2) == first
    assert (queries.step_before(offering, 1), queries.step_after(offering, 3)) == (None, None)
