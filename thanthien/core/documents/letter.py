"""Letters of the head of an agency to citizens: on a card (A5) or on a sheet (A4, Nghị định 30/2020).

Letters of the friendly-government model are no document type of the decree (DOMAIN 4.4): the card has a simple head and
no number; the sheet carries the fields of the decree for those who want them.
"""

from dataclasses import dataclass, field

from thanthien.core.documents.data import Form, Letterhead, Signer


@dataclass(frozen=True, kw_only=True)
class Letter(Form):
    """`paragraphs` are the words as they stand on the paper. `solemn`: grey where other letters have lotus pink.

    `pictures["signature"]` is an SVG.

    A template may get many at once in `letters`, each as `as_data` gives it, and prints each on pages of its own.
    """

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    signer: Signer
    book_line: str = ""
    solemn: bool = False
    recipients: tuple[str, ...] = ()
    pictures: dict[str, str] = field(default_factory=dict)


def sample() -> Form:
    """Filled in, for previews. The commune and its people are invented."""
    return Letter(
        letterhead=Letterhead(
            issuer="Ủy ban nhân dân xã Mẫu Sơn Hạ", place="Mẫu Sơn Hạ", date="ngày 05 tháng 02 năm 2026",
            number="07/2026",
        ),
        title="Thư chúc mừng hạnh phúc", addressee="Anh Trần Văn Ví Dụ và chị Nguyễn Thị Mẫu", paragraphs=PARAGRAPHS,
        signer=Signer(titles=("TM. Ủy ban nhân dân", "Chủ tịch"), full_name="Phạm Văn Thử"),
        book_line="Sổ thư số 07/2026", recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip


PARAGRAPHS = (
    "Ủy ban nhân dân xã Mẫu Sơn Hạ trân trọng chúc mừng anh Trần Văn Ví Dụ và chị Nguyễn Thị Mẫu đã đăng ký kết hôn "
    "ngày 05/02/2026, chính thức nên duyên vợ chồng.",
    "Chúc anh chị luôn yêu thương, tôn trọng, thủy chung, cùng nhau vun đắp một gia đình no ấm, bình đẳng, tiến bộ, "
    "hạnh phúc.",
    "Chúc anh chị trăm năm hạnh phúc./.",
)
