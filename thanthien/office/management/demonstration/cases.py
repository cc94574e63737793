"""The cases that everybody wants to see once: a supplement, an apology, three agencies, a refusal, a result at home."""

from datetime import datetime, timedelta
from typing import Any

from thanthien.core.working_time import next_working_day, working_day_before
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Declared, Draft, FeeIn, GuidanceFacts, Question
from thanthien.dossiers.enums import DelayCause, PaymentMethod, RefusalReason
from thanthien.dossiers.queries import apologies_owed, declared_page
from thanthien.notifications.actions import hold_for
from thanthien.office.management.demonstration import catalogue
from thanthien.office.management.demonstration.online import filed_online
from thanthien.office.management.demonstration.results import result_as_a_file
from thanthien.office.management.demonstration.story import Story, home_delivery
from thanthien.procedures.enums import Channel
from thanthien.procedures.queries import procedure_for

LEGAL = "Nghị định 61/2018/NĐ-CP Điều 19 khoản 4"


def tell_all(story: Story) -> None:
    home_delivery(story, days_before(story, 8))
    waiting_for_papers(story)
    paused_and_resumed(story)
    waiting_for_another_agency(story)
    result_as_a_file(story, days_before(story, 3))
    late_with_apology(story)
    apology_to_sign(story)
    apology_to_write(story)
    three_agencies(story)
    refused_and_guided(story)
    taken_back(story)
    out_of_reach(story)
    in_mourning(story)
    waiting_to_be_accepted(story)
    declared_birth(story)
    for code in (catalogue.BIRTH, catalogue.EXTRACT, catalogue.MARRIAGE):
        story.receive(code, lately(story, minutes=10))
    filed_online(story, lately(story, minutes=5))
    due_while_away(story)


def declared_birth(story: Story) -> None:
    """A mother registers her child: what she states is on the tờ khai, with both parents. All invented."""
    at = lately(story, minutes=25)
    mother = story.person(full_name="Hoàng Thị Sen", personal_id="038196004521", sex="female")
    dossier = story.receive(catalogue.BIRTH, at, person=mother)
    kinh = {"ethnicity": "Kinh", "nationality": "Việt Nam", "address": "Tổ dân phố số 4, phường Sen Hồng"}
    born = {"birth_date": (at - timedelta(days=20)).date().isoformat(), "birth_place": "Trạm y tế phường Sen Hồng"}
    answers = {
        "child": {"full_name": "Đỗ Hoàng Minh Khôi", "sex": "male", **born, **kinh, "hometown": "Phường Sen Hồng"},
        "birth_proof": "certificate", "mother_known": "yes", "father_known": "yes", "relation": "mother",
        "mother": {"full_name": "Hoàng Thị Sen", "personal_id": "038196004521", "birth_date": "1996-03-08", **kinh},
        "father": {"full_name": "Đỗ Văn Khải", "personal_id": "038093007813", "birth_date": "1993-11-30", **kinh},
    }  # fmt: skip
    page = declared_page(dossier)
    if page:
        actions.declare(dossier, Declared(version=page.form.pk, answers=answers), by=story.staff("mai"), at=at)


def days_before(story: Story, count: int, hour: int = 8) -> datetime:
    """Nine in the morning or so of a working day that lies so many working days back."""
    day = working_day_before(story.calendar, story.now.date(), count)
    return datetime(day.year, day.month, day.day, hour, 20, tzinfo=story.now.tzinfo)


def closing_in(story: Story, count: int) -> datetime:
    """Closing time of a working day that lies so many working days ahead."""
    day = story.now.date()
    for _day in range(count):
        day = next_working_day(story.calendar, day)
    return story.calendar.closing(day)


