"""A filled form of every kind, for previews. Persons, numbers and the commune are invented."""

from thanthien.core.documents.data import (
    Apology,
    CertificationReceipt,
    CertifiedLine,
    CollectedLine,
    ControlSheet,
    FeeLine,
    FeeSummary,
    Form,
    Guidance,
    HandOver,
    HandOverLine,
    HandOverStep,
    Letterhead,
    PaperLine,
    Party,
    Receipt,
    Refusal,
    Register,
    RegisterLine,
    RequiredLine,
    ResultLine,
    ResultReceipt,
    Signer,
    StopNotice,
    SupplementRequest,
)

CODE = "H99.01.02-260205-0007"
OFFICE = "Trung tâm Phục vụ hành chính công xã Mẫu Sơn Hạ"
COMMITTEE = "Ủy ban nhân dân xã Mẫu Sơn Hạ"
BUILDING = "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ"
RECEIVED = "08 giờ 30 phút, ngày 05 tháng 02 năm 2026"
DUE = "17 giờ 00 phút, ngày 26 tháng 02 năm 2026"
CITIZEN = Party(
    full_name="Nguyễn Thị Mẫu",
    address="Thôn Ví Dụ, xã Mẫu Sơn Hạ, tỉnh Minh Họa",
    phone="0900 000 001",
    email="nguyenthimau@vidu.vn",
    personal_id="001300000001",
)
CHAIR = Signer(titles=("TM. Ủy ban nhân dân", "Chủ tịch"), full_name="Trần Văn Ví Dụ")
PAPERS = (
    PaperLine(name="Đơn đề nghị cấp giấy phép xây dựng (Mẫu số 01)", original=1),
    PaperLine(name="Giấy chứng nhận quyền sử dụng đất", certified=1, photocopy=1),
    PaperLine(name="Bản vẽ thiết kế xây dựng", original=2),
)


def _head(number: str, *, issuer: str = OFFICE) -> Letterhead:
    governing = COMMITTEE if issuer == OFFICE else ""
    return Letterhead(
        governing_body=governing, issuer=issuer, number=number, place="Mẫu Sơn Hạ", date="ngày 05 tháng 02 năm 2026"
    )


def receipt() -> Form:
    return Receipt(
        letterhead=_head("07/TNHS"), dossier_code=CODE, qr_text=CODE, copy_label="Giao người nộp hồ sơ",
        office_name=OFFICE, submitter=CITIZEN,
        owner=Party(full_name="Phạm Văn Thử", address="Thôn Ví Dụ, xã Mẫu Sơn Hạ, tỉnh Minh Họa"),
        request=BUILDING, procedure_code="1.009994", papers=PAPERS, sets=2, time_limit="10 ngày làm việc",
        received_at=RECEIVED, due_at=DUE,
        due_explanation="Không tính ngày nhận hồ sơ, thứ Bảy, Chủ nhật và ngày nghỉ Tết từ 16/02 đến 20/02/2026.",
        result_place=OFFICE, fee_method="Tiền mặt", fees=(FeeLine(name="Lệ phí cấp giấy phép", amount=75_000),),
        book_number="01", book_entry="07", note="Giấy này lập thành 2 liên: một liên lưu, một liên giao người nộp.",
        tracking="nhập mã hồ sơ và 4 số cuối điện thoại tại trang tra cứu", submitter_name=CITIZEN.full_name,
        receiver_name="Lê Thị Thử Nghiệm",
    )  # fmt: skip


def receipt_certification() -> Form:
    return CertificationReceipt(
        letterhead=_head("08/TNHS"), dossier_code=CODE, qr_text=CODE, office_name=OFFICE, submitter=CITIZEN,
        request="Chứng thực bản sao từ bản chính", procedure_code="2.000815", time_limit="Trong ngày làm việc",
        received_at=RECEIVED, due_at="17 giờ 00 phút, ngày 05 tháng 02 năm 2026",
        items=(
            CertifiedLine(name="Bằng tốt nghiệp trung học phổ thông", pages=1, copies=3, fee=6_000),
            CertifiedLine(name="Sổ hộ khẩu (bản lưu)", pages=8, copies=1, fee=10_000),
        ),
        result_place=OFFICE, fee_method="Tiền mặt tại quầy", book_number="01", book_entry="08",
        note="Ông/bà vui lòng chờ tại quầy số 2.", submitter_name=CITIZEN.full_name, receiver_name="Lê Thị Thử Nghiệm",
    )  # fmt: skip


