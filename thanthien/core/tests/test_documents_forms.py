"""Each printed form, field by field: what goes in stands on the paper, letter for letter."""

import io
import re
import unicodedata
from dataclasses import fields, is_dataclass, replace

import pytest
from PIL import Image
from pypdf import PdfReader

from thanthien.core.documents import render, render_png
from thanthien.core.documents.data import Letterhead, PaperLine, Party
from thanthien.core.documents.kinds import KINDS
from thanthien.core.words import money, money_in_words

LONG_NAME = "Nguyễn Phúc Công Tằng Tôn Nữ Thị Quỳnh Hương Nghiêm Trường Giang Khuyến Đặng Hoàng Phượng Uyên"
LONG_WORD = "mot.dia.chi.thu.dien.tu.rat.dai@" + "khongcokhoangtrang" * 4 + ".vn"
PAPER_SIZES = {"a5": (420, 595), "a4": (595, 842), "a4-landscape": (842, 595)}
ALL = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
TITLES = {
    "receipt": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "receipt_certification": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "supplement": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    "refusal": "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    "apology": "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
    "stop_notice": "THÔNG BÁO",
    "control_sheet": "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
    "register": "SỔ THEO DÕI HỒ SƠ",
    "acknowledgement": "GIẤY XÁC NHẬN ĐÃ NHẬN HỒ SƠ NỘP TRỰC TUYẾN",
    "guidance": "PHIẾU HƯỚNG DẪN",
    "hand_over": "DANH SÁCH BÀN GIAO HỒ SƠ",
    "result_receipt": "GIẤY GIAO NHẬN KẾT QUẢ",
    "fee_summary": "BẢNG KÊ THU PHÍ, LỆ PHÍ",
    "letter_card": "THƯ CHÚC MỪNG HẠNH PHÚC",
    "letter": "THƯ CHÚC MỪNG HẠNH PHÚC",
    "declaration": "TỜ KHAI",
}
EMPTY_TITLES = {"letter_card": "Kính gửi:", "letter": "Kính gửi:"}  # their title is data
STATE_HEADER = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
# What DOMAIN 1.7 asks for, in the words that stand before each field.
LABELS = {
    "declaration": ["Kính gửi:", "Giấy tờ:", "NGƯỜI YÊU CẦU", "(Ký, ghi rõ họ, chữ đệm, tên)"],
    "receipt": [
        "Số:", "Mã hồ sơ:", "Tiếp nhận hồ sơ của:", "Địa chỉ:", "Số điện thoại:", "Email:", "Số định danh cá nhân:",
        "Chủ hồ sơ:", "Địa chỉ chủ hồ sơ:", "Nội dung yêu cầu giải quyết:", "Thành phần hồ sơ nộp gồm:", "Tên giấy tờ",
        "Bản chính", "Bản chứng thực", "Bản photo", "Số lượng hồ sơ:", "(bộ)", "Thời gian giải quyết theo quy định:",
        "Thời gian nhận hồ sơ:", "Thời gian trả kết quả giải quyết hồ sơ:", "Đăng ký nhận kết quả tại:",
        "Hình thức thu phí, lệ phí:", "Vào Sổ theo dõi hồ sơ, quyển số:", "số thứ tự:", "Ghi chú:", "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ],
    "receipt_certification": ["Số trang", "Số bản", "Phí (đồng)", "Cộng", "Bằng chữ:", "NGƯỜI NỘP HỒ SƠ"],
    "supplement": [
        "Số:", "Hồ sơ của:", "Nội dung yêu cầu giải quyết:", "Địa chỉ:", "Số điện thoại:", "Email:", "Số lượng",
        "Lý do:", "Căn cứ pháp lý:", "liên hệ với", "NGƯỜI HƯỚNG DẪN",
    ],
    "refusal": [
        "Tiếp nhận hồ sơ của:", "Địa chỉ:", "Số điện thoại:", "Email:", "Nội dung yêu cầu giải quyết:",
        "Lý do không tiếp nhận:", "Hướng dẫn:", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ],
    "apology": [
        "(Phiếu xin lỗi và hẹn lại ngày trả kết quả)", "Số:", "Kính gửi:", "mã hồ sơ:", "Nội dung yêu cầu giải quyết:",
        "Thời gian hẹn trả kết quả:", "Đơn vị chậm giải quyết:", "Lý do:", "Thời gian trả kết quả mới:",
        "Nơi trả kết quả:", "xin lỗi ông/bà", "Nơi nhận:", "CHỦ TỊCH",
    ],
    "stop_notice": [
        "Dừng giải quyết hồ sơ", "Mã hồ sơ:", "Người đề nghị:", "Ngày đề nghị dừng giải quyết:",
        "Tình trạng hồ sơ tại thời điểm dừng:", "Giấy tờ trả lại cho ông/bà gồm:", "Phí, lệ phí hoàn trả:", "Nơi nhận:",
    ],
    "control_sheet": [
        "Mã hồ sơ:", "Cơ quan (bộ phận) giải quyết hồ sơ:", "Cơ quan phối hợp giải quyết hồ sơ:", "Tên cơ quan",
        "Giao:", "Nhận:", "Thời gian giao, nhận hồ sơ", "Người giao:", "Người nhận:", "Kết quả giải quyết hồ sơ",
        "Trước hạn", "Đúng hạn", "Quá hạn", "Ghi chú",
    ],
    "register": [
        "TT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số bộ", "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại",
        "Cơ quan chủ trì giải quyết", "Ngày nhận hồ sơ", "Ngày hẹn trả", "Ngày trả", "Phương thức nhận kết quả",
        "Ký nhận", "Ghi chú", "Quyển số:",
    ],
    "acknowledgement": [
        "Đã nhận hồ sơ của:", "Chủ hồ sơ:", "Nội dung yêu cầu giải quyết:", "Giấy tờ gửi kèm gồm:",
        "Thời gian nhận trên hệ thống:", "Cán bộ kiểm tra xong trước:", "Đăng ký nhận kết quả:", "Còn phải làm:",
    ],
    "guidance": ["Hồ sơ cần chuẩn bị gồm:", "Thời gian giải quyết:", "Phí, lệ phí:", "Nơi nộp hồ sơ:"],
    "hand_over": [
        "Bên giao:", "Bên nhận:", "Thời gian bàn giao:", "nhận đủ số hồ sơ nêu trên lúc:", "BÊN GIAO", "BÊN NHẬN",
    ],
    "result_receipt": [
        "Chủ hồ sơ:", "Kết quả gồm:", "Số, ký hiệu", "Thời gian giao:", "Hình thức nhận kết quả:",
        "Lý do trả kết quả tại nhà:", "Người nhận kết quả:", "Giấy ủy quyền:", "NGƯỜI NHẬN KẾT QUẢ",
        "NGƯỜI TRẢ KẾT QUẢ",
    ],
    "fee_summary": [
        "Ngày thu", "Số biên lai", "Người nộp", "Nội dung thu", "Phí (đồng)", "Lệ phí (đồng)", "Hình thức", "Cộng",
        "Bằng chữ:", "NGƯỜI THU", "KẾ TOÁN",
    ],
    "letter_card": ["Kính gửi:", "CHỦ TỊCH", "Sổ thư số"],
    "letter": ["Số:", "Kính gửi:", "Nơi nhận:", "CHỦ TỊCH"],
}  # fmt: skip
# A paper shows no more personal data than its form asks for; a book has no number of its own.
LEFT_OUT = {
    "declaration": {"title", "of", "row", "signer_titles", "issuer", "governing_body", "number", "dossier_code"},
    "supplement": {"personal_id"},
    "refusal": {"personal_id"},
    "guidance": {"personal_id"},
    "register": {"number"},
    "letter_card": {
        "number",
        "recipients",
        "title",
        "governing_body",
        "dossier_code",
    },  # a card has the simple head (DOMAIN 4.4)
    "letter": {"title", "dossier_code"},  # stands in capitals
}


def text_of(pdf: bytes) -> str:
    """All text of a PDF, without white space (lines break where the paper ends, not where words do)."""
    return squeeze("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed(kind, form) -> str:
    return text_of(render(kind.source, form.as_data()))


def words_in(form, left_out=frozenset()) -> list[str]:
    """Every text of a form as its paper shows it: bodies and titles of signers stand in capitals."""
    left_out = left_out | {"qr_text", "outcome"}
    found = []
    for name, value in ((field.name, getattr(form, field.name)) for field in fields(form)):
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part):
                found += words_in(part, left_out)
            elif isinstance(part, str) and name not in left_out:
                found.append(part.upper() if name in ("issuer", "governing_body", "titles") else part)
    return found


def filled(part, text: str):
    """The same form with `text` behind every text field: each value is then unique and as long as wished."""
    if not is_dataclass(part):
        return part
    changed = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, str) and field.name not in ("outcome", "qr_text"):
            changed[field.name] = f"{field.name} {value} {text}"
        elif isinstance(value, tuple):
            changed[field.name] = tuple(
                f"{v} {text}" if isinstance(v, str) else filled(v, f"{text} {i}") for i, v in enumerate(value)
            )
        elif is_dataclass(value):
            changed[field.name] = filled(value, text)
    return replace(part, **changed)


