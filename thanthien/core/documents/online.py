"""The acknowledgement of what was filed online: its content and a sample. It promises no result: form 01 does."""

from dataclasses import dataclass, replace

from thanthien.core.documents import samples
from thanthien.core.documents.data import Form, PaperLine, Party


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(Form):
    """Giấy xác nhận đã nhận hồ sơ trực tuyến: what arrived, when, and until when somebody looks at it. `afterwards`:
    what the form says is still to be done ("cả hai bên phải có mặt …"), "" when nothing is."""

    office_name: str
    submitter: Party
    request: str
    filed_at: str
    check_by: str
    owner: Party | None = None
    procedure_code: str = ""
    papers: tuple[PaperLine, ...] = ()
    result_place: str = ""
    tracking: str = ""
    afterwards: str = ""


def sample() -> Form:
    """A filled form. The person and the commune are invented."""
    head = replace(samples.receipt().letterhead, number="07/XNTT")
    return Acknowledgement(
        letterhead=head, dossier_code=samples.CODE, qr_text=samples.CODE, office_name=samples.OFFICE,
        submitter=samples.CITIZEN,
        owner=Party(full_name="Phạm Văn Thử", address="Thôn Ví Dụ, xã Mẫu Sơn Hạ, tỉnh Minh Họa"),
        request="Đăng ký khai sinh", procedure_code="1.001193",
        papers=(PaperLine(name="Giấy chứng sinh", electronic=1), PaperLine(name="Giấy ủy quyền", electronic=1)),
        filed_at=samples.RECEIVED, check_by="17 giờ 00 phút, ngày 06 tháng 02 năm 2026", result_place=samples.OFFICE,
        tracking="quét mã QR, hoặc nhập mã hồ sơ và 4 số cuối điện thoại",
        afterwards="Khi đến nhận kết quả, ông/bà mang theo giấy tờ tùy thân.",
    )  # fmt: skip