def supplement() -> Form:
    return SupplementRequest(
        letterhead=_head("03/HDHS"), dossier_code=CODE, qr_text=CODE, party=CITIZEN, request=BUILDING,
        papers=(
            RequiredLine(name="Bản vẽ mặt bằng móng", quantity="02 bản chính", note="Có chữ ký của người thiết kế"),
            RequiredLine(name="Cam kết bảo đảm an toàn với công trình liền kề", quantity="01 bản chính"),
        ),
        reason="Hồ sơ thiết kế chưa có bản vẽ móng; công trình có tường chung với nhà liền kề.",
        legal_basis="Luật Xây dựng năm 2014, Điều 95", answer_by="17 giờ 00 phút, ngày 27 tháng 02 năm 2026",
        due_if_answered="17 giờ 00 phút, ngày 26 tháng 02 năm 2026", contact_name="Lê Thị Thử Nghiệm",
        contact_phone="0200 000 000", guide_name="Lê Thị Thử Nghiệm",
    )  # fmt: skip


def refusal() -> Form:
    return Refusal(
        letterhead=_head("02/TCHS"), dossier_code=CODE, qr_text=CODE, office_name=OFFICE, party=CITIZEN,
        request=BUILDING, reason="Thửa đất nằm trong chỉ giới đường đỏ đã được công bố.",
        legal_basis="Luật Xây dựng năm 2014, Điều 93", guidance="Ông/bà liên hệ Phòng Kinh tế để được xem quy hoạch.",
        submitter_name=CITIZEN.full_name, receiver_name="Lê Thị Thử Nghiệm",
    )  # fmt: skip


def apology() -> Form:
    return Apology(
        letterhead=_head("01/PXL", issuer=COMMITTEE), dossier_code=CODE, qr_text=CODE, addressee="Bà Nguyễn Thị Mẫu",
        received_at=RECEIVED, request=BUILDING, promised_at=DUE, late_unit="Phòng Kinh tế",
        reason="Cán bộ thụ lý nghỉ ốm, việc kiểm tra thực địa chậm 02 ngày.",
        new_due_at="17 giờ 00 phút, ngày 02 tháng 3 năm 2026", new_place=OFFICE, contact="0200 000 000",
        signer=CHAIR, recipients=("Như trên", "Trung tâm Phục vụ hành chính công", "Lưu: VT, KT"),
    )  # fmt: skip