def emptied(part):
    """The same form with nothing in any text field and no rows."""
    changed = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if is_dataclass(value):
            changed[field.name] = emptied(value)
        elif isinstance(value, str | tuple):
            changed[field.name] = type(value)()
    return replace(part, **changed)


@ALL
def test_every_field_of_the_sample_stands_on_the_paper(kind):
    form = kind.sample()

    text = printed(kind, form)

    missing = [word for word in words_in(form, LEFT_OUT.get(kind.code, set())) if squeeze(word) not in text]
    assert missing == []


@ALL
def test_every_label_of_the_paper_form_is_there(kind):
    text = printed(kind, kind.sample())

    wanted = [TITLES[kind.code], *([] if kind.code == "letter_card" else STATE_HEADER)]
    missing = [label for label in wanted + LABELS[kind.code] if squeeze(label) not in text]
    assert missing == []


@ALL
def test_every_field_stands_on_the_paper_when_all_fields_are_filled(kind):
    form = filled(kind.sample(), "Ặng Ữu Ỹ")

    text = printed(kind, form)

    missing = [word for word in words_in(form, LEFT_OUT.get(kind.code, set())) if squeeze(word) not in text]
    assert missing == []


@ALL
def test_the_paper_comes_out_when_nothing_is_filled_in(kind):
    text = printed(kind, emptied(kind.sample()))

    assert squeeze(EMPTY_TITLES.get(kind.code, TITLES[kind.code])) in text


