"""From a letter to its paper."""

import base64
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from thanthien.core.documents.data import Signer
from thanthien.core.documents.issuing import documents_of
from thanthien.core.documents.letter import Letter as LetterForm
from thanthien.core.documents.sandbox import draw
from thanthien.core.documents.templates import current_template
from thanthien.core.text import plain
from thanthien.letters.enums import KIND_OF, Kind, Occasion, Paper
from thanthien.letters.queries.facts import common_facts
from thanthien.letters.queries.settings import signature_of
from thanthien.letters.rules import fill, is_head, names_of, paragraphs
from thanthien.prints.queries import committee_head, head_of

if TYPE_CHECKING:
    from thanthien.core.models import IssuedDocument
    from thanthien.letters.models import Letter
    from thanthien.organisation.models import Unit

COMMITTEE = "Ủy ban nhân dân"
PREVIEW_SEEN = 80  # dots per inch


def letter_form(letter: "Letter", *, at: datetime) -> LetterForm:
    """As it would be printed now, or was signed."""
    facts = letter.facts | {"người nhận": letter.addressee}
    signer = letter.signed_by
    return LetterForm(
        letterhead=committee_head(letter.unit, letter.reference, letter.signed_at or at),
        title=fill(letter.title, facts), addressee=letter.addressee or "……………………………",
        paragraphs=paragraphs(fill(letter.body, facts)), signer=signer_of(letter.unit, signer),
        book_line=f"Sổ thư số {letter.reference}" if letter.reference else "", solemn=letter.kind == Kind.CONDOLENCE,
        recipients=("Như trên", "Lưu: VT"), pictures=_pictures(signer),
    )  # fmt: skip


def signer_of(unit: "Unit", staff: Any) -> Signer:
    """The head signs for the committee; a deputy "KT.", somebody of a division "TL." (Nghị định 30/2020, phụ lục I)."""
    head = head_of(unit)
    if staff is None or is_head(unit, staff):
        return Signer(titles=head.titles, full_name=staff.full_name if staff else "")
    own = _post_alone(staff.title, unit) or head.titles[-1]
    if plain(own).startswith("pho"):
        titles = (*head.titles[:-1], f"KT. {head.titles[-1]}", own)
    else:
        titles = (f"TL. {head.titles[-1]}", own)
    return Signer(titles=titles, full_name=staff.full_name)


def _post_alone(title: str, unit: "Unit") -> str:
    """ "Phó Chủ tịch UBND phường" → "Phó Chủ tịch": under "TM. ỦY BAN NHÂN DÂN" the agency is not said again."""
    for tail in (" UBND", f" {COMMITTEE}"):
        title = title.partition(tail)[0]
    return title.strip()


def _pictures(staff: Any) -> dict[str, str]:
    kept = signature_of(staff) if staff else None
    return {"signature": signature_svg(kept.picture)} if kept else {}


def signature_svg(png: str) -> str:
    """A PNG (base64) inside an SVG: documents take pictures as text."""
    width, height = (int.from_bytes(base64.b64decode(png)[start : start + 4], "big") for start in (16, 20))
    link = f"data:image/png;base64,{png}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{link}"/></svg>'
    )


def issued_of(letter: "Letter") -> "IssuedDocument | None":
    return documents_of(letter.subject).first()


EXAMPLES = {
    "người nhận": "Ông Nguyễn Văn Mẫu", "tên trẻ": "Nguyễn Minh Mẫu", "ngày sinh": "02 tháng 11 năm 2026",
    "tên cha": "Nguyễn Văn Mẫu", "tên mẹ": "Trần Thị Ví Dụ", "tên chồng": "Nguyễn Văn Mẫu", "tên vợ": "Trần Thị Ví Dụ",
    "ngày đăng ký": "20 tháng 11 năm 2026", "người mất": "cụ Nguyễn Thị Mẫu", "quan hệ": "thân mẫu",
    "ngày mất": "18 tháng 11 năm 2026", "thủ tục": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "mã hồ sơ": "H56.14.18-261120-0007", "ngày hẹn cũ": "17 giờ 00 phút, ngày 18 tháng 11 năm 2026",
    "ngày hẹn mới": "17 giờ 00 phút, ngày 25 tháng 11 năm 2026",
    "lời hẹn": "Chúng tôi hẹn lại ông/bà 17 giờ 00 phút, ngày 25 tháng 11 năm 2026", "lý do": "phải xác minh thêm",
    "người chịu trách nhiệm": "ông Trần Văn Ví Dụ, công chức Địa chính", "lý do lần này": "bản vẽ bị thất lạc",
    "cơ quan trễ hẹn": "Ủy ban nhân dân xã Mẫu Sơn Hạ",
    "việc làm ngay": "cử cán bộ đến tận nhà đo lại trong hôm nay", "điều chưa hài lòng": "phải chờ lâu tại quầy số 2",
    "việc đã sửa": "mở thêm một quầy vào buổi sáng", "ý kiến": "nên có ghế cho người già ngồi chờ",
    "thay đổi": "sảnh chờ đã có mười ghế tựa", "việc giúp đỡ": "cho mượn sân phơi làm nơi họp dân",
    "kết quả": "cuộc họp có đủ đại diện các hộ", "quà tặng": "hai chiếc xe lăn",
    "dùng vào việc": "đưa đón người già, người khuyết tật tại Bộ phận Một cửa",
    "buổi đối thoại": "hội nghị đối thoại của tổ dân phố số 3",
}  # fmt: skip


def sample_form(unit: "Unit", text_code: str, *, title: str, body: str, at: datetime) -> LetterForm:
    """The words with invented facts, for whoever edits them."""
    facts = {name: EXAMPLES.get(name, name) for name in names_of(text_code)} | common_facts(unit)
    occasion = Occasion(text_code.partition("_")[0])
    return LetterForm(
        letterhead=committee_head(unit, "01/2026", at), title=fill(title, facts),
        addressee=facts["người nhận"], paragraphs=paragraphs(fill(body, facts)), signer=head_of(unit, "Chữ ký"),
        book_line="Sổ thư số 01/2026", solemn=KIND_OF[occasion] == Kind.CONDOLENCE, recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip


def preview_pages(unit: "Unit", paper: str, form: LetterForm, *, at: datetime) -> list[str]:
    """The pages as PNG (base64), drawn apart from this process. Raises `DocumentError`."""
    template = current_template(Paper(paper).value, unit.code, on=localdate(at))
    pages = draw(template.source, form.as_data(), ppi=PREVIEW_SEEN)
    return [base64.b64encode(page).decode() for page in pages]