def lately(story: Story, minutes: int) -> datetime:
    """So many minutes ago while the office is open; else after three in the afternoon of the last day it was, so that
    same-day procedures are due on the next."""
    ago = story.now - timedelta(minutes=minutes)
    if story.calendar.is_working_day(ago.date()) and 8 <= ago.hour < 15:
        return ago
    today = story.calendar.is_working_day(ago.date()) and ago.hour >= 15
    return days_before(story, 0 if today else 1, hour=15) + timedelta(minutes=30 - minutes)


def out_of_reach(story: Story) -> None:
    """An old woman without phone or mailbox: her result is there, somebody must call on her."""
    at = days_before(story, 4)
    elder = story.person(full_name="Lý Thị Sáu", phone="", email="", address="Tổ dân phố số 5, phường Sen Hồng")
    story.work(story.receive(catalogue.EXTRACT, at, person=elder), at, pace=0.3)


def due_while_away(story: Story) -> None:
    """Held by an officer who will be away on the day for which it is promised (`hall.play_hall` says so)."""
    at, ngoc = days_before(story, 1), story.staff("ngoc")
    dossier, at = story.work(story.receive(catalogue.FUNERAL, at), at, pace=0.1, until=3)
    actions.assign(dossier, to=ngoc, by=story.staff("thang"), at=at)
    actions.acknowledge(dossier.hand_overs.latest("pk").pk, by=ngoc, at=at)


def in_mourning(story: Story) -> None:
    """A family that has lost somebody: what the house writes by itself waits."""
    at = days_before(story, 2, hour=10)
    dossier = story.receive(catalogue.FUNERAL, at)
    until = story.now + timedelta(days=49)
    hold_for(person_id=dossier.applicant_id, until=until, reason="Gia đình có tang", by=story.staff("mai"), at=at)


def waiting_for_papers(story: Story) -> None:
    """A building permit that waits for drawings; the whole limit starts again afterwards (RESTART)."""
    dossier = story.receive(catalogue.BUILDING, days_before(story, 7))
    dossier, at = story.work(dossier, days_before(story, 7), pace=0.3, until=3)
    actions.request_supplement(
        dossier, papers=["Bản vẽ mặt bằng móng và mặt cắt móng"], reason="Bản vẽ nộp chưa có phần móng",
        legal_basis=LEGAL, by=story.staff("mai"), at=max(at, days_before(story, 4)),
    )  # fmt: skip


def paused_and_resumed(story: Story) -> None:
    """A household business whose owner brought what was missing; only the waiting is taken off (PAUSE)."""
    dossier = story.receive(catalogue.SHOP, days_before(story, 5))
    dossier = actions.request_supplement(
        dossier, papers=["Bản sao căn cước của chủ hộ"], reason="Bản sao nộp bị mờ", legal_basis=LEGAL,
        by=story.staff("mai"), at=days_before(story, 4),
    )  # fmt: skip
    dossier = actions.confirm_supplement_request(dossier, by=story.staff("mai"), at=days_before(story, 4, 9))
    dossier = actions.resume(dossier, answer="Đã nộp bản sao rõ", by=story.staff("mai"), at=days_before(story, 3))
    story.work(dossier, days_before(story, 3), pace=0.3, until=3)


def waiting_for_another_agency(story: Story) -> None:
    """A certificate of marital status of somebody who lived elsewhere before: the commune there is asked meanwhile."""
    dossier = story.receive(catalogue.MARITAL_STATUS, days_before(story, 4))
    dossier, at = story.work(dossier, days_before(story, 4), pace=0.1, until=3)
    duc = story.staff("duc")
    actions.acknowledge(dossier.hand_overs.latest("pk").pk, by=duc, at=at)
    question = Question(
        agency="UBND xã Bình Minh", text="Xác minh tình trạng hôn nhân trong thời gian thường trú tại xã",
        expected_on=next_working_day(story.calendar, story.now.date()), reference="112/UBND-TP",
    )  # fmt: skip
    actions.ask_agency(dossier, question, by=duc, at=max(at, days_before(story, 3)))