@ALL
def test_the_text_of_the_paper_is_composed_unicode(kind):
    text = printed(kind, filled(kind.sample(), unicodedata.normalize("NFD", "Nguyễn Thị Ánh")))

    assert unicodedata.is_normalized("NFC", text)
    assert "NguyễnThịÁnh" in text


@ALL
def test_the_paper_has_the_size_that_the_form_has(kind):
    page = PdfReader(io.BytesIO(render(kind.source, kind.sample().as_data()))).pages[0]

    assert (round(page.mediabox.width), round(page.mediabox.height)) == PAPER_SIZES[kind.paper]


@ALL
def test_a_common_case_fits_one_page(kind):
    data = kind.sample().as_data() | {"check_qr_text": "https://vidu.vn/giay-to/xem/mau"}

    assert len(PdfReader(io.BytesIO(render(kind.source, data))).pages) == 1


@ALL
def test_long_names_and_words_never_run_off_the_paper(kind):
    form = filled(kind.sample(), f"{LONG_NAME} {LONG_WORD}")

    for page in render_png(kind.source, form.as_data(), ppi=72):
        picture = Image.open(io.BytesIO(page)).convert("L")
        edge = picture.width - 18  # 6 mm
        strip = picture.crop((edge, 0, picture.width, picture.height))
        assert strip.getextrema() == (255, 255)


@ALL
def test_the_pdf_is_tagged_titled_and_vietnamese(kind):
    reader = PdfReader(io.BytesIO(render(kind.source, kind.sample().as_data())))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("vi")
    assert reader.metadata.title
    assert reader.xmp_metadata.pdfaid_part == "2"
    assert reader.metadata.author == kind.sample().letterhead.issuer


