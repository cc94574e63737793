"""Tờ khai on paper: what a citizen stated, to be read again and signed. Its questions are data, and so its lines."""

from dataclasses import dataclass

from thanthien.core.documents.data import Form, Letterhead


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """An answer. Lines with the same `of` (a person, a place) stand together under that name; those of the same
    `row` that follow each other share one, as "Giới tính, Dân tộc, Quốc tịch" do on the forms of civil status."""

    label: str
    value: str
    of: str = ""
    row: str = ""


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
    """`signers` are the names under which is signed: one, or both spouses; `signer_titles` what stands over each.
    `basis` is the law that the form follows, with the number of its form; `enclosed` the papers sent along."""

    title: str
    addressee: str
    groups: tuple[SheetGroup, ...]
    pledge: str = ""
    signers: tuple[str, ...] = ()
    signer_titles: tuple[str, ...] = ()
    basis: str = ""
    enclosed: tuple[str, ...] = ()


def sample() -> Form:
    """For previews. Everybody is invented."""
    day = "10/02/2026 (ghi bằng chữ: Ngày mười tháng hai năm hai nghìn không trăm hai mươi sáu)"
    child = ("Họ, chữ đệm, tên", "LÊ MINH MẪU"), ("Ngày sinh", day)
    short = ("Giới tính", "nữ"), ("Dân tộc", "Kinh"), ("Quốc tịch", "Việt Nam")
    mother = ("Họ, chữ đệm, tên", "NGUYỄN THỊ MẪU"), ("Ngày sinh", "12/04/1995")
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
                    *(SheetLine(label=label, value=value, of="Trẻ", row="kind") for label, value in short),
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
        signer_titles=("Người yêu cầu",),
        basis="Luật Hộ tịch 60/2014/QH13; mẫu theo Thông tư 04/2020/TT-BTP",
    )