def stop_notice() -> Form:
    return StopNotice(
        letterhead=_head("04/TB", issuer=COMMITTEE), dossier_code=CODE, qr_text=CODE, addressee="Bà Nguyễn Thị Mẫu",
        requester=CITIZEN, requested_at="ngày 05 tháng 02 năm 2026", request=BUILDING,
        status="Đang xử lý, chưa có quyết định giải quyết", reason="Ông/bà đề nghị rút hồ sơ.",
        legal_basis="Thông tư 03/2025/TT-VPCP, Điều 7", returned_papers=PAPERS, refund=75_000, signer=CHAIR,
        recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip


def control_sheet() -> Form:
    return ControlSheet(
        letterhead=_head("07/KSHS"), dossier_code=CODE, qr_text=CODE, lead_agency="Phòng Kinh tế xã Mẫu Sơn Hạ",
        supporting_agencies=("Công an xã", "Phòng Văn hóa - Xã hội"), request=BUILDING, applicant=CITIZEN.full_name,
        received_at=RECEIVED, due_at=DUE,
        steps=(
            HandOverStep(
                from_agency=OFFICE, to_agency="Phòng Kinh tế", moment=RECEIVED, giver="Lê Thị Thử Nghiệm",
                receiver="Đỗ Văn Thẩm Định", outcome="on_time",
            ),
            HandOverStep(
                from_agency="Phòng Kinh tế", to_agency="Lãnh đạo Ủy ban nhân dân", giver="Đỗ Văn Thẩm Định",
                moment="09 giờ 15 phút, ngày 24 tháng 02 năm 2026", outcome="early", note="Chờ ký",
            ),
            HandOverStep(from_agency="Lãnh đạo Ủy ban nhân dân", to_agency=OFFICE),
        ),
    )  # fmt: skip


def register() -> Form:
    rows = tuple(
        RegisterLine(
            number=f"{n:02d}", code=f"H99.01.02-260205-{n:04d}", procedure=BUILDING, applicant=CITIZEN.full_name,
            contact="Thôn Ví Dụ, 0900 000 001", agency="Phòng Kinh tế", received="05/02/2026", due="26/02/2026",
            sets=2, returned="25/02/2026" if n < 3 else "", result_channel="Tại quầy",
        )
        for n in range(1, 5)
    )  # fmt: skip
    return Register(
        letterhead=_head(""), office_name=OFFICE, book_number="01", rows=rows, keeper_name="Lê Thị Thử Nghiệm",
        period="Từ ngày 01/02/2026 đến ngày 28/02/2026", printed_at="08:30 01/03/2026", filter="lĩnh vực Xây dựng",
    )  # fmt: skip


def guidance() -> Form:
    papers = (
        RequiredLine(name="Tờ khai đăng ký khai sinh", quantity="01 bản chính", note="Mẫu có tại quầy"),
        RequiredLine(name="Giấy chứng sinh", quantity="01 bản chính"),
    )
    return Guidance(
        letterhead=_head("12/HD"), office_name=OFFICE, party=CITIZEN, request="Đăng ký khai sinh", papers=papers,
        procedure_code="1.001193", guidance="Mang theo căn cước của cha hoặc mẹ để đối chiếu.",
        time_limit="Trong ngày làm việc", fee="Miễn phí", place=OFFICE, online="dichvucong.gov.vn",
        opening_hours="07:30–11:30 và 13:00–17:00, từ thứ Hai đến thứ Sáu", contact="0200 000 000",
        guide_name="Lê Thị Thử Nghiệm",
    )  # fmt: skip


def hand_over() -> Form:
    row = HandOverLine(
        code=CODE, procedure=BUILDING, applicant=CITIZEN.full_name, due="26/02/2026", papers="05 tờ", note="Hồ sơ giấy"
    )
    return HandOver(
        letterhead=_head("05/BGHS"), from_unit=OFFICE, to_unit="Phòng Kinh tế", handed_at=RECEIVED, rows=(row,) * 3,
        giver_name="Lê Thị Thử Nghiệm", receiver_name="Đỗ Văn Thẩm Định", note="Bàn giao lần 1 trong ngày",
        acknowledged_at="09 giờ 05 phút, ngày 05 tháng 02 năm 2026",
    )  # fmt: skip


def result_receipt() -> Form:
    return ResultReceipt(
        letterhead=_head("06/GNKQ"), dossier_code=CODE, qr_text=CODE, office_name=OFFICE, applicant=CITIZEN,
        request=BUILDING, results=(ResultLine(name="Giấy phép xây dựng", number="15/GPXD", copies="01 bản chính"),),
        returned_at="10 giờ 00 phút, ngày 26 tháng 02 năm 2026", channel="Tại nhà", home_reason="Người cao tuổi",
        collector=Party(full_name="Phạm Văn Thử", personal_id="001200000002", phone="0900 000 002"),
        capacity="Người được ủy quyền", authorisation="số 21/2026, ngày 20/02/2026",
        fees=(FeeLine(name="Lệ phí cấp giấy phép", amount=75_000),), giver_name="Lê Thị Thử Nghiệm",
    )  # fmt: skip


def fee_summary() -> Form:
    rows = (
        CollectedLine(
            date="05/02/2026", receipt_number="0000123", code=CODE, payer=CITIZEN.full_name,
            content="Lệ phí cấp giấy phép xây dựng", charge=75_000, method="Tiền mặt",
        ),
        CollectedLine(
            date="05/02/2026", receipt_number="0000124", code="H99.01.02-260205-0008", payer=CITIZEN.full_name,
            content="Phí chứng thực bản sao", fee=16_000, method="Chuyển khoản",
        ),
    )  # fmt: skip
    return FeeSummary(
        letterhead=_head("02/BKTP"), office_name=OFFICE, period="Ngày 05/02/2026", rows=rows,
        collector_name="Lê Thị Thử Nghiệm", accountant_name="Vũ Thị Sổ Sách", printed_at="17:05 05/02/2026",
    )  # fmt: skip
