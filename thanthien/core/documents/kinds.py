"""The kinds of documents that the house prints, and where each one's built-in template lies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from thanthien.core.documents import declaration, letter, online, samples
from thanthien.core.documents.compiler import TEMPLATE_DIR
from thanthien.core.documents.data import Form
from thanthien.core.navigation import Label

Paper = Literal["a5", "a4", "a4-landscape"]


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """A kind of document. `number` is its place among the seven forms of Thông tư 03/2025/TT-VPCP ("" for our own);
    `sample` makes data for previews; `symbol` is what stands after the number ("05/TNHS")."""

    code: str
    label: Label
    paper: Paper
    sample: Callable[[], Form]
    number: str = ""
    symbol: str = ""

    @property
    def template(self) -> str:
        """The built-in template's file name."""
        return f"{self.code}.typ"

    @property
    def source(self) -> str:
        """The built-in template."""
        return (TEMPLATE_DIR / self.template).read_text("utf-8")


_ALL = [
    DocumentKind(
        code="receipt", number="01", symbol="TNHS", paper="a5", sample=samples.receipt,
        label=_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    ),
    DocumentKind(
        code="receipt_certification", number="01", symbol="TNHS", paper="a5", sample=samples.receipt_certification,
        label=_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả (chứng thực)"),
    ),
    DocumentKind(
        code="supplement", number="02", symbol="HDHS", paper="a5", sample=samples.supplement,
        label=_("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    ),
    DocumentKind(
        code="refusal", number="03", symbol="TCHS", paper="a5", sample=samples.refusal,
        label=_("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    ),
    DocumentKind(
        code="apology", number="04", symbol="PXL", paper="a5", sample=samples.apology,
        label=_("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"),
    ),
    DocumentKind(
        code="stop_notice", number="05", symbol="TB", paper="a5", sample=samples.stop_notice,
        label=_("Thông báo dừng giải quyết hồ sơ"),
    ),
    DocumentKind(
        code="control_sheet", number="06", symbol="KSHS", paper="a5", sample=samples.control_sheet,
        label=_("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    ),
    DocumentKind(
        code="register", number="07", paper="a4-landscape", sample=samples.register, label=_("Sổ theo dõi hồ sơ")
    ),
    DocumentKind(
        code="acknowledgement", symbol="XNTT", paper="a5", sample=online.sample,
        label=_("Giấy xác nhận đã nhận hồ sơ nộp trực tuyến"),
    ),
    DocumentKind(
        code="declaration", paper="a4", sample=declaration.sample, label=_("Tờ khai (để người dân ký)")
    ),
    DocumentKind(code="guidance", symbol="HD", paper="a5", sample=samples.guidance, label=_("Phiếu hướng dẫn")),
    DocumentKind(
        code="hand_over", symbol="BGHS", paper="a4", sample=samples.hand_over, label=_("Danh sách bàn giao hồ sơ")
    ),
    DocumentKind(
        code="result_receipt", symbol="GNKQ", paper="a5", sample=samples.result_receipt,
        label=_("Giấy giao nhận kết quả"),
    ),
    DocumentKind(
        code="fee_summary", symbol="BKTP", paper="a4-landscape", sample=samples.fee_summary,
        label=_("Bảng kê thu phí, lệ phí"),
    ),
    DocumentKind(code="letter_card", paper="a5", sample=letter.sample, label=_("Thư của lãnh đạo trên thiệp A5")),
    DocumentKind(code="letter", paper="a4", sample=letter.sample, label=_("Thư của lãnh đạo trên giấy A4")),
]  # fmt: skip
KINDS: dict[str, DocumentKind] = {kind.code: kind for kind in _ALL}