def late_with_apology(story: Story) -> None:
    """A house number that was not ready in time: the apology went out first, with a new date."""
    dossier = story.receive(catalogue.HOUSE_NUMBER, days_before(story, 5))
    dossier, _at = story.work(dossier, days_before(story, 5), pace=0.2, until=3)
    apology = owe(story, dossier, days_before(story, 3, 10))
    apology = draft(story, apology, closing_in(story, 2), at=days_before(story, 3, 10))
    apology = actions.sign_apology(apology, by=story.staff("chutich"), at=days_before(story, 3, 14))
    actions.send_apology(apology, by=story.staff("mai"), at=days_before(story, 3, 15))


def apology_to_sign(story: Story) -> None:
    dossier = story.receive(catalogue.DISABILITY, days_before(story, 4))
    dossier, _at = story.work(dossier, days_before(story, 4), pace=0.1, until=3)
    apology = owe(story, dossier, days_before(story, 1, 10))
    draft(story, apology, closing_in(story, 3), at=days_before(story, 1, 10))


def apology_to_write(story: Story) -> None:
    """The loudest thing on the work list: owed, not yet written."""
    dossier = story.receive(catalogue.CORRECTION, days_before(story, 2))
    story.work(dossier, days_before(story, 2), pace=0.2, until=3)
    actions.open_owed_apologies(at=story.now)


def owe(story: Story, dossier: Any, at: datetime) -> Any:
    actions.open_owed_apologies(at=at)
    return apologies_owed(story.staff("quantri")).get(dossier=dossier)


def draft(story: Story, apology: Any, new_due: datetime, *, at: datetime) -> Any:
    words = Draft(
        cause=DelayCause.VERIFICATION, text="Cán bộ phải xác minh thêm tại thực địa.", answerable=story.staff("son"),
        new_due_at=new_due,
    )  # fmt: skip
    return actions.draft_apology(apology, words, by=story.staff("thang"), at=at)


def three_agencies(story: Story) -> None:
    """A new-born child: certificate at the ward, residence at the police, health card at the insurance office."""
    dossier = story.receive(catalogue.JOINT_BIRTH, days_before(story, 6))
    story.work(dossier, days_before(story, 6), pace=0.3, until=4)


def refused_and_guided(story: Story) -> None:
    at = days_before(story, 2, 14)
    dossier = actions.register_dossier(story.intake(catalogue.BUILDING), by=story.staff("mai"), at=at)
    text = "Thửa đất chưa có giấy chứng nhận quyền sử dụng đất"
    actions.deny_dossier(dossier, reason=RefusalReason.NOT_ELIGIBLE, text=text, by=story.staff("mai"), at=at)
    person = story.person()
    facts = GuidanceFacts(
        procedure=procedure_for(catalogue.SHOP), full_name=person.full_name, phone=person.phone,
        text="Xin mang thêm hợp đồng thuê địa điểm kinh doanh.", missing=["Hợp đồng thuê địa điểm"],
    )  # fmt: skip
    actions.record_guidance(facts, by=story.staff("mai"), at=days_before(story, 1, 15))


def taken_back(story: Story) -> None:
    """A family that changed its mind about the house before anything was decided; the charge was paid already."""
    at = days_before(story, 6, 9)
    charge = FeeIn(
        name="Lệ phí cấp giấy phép xây dựng", amount=75_000, method=PaymentMethod.CASH, receipt_number="BL2204"
    )
    dossier = actions.receive_dossier(story.intake(catalogue.BUILDING, fees=[charge]), by=story.staff("mai"), at=at)
    actions.withdraw(dossier, reason="Gia đình đổi thiết kế nhà", by=story.staff("mai"), at=days_before(story, 5, 9))


def waiting_to_be_accepted(story: Story) -> None:
    intake = story.intake(catalogue.MARITAL_STATUS, channel=Channel.POST)
    actions.register_dossier(intake, by=story.staff("mai"), at=lately(story, minutes=25))