def test_sixty_papers_repeat_the_head_and_number_the_pages():
    kind = KINDS["receipt"]
    papers = tuple(PaperLine(name=f"{LONG_NAME} {number:02d}", original=number, photocopy=1) for number in range(60))
    form = replace(kind.sample(), papers=papers)

    pages = PdfReader(io.BytesIO(render(kind.source, form.as_data()))).pages
    texts = [squeeze(page.extract_text()) for page in pages]
    assert len(pages) > 3
    assert [f"Trang{number}/{len(pages)}" in text for number, text in enumerate(texts, 1)] == [True] * len(pages)
    assert all("Têngiấytờ" in text for text in texts[:-1])
    assert all(squeeze(paper.name) in "".join(texts) for paper in papers)


@pytest.mark.parametrize("count", range(1, 26))
def test_signatures_stay_together_on_one_page(count):
    kind = KINDS["receipt"]
    papers = tuple(PaperLine(name=f"Giấy tờ {number}", original=1) for number in range(count))
    form = replace(kind.sample(), papers=papers, submitter_name="Người Nộp", receiver_name="Người Nhận")

    pages = PdfReader(io.BytesIO(render(kind.source, form.as_data()))).pages
    last = squeeze(pages[-1].extract_text())
    assert "NGƯỜINỘPHỒSƠ" in last
    assert last.index("NGƯỜINỘPHỒSƠ") < last.index("NgườiNộp") < last.index("NgườiNhận")


def test_one_page_has_no_page_number():
    assert "Trang1" not in printed(KINDS["supplement"], KINDS["supplement"].sample())


def test_a_citizen_without_phone_gets_a_dotted_line_instead():
    kind = KINDS["receipt"]
    form = replace(kind.sample(), submitter=Party(full_name="Nguyễn Thị Mẫu"))

    text = printed(kind, form)
    assert "Sốđiệnthoại:Email:" in text
    assert text.count("Sốđiệnthoại:") == 1


def test_fees_of_certified_copies_add_up_in_figures_and_words():
    kind = KINDS["receipt_certification"]
    form = kind.sample()

    total = sum(item.fee for item in form.items)
    text = printed(kind, form)
    assert form.as_data()["total"] == total == 16_000
    assert money(total) in text
    assert squeeze(money_in_words(total).capitalize()) in text


def test_the_fee_summary_adds_up_by_kind_and_by_method():
    data = KINDS["fee_summary"].sample().as_data()

    assert (data["fee"], data["charge"], data["total"]) == (16_000, 75_000, 91_000)
    assert data["methods"] == [
        {"name": "Tiền mặt", "count": 1, "amount": 75_000},
        {"name": "Chuyển khoản", "count": 1, "amount": 16_000},
    ]


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        ("early", "XTrướchạnĐúnghạnQuáhạn"),
        ("on_time", "TrướchạnXĐúnghạnQuáhạn"),
        ("late", "TrướchạnĐúnghạnXQuáhạn"),
        ("", "TrướchạnĐúnghạnQuáhạn"),
    ],
)
def test_the_control_sheet_ticks_how_a_step_ended(outcome, text):
    kind = KINDS["control_sheet"]
    form = kind.sample()
    step = replace(form.steps[0], outcome=outcome)

    assert text in printed(kind, replace(form, steps=(step,)))


def test_a_stop_without_papers_or_money_says_so():
    kind = KINDS["stop_notice"]
    form = replace(kind.sample(), returned_papers=(), refund=None)

    assert "Giấytờtrảlại:Khôngcó" in printed(kind, form)
    assert "Phí,lệphíhoàntrả:Khôngcó" in printed(kind, form)


def test_electronic_papers_get_a_column_only_when_there_are_some():
    kind = KINDS["receipt"]
    with_one = replace(kind.sample(), papers=(PaperLine(name="Tờ khai", electronic=1),))

    assert "Bảnđiệntử" in printed(kind, with_one)
    assert "Bảnđiệntử" not in printed(kind, kind.sample())


def test_names_of_bodies_stand_in_capitals_with_their_marks():
    kind = KINDS["guidance"]
    head = Letterhead(issuer="Ủy ban nhân dân phường Đề Thám", place="Đề Thám", date="ngày 05 tháng 02 năm 2026")

    text = printed(kind, replace(kind.sample(), letterhead=head))
    assert "ỦYBANNHÂNDÂNPHƯỜNGĐỀTHÁM" in text
    assert "ĐềThám,ngày05tháng02năm2026" in text
