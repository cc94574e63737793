"""What citizens do to their own dossier: filed online, completed, taken back. 24/11/2026 is a holiday."""

from datetime import datetime

import pytest
from django.db import transaction
from django.utils import translation

from thanthien.core import timeline
from thanthien.core.files import KeptFile
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Answer, FiledFile, PaperIn, WayBack
from thanthien.dossiers.enums import HomeReason, RefusalReason, ReturnChannel, Status
from thanthien.dossiers.events import DossierFiledOnline
from thanthien.dossiers.factories import (
    MONDAY,
    ZONE,
    an_intake,
    an_offering,
    everyone_of,
    finish,
    officer,
    receive,
)
from thanthien.notifications.models import Message
from thanthien.people.factories import PersonFactory
from thanthien.procedures.enums import Channel

pytestmark = pytest.mark.django_db
ASKED = {"papers": ["Giấy chứng sinh"], "reason": "ảnh mờ", "legal_basis": "Luật Hộ tịch, Điều 16"}
ME = "Người nộp"


def moment(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def a_file(name: str = "anh.jpg") -> KeptFile:
    return KeptFile(path=f"files/{name}", name=name, media_type="image/jpeg", size=4, sha256="0" * 64)


def filed(offering=None, *, files=(), person=None, **facts):
    facts = {"channel": Channel.ONLINE, "papers": [PaperIn(name="Giấy chứng sinh", is_electronic=True)]} | facts
    intake = an_intake(offering or an_offering(version={"supplement_policy": "restart"}), person=person, **facts)
    return actions.file_online(intake, files, by=ME, at=MONDAY)


def check_of(dossier, kind="check"):
    return Promise.objects.get(subject=dossier.subject, kind=kind)


def test_what_is_filed_online_waits_to_be_accepted_with_its_files_under_their_papers():
    dossier = filed(files=[FiledFile(kept=a_file(), position=1), FiledFile(kept=a_file("uy-quyen.jpg"))])

    facts = dossier.status, dossier.channel, dossier.due_at, dossier.received_at
    assert facts == (Status.NEW, Channel.ONLINE, None, None)
    assert dossier.receiving_unit == dossier.unit
    papers = {file.name: file.paper and file.paper.name for file in dossier.files.all()}
    assert papers == {"anh.jpg": "Giấy chứng sinh", "uy-quyen.jpg": None}


def test_somebody_looks_at_it_within_a_working_day_and_the_ledger_says_so():
    dossier = filed()

    # Monday 23/11 08:12; the 24th is a holiday: the first working day after it ends on Wednesday.
    assert check_of(dossier).due_at == moment(25, 11, 17)
    assert (check_of(dossier).kept_at, check_of(dossier).promised_by) == (None, dossier.unit.name)


def test_the_citizen_is_told_and_it_is_announced(monkeypatch):
    told = []
    monkeypatch.setattr("thanthien.dossiers.actions.citizen.publish", told.append)

    dossier = filed(person={"email": "lua@example.vn"})

    [message] = Message.objects.filter(subject=dossier.subject)
    assert (message.situation, message.email) == ("registered", "lua@example.vn")
    assert told == [DossierFiledOnline(dossier_id=dossier.pk)]


def test_what_somebody_types_at_home_corrects_nobody_who_is_known():
    known = PersonFactory(personal_id="038190000009", phone="+84912000009", address="Thôn cũ")

    dossier = filed(person={"personal_id": "038190000009", "phone": "+84999999999", "address": "Nơi khác"})

    known.refresh_from_db()
    assert dossier.applicant == known
    assert (known.phone, known.address) == ("+84912000009", "Thôn cũ")
    assert dossier.phone == "+84999999999"


@pytest.mark.parametrize("deed", ["accept", "deny", "ask"])
def test_the_promise_to_look_is_kept_by_the_first_thing_an_officer_does(deed):
    dossier = filed()
    by, at = officer(dossier.unit), moment(23, 11, 14)
    deeds = {
        "accept": lambda: actions.accept_dossier(dossier, by=by, at=at),
        "deny": lambda: actions.deny_dossier(dossier, reason=RefusalReason.OTHER, text="sai", by=by, at=at),
        "ask": lambda: actions.request_supplement(dossier, **ASKED, by=by, at=at),
    }

    deeds[deed]()

    assert check_of(dossier).kept_at == at


def test_the_date_of_the_result_counts_from_acceptance():
    dossier = filed()

    accepted = actions.accept_dossier(dossier, by=officer(dossier.unit), at=moment(25, 11, 9))

    # Five working days after Wednesday 25/11: 26, 27, 30/11, 1, 2/12.
    assert accepted.due_at == moment(2, 12, 17)


def asked_for_more(dossier=None, at=None):
    dossier = dossier or filed()
    by = everyone_of(dossier.unit)
    return actions.request_supplement(dossier, **ASKED, by=by, at=at or moment(23, 11, 14))


def test_an_answer_before_acceptance_waits_to_be_looked_at_again():
    dossier = asked_for_more()

    answered = actions.answer_supplement(
        dossier, Answer(files=[("Giấy chứng sinh", a_file("ro.jpg"))], note="Chụp lại"), by=ME, at=moment(25, 11, 9)
    )

    assert answered.status == Status.NEW
    assert answered.supplement.answer == "Chụp lại"
    assert [file.paper.name for file in answered.files.all()] == ["Giấy chứng sinh"]
    assert check_of(dossier, "check_again").due_at == moment(26, 11, 17)


def test_an_answer_sets_the_clock_going_with_the_date_that_was_shown():
    dossier = receive(offering=an_offering(version={"supplement_policy": "restart"}))
    dossier, at = asked_for_more(dossier, moment(30, 11, 9)), moment(30, 11, 15)
    shown = actions.due_if_answered(dossier, at=at).due

    answered = actions.answer_supplement(dossier, Answer(shown_due=shown), by=ME, at=at)

    assert (answered.due_at, answered.status) == (shown, Status.RECEIVED)


def test_an_answer_is_not_taken_with_a_date_that_no_longer_holds():
    dossier = receive(offering=an_offering(version={"supplement_policy": "restart"}))
    dossier = asked_for_more(dossier, moment(30, 11, 9))
    shown = actions.due_if_answered(dossier, at=moment(30, 11, 15)).due

    with pytest.raises(Refused, match="Ngày hẹn mới đã thay đổi"), transaction.atomic():
        actions.answer_supplement(dossier, Answer(shown_due=shown), by=ME, at=moment(1, 12, 8))

    dossier.refresh_from_db()
    assert dossier.status == Status.SUPPLEMENT
    assert dossier.files.count() == 0


def test_only_what_waits_for_papers_is_answered():
    with pytest.raises(Refused, match="không chờ bổ sung"):
        actions.answer_supplement(filed(), Answer(), by=ME, at=MONDAY)


def test_the_citizen_takes_it_back_and_nothing_stays_promised():
    dossier = filed()

    taken = actions.withdraw_own(dossier, reason="đổi ý", by=ME, at=moment(23, 11, 9))

    assert (taken.status, taken.closing_reason) == (Status.WITHDRAWN, "đổi ý")
    assert check_of(dossier).dropped_at == moment(23, 11, 9)


def test_what_is_decided_is_taken_back_no_more():
    with pytest.raises(Refused):
        actions.withdraw_own(finish(receive()), reason="đổi ý", by=ME, at=MONDAY)


def test_the_way_back_may_be_changed_until_the_result_is_there():
    dossier = receive()
    way = WayBack(channel=ReturnChannel.HOME, reason=HomeReason.ELDERLY, address="Thôn 2")

    changed = actions.choose_way_back(dossier, way, by=ME, at=MONDAY)

    facts = changed.return_channel, changed.return_reason, changed.return_address
    assert facts == (ReturnChannel.HOME, HomeReason.ELDERLY, "Thôn 2")
    with pytest.raises(Refused, match="không đổi cách nhận"):
        actions.choose_way_back(finish(changed), way, by=ME, at=MONDAY)


def test_a_colleague_who_edits_does_not_keep_the_citizen_waiting():
    dossier = receive()
    actions.hold_for_editing(dossier, by=officer(dossier.unit), at=MONDAY)

    taken = actions.withdraw_own(dossier, reason="đổi ý", by=ME, at=MONDAY)

    assert taken.status == Status.WITHDRAWN


def test_what_a_citizen_does_in_english_is_written_down_in_vietnamese():
    with translation.override("en"):
        dossier = filed()
        actions.choose_way_back(dossier, WayBack(channel=ReturnChannel.POST, address="Thôn 2"), by=ME, at=MONDAY)
        actions.answer_supplement(asked_in_vietnamese(dossier), Answer(), by=ME, at=moment(25, 11, 9))
        actions.record_download(dossier, "kq.pdf", by=ME, at=moment(25, 11, 9))
        actions.withdraw_own(dossier, reason="đổi ý", by=ME, at=moment(25, 11, 10))

    told = [entry.public_text for entry in timeline.entries_of(dossier.subject)]
    assert [text for text in told if text] == [
        f"Hồ sơ được ghi nhận, chờ kiểm tra: {dossier.procedure_name}.",
        "Ông/bà chọn nhận kết quả qua bưu chính.",
        "Kính đề nghị ông/bà bổ sung: Giấy chứng sinh. Lý do: ảnh mờ.",
        "Ông/bà đã bổ sung giấy tờ, cảm ơn ông/bà.",
        "Ông/bà đã tải kết quả.",
        "Ông/bà đã rút hồ sơ. Giấy tờ được trả lại tại Bộ phận Một cửa.",
    ]
    assert check_of(dossier).title == f"Kiểm tra hồ sơ trực tuyến: {dossier.procedure_name}"


def asked_in_vietnamese(dossier):
    with translation.override("vi"):
        return asked_for_more(dossier)


def test_a_refusal_is_said_in_the_language_of_the_citizen():
    with translation.override("en"), pytest.raises(Refused, match="not waiting for missing papers"):
        actions.answer_supplement(filed(), Answer(), by=ME, at=MONDAY)
