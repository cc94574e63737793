"""Small things at the desk: papers, fees, the editor's lock, who looked."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from thanthien.core import timeline
from thanthien.core.files import check_upload
from thanthien.core.rules import Refused
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Attachment, FeeIn, PaperIn
from thanthien.dossiers.enums import FileKind, PaymentMethod
from thanthien.dossiers.factories import MONDAY, everyone_of, hand_out, officer, receive
from thanthien.dossiers.models import Dossier, Viewing
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
SOON = MONDAY + timedelta(minutes=4)
LATER = MONDAY + timedelta(minutes=6)


def scan(name="don.pdf"):
    return check_upload(SimpleUploadedFile(name, PDF))


def last_entry(dossier):
    return timeline.entries_of(dossier.subject).last()


# ---- papers ----------------------------------------------------------------------------------------------
def test_a_scan_is_kept_with_its_paper():
    dossier = receive(papers=[PaperIn(name="Đơn", originals=1)])
    paper = dossier.papers.get()

    actions.attach_papers(dossier, Attachment(paper_id=paper.pk, scans=[scan()]), by=officer(dossier.unit), at=MONDAY)

    file = paper.files.get()
    assert (file.name, file.media_type, file.size) == ("don.pdf", "application/pdf", len(PDF))
    with default_storage.open(file.path) as kept:
        assert kept.read() == PDF
    assert last_entry(dossier).text == "Đính kèm 1 tệp: don.pdf."


def test_one_more_paper_stands_at_the_end_of_the_list():
    dossier = receive(papers=[PaperIn(name="Đơn"), PaperIn(name="Bản vẽ")])
    new = PaperIn(name="Giấy ủy quyền", certified=1)

    actions.attach_papers(dossier, Attachment(new_paper=new, paper_place="Tủ 3"), by=officer(dossier.unit), at=MONDAY)

    paper = dossier.papers.last()
    assert (paper.position, paper.name, paper.certified) == (3, "Giấy ủy quyền", 1)
    assert Dossier.objects.get().paper_place == "Tủ 3"
    assert last_entry(dossier).text == "Thêm giấy tờ: Giấy ủy quyền. Hồ sơ giấy để tại: Tủ 3."


def test_a_paper_that_is_only_shown_is_not_scanned():
    dossier = receive(papers=[PaperIn(name="Căn cước", is_shown_only=True)])
    what = Attachment(paper_id=dossier.papers.get().pk, scans=[scan()])

    with pytest.raises(Refused, match="chỉ xuất trình"):
        actions.attach_papers(dossier, what, by=officer(dossier.unit), at=MONDAY)


def test_a_paper_of_another_dossier_gets_no_scan():
    dossier, other = receive(), receive(papers=[PaperIn(name="Đơn")])
    what = Attachment(paper_id=other.papers.get().pk, scans=[scan()])

    with pytest.raises(Refused, match="không có trong hồ sơ"):
        actions.attach_papers(dossier, what, by=officer(dossier.unit), at=MONDAY)


def test_a_closed_dossier_takes_no_papers():
    dossier = hand_out(receive())

    with pytest.raises(Refused, match="đã khép lại"):
        actions.attach_papers(dossier, Attachment(paper_place="Tủ 1"), by=officer(dossier.unit), at=MONDAY)


def test_an_inspector_attaches_nothing():
    dossier = receive()

    with pytest.raises(Refused, match="Việc này dành cho"):
        actions.attach_papers(dossier, Attachment(), by=officer(dossier.unit, Role.INSPECTOR), at=MONDAY)


def test_the_signed_result_is_kept_with_the_dossier():
    dossier = receive()

    actions.attach_files(dossier, [scan("quyet-dinh.pdf")], FileKind.RESULT, by=officer(dossier.unit), at=MONDAY)

    assert dossier.files.get().kind == FileKind.RESULT


def test_a_stranger_keeps_no_file_here():
    dossier = receive()

    with pytest.raises(Refused, match="đơn vị khác"):
        actions.attach_files(dossier, [scan()], FileKind.RESULT, by=everyone_of(UnitFactory()), at=MONDAY)


# ---- fees ------------------------------------------------------------------------------------------------
def test_a_charge_is_written_down_and_collected_once():
    dossier = receive()
    cashier = officer(dossier.unit, Role.CASHIER)
    actions.charge(dossier, FeeIn(name="Lệ phí", amount=75_000), by=cashier, at=MONDAY)
    fee = dossier.fees.get()

    actions.collect(dossier, fee.pk, method=PaymentMethod.CASH, receipt_number="0012", by=cashier, at=SOON)

    fee.refresh_from_db()
    assert (fee.paid_at, fee.receipt_number, fee.collected_by) == (SOON, "0012", cashier.full_name)
    assert last_entry(dossier).public_text == "Thu Lệ phí: 75.000 đồng, biên lai 0012."


def test_money_is_not_taken_twice():
    dossier = receive(fees=[FeeIn(name="Lệ phí", amount=75_000, method="cash")])
    facts = {"method": PaymentMethod.CASH, "receipt_number": ""}

    with pytest.raises(Refused, match="đã thu rồi"):
        actions.collect(dossier, dossier.fees.get().pk, **facts, by=officer(dossier.unit), at=MONDAY)


def test_a_charge_paid_at_once_needs_no_collecting():
    dossier = receive()

    actions.charge(dossier, FeeIn(name="Phí", amount=6_000, method="cash"), by=officer(dossier.unit), at=MONDAY)

    assert dossier.fees.get().paid_at == MONDAY


def test_a_specialist_takes_no_money():
    dossier = receive()

    with pytest.raises(Refused, match="thu phí"):
        actions.charge(
            dossier, FeeIn(name="Phí", amount=1), by=officer(dossier.unit, Role.SPECIALIST), at=MONDAY
        )  # fmt: skip


def test_another_office_takes_no_money():
    dossier = receive()

    with pytest.raises(Refused, match="đơn vị khác"):
        actions.charge(dossier, FeeIn(name="Phí", amount=1), by=everyone_of(UnitFactory()), at=MONDAY)


# ---- the editor's lock -----------------------------------------------------------------------------------
def test_who_edits_keeps_others_away_for_five_minutes():
    dossier = receive()
    first, second = officer(dossier.unit, full_name="Trần Thị Sửa"), officer(dossier.unit)
    held = actions.hold_for_editing(dossier, by=first, at=MONDAY)

    with pytest.raises(Refused, match="Trần Thị Sửa đang sửa hồ sơ này, giữ đến 08:17"):
        actions.finish_step(held, by=second, at=SOON)


def test_after_five_minutes_the_dossier_is_free():
    dossier = receive()
    actions.hold_for_editing(dossier, by=officer(dossier.unit), at=MONDAY)

    moved = actions.finish_step(dossier, by=officer(dossier.unit), at=LATER)

    assert moved.step_position == 2


def test_letting_go_frees_it_at_once_but_only_for_the_holder():
    dossier = receive()
    first, second = officer(dossier.unit), officer(dossier.unit)
    actions.hold_for_editing(dossier, by=first, at=MONDAY)

    actions.let_go(dossier, by=second)
    still = Dossier.objects.get().locked_by
    actions.let_go(dossier, by=first)

    assert (still, Dossier.objects.get().locked_by) == (first, None)


def test_the_change_itself_lets_go():
    dossier = receive()
    by = officer(dossier.unit)
    actions.hold_for_editing(dossier, by=by, at=MONDAY)

    moved = actions.finish_step(dossier, by=by, at=SOON)

    assert moved.locked_by is None


# ---- who looked ------------------------------------------------------------------------------------------
def test_looking_is_written_down_once_an_hour():
    dossier = receive()
    first, second = officer(dossier.unit), officer(dossier.unit)

    for by, minutes in ((first, 0), (first, 59), (second, 59), (first, 61)):
        actions.log_viewing(dossier, by=by, at=MONDAY + timedelta(minutes=minutes))

    assert list(Viewing.objects.order_by("pk").values_list("staff", flat=True)) == [first.pk, second.pk, first.pk]


def test_unmasking_a_number_is_written_down_for_ever():
    dossier = receive()
    by = officer(dossier.unit)

    actions.reveal_numbers(dossier, by=by, at=MONDAY)

    assert Viewing.objects.get().what == "reveal"
    assert (last_entry(dossier).kind, last_entry(dossier).actor, last_entry(dossier).public_text) == (
        "revealed", by.full_name, "",
    )  # fmt: skip


def test_a_stranger_unmasks_nothing():
    dossier = receive()

    with pytest.raises(Refused, match="đơn vị khác"):
        actions.reveal_numbers(dossier, by=everyone_of(UnitFactory()), at=MONDAY)
