"""The printed forms: every field of DOMAIN 1.7 is on the paper; what was issued stays the same, byte for byte."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from thanthien.core.models import DocumentTemplate, IssuedDocument
from thanthien.dossiers import actions
from thanthien.dossiers.actions import FeeIn, GuidanceFacts, PaperIn
from thanthien.dossiers.factories import MONDAY, an_offering, everyone_of, finish, hand_out, officer, receive, register
from thanthien.dossiers.models import Dossier
from thanthien.dossiers.queries import find_dossiers
from thanthien.dossiers.tests.deeds import NOW, drafted
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.prints.actions import issue_document

pytestmark = pytest.mark.django_db
PERSON = {
    "full_name": "Trần Thị Lan", "personal_id": "038190000123", "phone": "+84912345678", "email": "lan@vidu.vn",
    "address": "Thôn Đông, xã Lúa Vàng",
}  # fmt: skip
UNIT = {
    "name": "UBND xã Lúa Vàng", "kind": "xã", "place": "Lúa Vàng", "head_title": "Chủ tịch", "phone": "02370000001",
    "one_stop_name": "Trung tâm Phục vụ hành chính công", "hotline": "02370000002", "address": "Thôn Đông",
}  # fmt: skip
HEAD = ["ỦY BAN NHÂN DÂN XÃ LÚA VÀNG", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Lúa Vàng, ngày 23 tháng 11 năm 2026"]  # fmt: skip
CITIZEN = ["Trần Thị Lan", "Thôn Đông, xã Lúa Vàng", "0912 345 678"]


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unit():
    return UnitFactory(**UNIT)


def filed(unit, **facts) -> Dossier:
    papers = [
        PaperIn(name="Đơn đề nghị", originals=1),
        PaperIn(name="Giấy chứng nhận", certified=2, photocopies=3),
        PaperIn(name="Căn cước", is_shown_only=True),
    ]
    offering = an_offering("Cấp giấy phép xây dựng", unit=unit)
    facts = {"papers": papers, "person": PERSON, "fees": [FeeIn(name="Lệ phí cấp phép", amount=75_000)], **facts}
    return receive(offering=offering, by=officer(unit, full_name="Lê Thị Mai"), **facts)


def printed(client, dossier: Dossier, kind: str, by=None):
    client.force_login(by or everyone_of(dossier.receiving_unit))
    return client.get(reverse("prints:paper", args=[dossier.code, kind]))


def words_of(response) -> str:
    assert response.status_code == 200, response.content.decode()[-2000:]
    assert response.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def missing(words: str, wanted: list[str]) -> list[str]:
    """Compared without spaces: a long code is broken in a narrow column."""
    return [one for one in wanted if one.replace(" ", "") not in words.replace(" ", "")]


# ---- every field is on the paper -------------------------------------------------------------------------
def test_form_01_says_all_that_the_law_wants(client, unit):
    dossier = filed(unit, owner_name="Phạm Văn Chủ", owner_address="Thôn Tây", note="Gọi trước", copies=2)

    words = words_of(printed(client, dossier, "receipt"))

    assert missing(words, [
        *HEAD, *CITIZEN, "Số: 01/TNHS", "GIẤY TIẾP NHẬN HỒ SƠ", "HẸN TRẢ KẾT QUẢ", dossier.code, "lan@vidu.vn",
        "038190000123", "Phạm Văn Chủ", "Thôn Tây", "Cấp giấy phép xây dựng", dossier.offering.procedure.code,
        "Đơn đề nghị", "Giấy chứng nhận", "chỉ xuất trình", "Bản chính", "Bản chứng thực", "Bản photo",
        "Số lượng hồ sơ: 2 (bộ)", "5 ngày làm việc", "08 giờ 12 phút, ngày 23 tháng 11 năm 2026",
        "17 giờ 00 phút, ngày 01 tháng 12 năm 2026", "Không tính thứ Bảy, Chủ nhật và ngày nghỉ lễ 24/11",
        "Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công xã Lúa Vàng", "Thu khi trả kết quả", "75.000",
        "quyển số: 2026, số thứ tự: 01", "Gọi trước", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ", "Lê Thị Mai",
    ]) == []  # fmt: skip


def test_form_01_for_certified_copies_says_pages_copies_and_fees(client, unit):
    fees = [FeeIn(name="Bằng tốt nghiệp", amount=6_000, pages=1, quantity=3, method="cash", receipt_number="0001")]

    dossier = filed(unit, papers=[], fees=fees)
    words = words_of(printed(client, dossier, "receipt"))

    assert IssuedDocument.objects.get().kind == "receipt_certification"
    assert missing(words, [
        *HEAD, *CITIZEN, "Bằng tốt nghiệp", "Số trang", "Số bản", "6.000", "Sáu nghìn đồng", "Tiền mặt",
    ]) == []  # fmt: skip


def test_form_02_says_what_is_missing_and_what_if_it_comes_today(client, unit):
    dossier = filed(unit)
    by = everyone_of(unit)
    facts = {"papers": ["Bản vẽ móng"], "reason": "Chưa có bản vẽ móng", "legal_basis": "Luật Xây dựng, Điều 95"}
    actions.request_supplement(dossier, **facts, by=by, at=NOW)

    words = words_of(printed(client, dossier, "supplement"))

    assert missing(words, [
        *HEAD, *CITIZEN, "Số: 01/HDHS", dossier.code, "lan@vidu.vn", "Cấp giấy phép xây dựng", "Bản vẽ móng",
        "Chưa có bản vẽ móng", "Luật Xây dựng, Điều 95", "17 giờ 00 phút, ngày 01 tháng 12 năm 2026", "NGƯỜI HƯỚNG DẪN",
        by.full_name, "0237 000 0001",
    ]) == []  # fmt: skip


def test_form_03_says_why_and_what_to_do(client, unit):
    dossier = register(offering=an_offering("Cấp giấy phép", unit=unit), person=PERSON)
    by = officer(unit, full_name="Lê Thị Mai")
    actions.deny_dossier(dossier, reason="not_competent", text="Xin nộp tại Sở Xây dựng.", by=by, at=NOW)

    words = words_of(printed(client, dossier, "refusal"))

    assert missing(words, [
        *HEAD, *CITIZEN, "Số: 01/TCHS", "lan@vidu.vn", "Cấp giấy phép", "Không thuộc thẩm quyền giải quyết",
        "Xin nộp tại Sở Xây dựng.", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN", "Lê Thị Mai",
    ]) == []  # fmt: skip


def owed(unit) -> Dossier:
    dossier = filed(unit, at=MONDAY - timedelta(days=14))
    actions.open_owed_apologies(at=MONDAY)
    by = officer(unit, Role.LEADER, full_name="Vũ Văn Chủ Tịch")
    draft = actions.Draft(cause="workload", text="Nhiều hồ sơ.", answerable=by, new_due_at=MONDAY + timedelta(days=2))
    actions.draft_apology(dossier.apology, draft, by=by, at=MONDAY)
    actions.sign_apology(dossier.apology, by=by, at=NOW)
    return Dossier.objects.get(pk=dossier.pk)


def test_form_04_says_sorry_why_and_when(client, unit):
    dossier = owed(unit)

    words = words_of(printed(client, dossier, "apology"))

    assert missing(words, [
        "ỦY BAN NHÂN DÂN XÃ LÚA VÀNG", "Số: 01/PXL", "Kính gửi: Ông/Bà Trần Thị Lan", dossier.code,
        "08 giờ 12 phút, ngày 09 tháng 11 năm 2026", "17 giờ 00 phút, ngày 16 tháng 11 năm 2026",
        "Cấp giấy phép xây dựng", "UBND xã Lúa Vàng", "Khối lượng hồ sơ lớn. Nhiều hồ sơ.",
        "08 giờ 12 phút, ngày 25 tháng 11 năm 2026", "Trung tâm Phục vụ hành chính công xã Lúa Vàng", "Nơi nhận",
        "CHỦ TỊCH", "Vũ Văn Chủ Tịch", "xin lỗi ông/bà",
    ]) == []  # fmt: skip


def test_form_05_says_what_goes_back(client, unit):
    dossier = filed(unit)
    actions.withdraw(dossier, reason="Gia đình đổi thiết kế", by=everyone_of(unit), at=NOW)

    words = words_of(printed(client, dossier, "stop_notice"))

    assert missing(words, [
        *HEAD, *CITIZEN, "Số: 01/TB", dossier.code, "038190000123", "ngày 23 tháng 11 năm 2026",
        "Đang ở bước “Tiếp nhận”", "Gia đình đổi thiết kế", "Thông tư 03/2025/TT-VPCP, Điều 7", "Đơn đề nghị",
        "Giấy chứng nhận", "CHỦ TỊCH",
    ]) == []  # fmt: skip


def test_form_06_says_every_hand_over(client, unit):
    dossier = filed(unit)
    by = everyone_of(unit)
    moved = actions.finish_step(dossier, note="đủ giấy tờ", by=by, at=NOW)
    actions.acknowledge(moved.hand_overs.get().pk, by=officer(unit, Role.SPECIALIST, full_name="Đỗ Văn Nhận"), at=NOW)
    other = UnitFactory(name="Công an xã Lúa Vàng")
    actions.consult(moved, unit=other, question="?", due_at=NOW + timedelta(days=1), by=by, at=NOW)

    words = words_of(printed(client, dossier, "control_sheet"))

    assert missing(words, [
        *HEAD, dossier.code, "Ủy ban nhân dân xã Lúa Vàng", "Công an xã Lúa Vàng", by.full_name, "Đỗ Văn Nhận",
        "09 giờ 12 phút, ngày 23 tháng 11 năm 2026", "Trước hạn", "Đúng hạn", "Quá hạn", "đủ giấy tờ",
    ]) == []  # fmt: skip


def test_the_hand_over_list_says_what_was_given_and_who_signed(client, unit):
    dossier = filed(unit)
    by = everyone_of(unit)
    moved = actions.finish_step(dossier, note="gấp", by=by, at=NOW)

    words = words_of(printed(client, dossier, "hand_over"))
    actions.acknowledge(moved.hand_overs.get().pk, by=officer(unit, Role.SPECIALIST, full_name="Đỗ Văn Nhận"), at=NOW)
    later = words_of(printed(client, dossier, "hand_over"))

    wanted = ["DANH SÁCH BÀN GIAO", dossier.code, "Trần Thị Lan", "17:00 01/12/2026", "06 bản", "gấp", by.full_name]
    assert missing(words, wanted) == []
    assert ("Đỗ Văn Nhận" in words, "Đỗ Văn Nhận" in later) == (False, True)


@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        ({"is_signed_on_paper": True}, ["Tại Bộ phận Một cửa", "Người nộp hồ sơ", "0912 345 678"]),
        ({"channel": "post", "waybill": "EV123456789VN"}, ["Qua bưu chính", "EV123456789VN"]),
        ({"channel": "home", "home_reason": "elderly", "home_address": "Thôn Tây"}, ["Tại nhà", "Người cao tuổi"]),
        (
            {"collector_name": "Phạm Văn Thay", "is_applicant": False, "authorisation": "số 21/2026"},
            ["Phạm Văn Thay", "Người được ủy quyền", "số 21/2026"],
        ),
        ({"originals_returned": "Giấy chứng nhận"}, ["Giấy chứng nhận"]),
    ],
)
def test_the_receipt_of_a_result_says_who_took_it_and_how(client, unit, how, wanted):
    by = everyone_of(unit)
    dossier = hand_out(finish(filed(unit), by=by, at=NOW, reference="15/GPXD"), by=by, at=NOW, **how)

    words = words_of(printed(client, dossier, "result_receipt"))

    common = [*HEAD, "Số: 01/GNKQ", dossier.code, "15/GPXD", "038190000001", by.full_name]
    assert missing(words, [*common, *wanted]) == []


def test_the_guidance_slip_says_what_to_bring_and_where(client, unit):
    offering = an_offering("Đăng ký khai sinh", unit=unit)
    by = officer(unit, full_name="Lê Thị Mai")
    facts = GuidanceFacts(
        procedure=offering.procedure, full_name="Trần Thị Lan", text="Mang theo căn cước.", phone="+84912345678",
        missing=["Giấy chứng sinh"],
    )  # fmt: skip
    record = actions.record_guidance(facts, by=by, at=NOW)
    client.force_login(by)
    address = reverse("prints:guidance", args=[record.pk])

    words, again = words_of(client.get(address)), client.get(address)

    assert missing(words, [
        *HEAD, "Số: 01/HD", "Trần Thị Lan", "0912 345 678", "Đăng ký khai sinh", offering.procedure.code,
        "Giấy chứng sinh", "Mang theo căn cước.", "5 ngày làm việc", "Miễn phí", "Lê Thị Mai", "0237 000 0001",
    ]) == []  # fmt: skip
    assert again.content == client.get(address).content
    client.force_login(everyone_of(UnitFactory()))
    assert client.get(address).status_code == 404


def test_the_code_on_the_slip_leads_the_citizen_to_the_story_and_the_officer_to_the_dossier(unit):
    dossier = filed(unit)
    issued = issue_document(dossier, "receipt", by=everyone_of(unit), at=NOW)

    found = find_dossiers(everyone_of(unit), issued.data["qr_text"])

    assert issued.data["qr_text"].endswith(f"/tra-cuu/{dossier.code}/{dossier.secret}/")
    assert list(found) == [dossier]


# ---- once and for all ------------------------------------------------------------------------------------
def test_an_issued_form_is_the_same_paper_for_ever(client, unit):
    dossier = filed(unit)
    first = printed(client, dossier, "receipt").content

    Dossier.objects.filter(pk=dossier.pk).update(applicant_name="Ai khác")
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        again = printed(client, dossier, "receipt").content

    assert again == first
    assert IssuedDocument.objects.count() == 1


def test_numbers_of_a_kind_run_through_the_year(client, unit):
    numbers = []
    for _n in range(2):
        dossier = filed(unit)
        actions.withdraw(dossier, reason="đổi ý", by=everyone_of(unit), at=NOW)
        numbers.append(issue_document(dossier, "stop_notice", by=everyone_of(unit), at=NOW).number)

    assert numbers == ["01/TB", "02/TB"]


def test_the_receipt_tells_the_first_promise_also_after_it_moved(client, unit):
    dossier = filed(unit)
    by = everyone_of(unit)
    asked_for = actions.request_supplement(dossier, papers=["x"], reason="y", legal_basis="z", by=by, at=NOW)
    actions.resume(asked_for, by=by, at=NOW + timedelta(days=7))

    words = words_of(printed(client, dossier, "receipt"))

    assert missing(words, ["08 giờ 12 phút, ngày 23 tháng 11", "17 giờ 00 phút, ngày 01 tháng 12 năm 2026"]) == []


def test_a_draft_of_the_apology_says_so_and_is_not_kept(client):
    dossier = drafted()
    client.force_login(everyone_of(dossier.unit))

    words = words_of(client.get(reverse("prints:apology_draft", args=[dossier.code])))

    assert "BẢN NHÁP" in words
    assert IssuedDocument.objects.count() == 0


@pytest.mark.parametrize("kind", ["supplement", "refusal", "apology", "stop_notice", "result_receipt", "hand_over"])
def test_what_has_not_happened_is_not_printed(client, kind):
    response = printed(client, receive(), kind)

    assert response.status_code == 403
    assert IssuedDocument.objects.count() == 0


@pytest.mark.parametrize("kind", ["receipt", "control_sheet"])
def test_what_is_not_received_has_no_receipt(client, kind):
    assert printed(client, register(), kind).status_code == 403


def test_an_edited_template_that_fails_gives_way_to_the_built_in_one(client, unit):
    dossier = filed(unit)
    facts = {"kind": "control_sheet", "unit_code": unit.code, "version": 1, "valid_from": NOW.date()}
    DocumentTemplate.objects.create(source="#data.no_such_field", created_by="A", created_at=NOW, **facts)

    words = words_of(printed(client, dossier, "control_sheet"))

    assert missing(words, ["PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", dossier.code]) == []


def test_a_kind_that_nobody_knows_is_not_found(client):
    assert printed(client, receive(), "diploma").status_code == 404


def test_another_unit_prints_nothing(client):
    assert printed(client, receive(), "receipt", everyone_of(UnitFactory())).status_code == 404


def test_a_damaged_file_is_said_and_not_shown(client, unit):
    dossier = filed(unit)
    printed(client, dossier, "receipt")
    IssuedDocument.objects.update(sha256="0" * 64)

    response = printed(client, dossier, "receipt")

    assert response.status_code == 410
    assert "đã bị thay đổi" in response.content.decode()
