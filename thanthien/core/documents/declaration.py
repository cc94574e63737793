"""Tờ khai on paper: what a citizen stated, to be read again and signed. Its questions are data, and so its lines."""

from dataclasses import dataclass

from thanthien.core.documents.data import Form, Letterhead


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """An answer. Lines with the same `of` (a person, a place) stand together under that name."""

    label: str
    value: str
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetTable:
    label: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class SheetGroup:
    title: str
    lines: tuple[SheetLine, ...] = ()
    tables: tuple[SheetTable, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeclarationSheet(Form):
    """`signers` are the names under which is signed: one, or both spouses."""

    title: str
    addressee: str
    groups: tuple[SheetGroup, ...]
    pledge: str = ""
    signers: tuple[str, ...] = ()


def sample() -> Form:
    """For previews. Everybody is invented."""
    child = ("Họ, chữ đệm, tên", "Lê Minh Mẫu"), ("Ngày sinh", "10/02/2026"), ("Giới tính", "nữ"), ("Dân tộc", "Kinh")
    mother = ("Họ, chữ đệm, tên", "Nguyễn Thị Mẫu"), ("Ngày sinh", "12/04/1995"), ("Quốc tịch", "Việt Nam")
    return DeclarationSheet(
        letterhead=Letterhead(
            governing_body="Ủy ban nhân dân xã Mẫu Sơn Hạ",
            issuer="Trung tâm Phục vụ hành chính công xã Mẫu Sơn Hạ",
            place="Mẫu Sơn Hạ",
            date="ngày 05 tháng 03 năm 2026",
        ),
        dossier_code="H99.01.02-260305-0007",
        title="Tờ khai đăng ký khai sinh",
        addressee="Ủy ban nhân dân xã Mẫu Sơn Hạ",
        groups=(
            SheetGroup(
                title="Trẻ được khai sinh",
                lines=(
                    *(SheetLine(label=label, value=value, of="Trẻ") for label, value in child),
                    SheetLine(label="Giấy tờ chứng minh việc sinh", value="Giấy chứng sinh"),
                ),
            ),
            SheetGroup(
                title="Người mẹ",
                lines=tuple(SheetLine(label=label, value=value, of="Người mẹ") for label, value in mother),
            ),
            SheetGroup(
                title="Giấy tờ kèm theo",
                tables=(SheetTable(label="Giấy tờ", heads=("Tên", "Số tờ"), rows=(("Giấy chứng sinh", "1"),)),),
            ),
        ),
        pledge="Tôi cam đoan những nội dung khai trên đây là đúng sự thật.",
        signers=("Nguyễn Thị Mẫu",),
    )
