"""The kinds of files that are taken in, and how much of them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """A kind by its content. `is_picture`: a browser may show it inside a page; everything else is only saved."""

    code: str
    media_type: str
    extension: str
    is_picture: bool = False


PDF = FileKind(code="PDF", media_type="application/pdf", extension="pdf")
JPEG = FileKind(code="JPEG", media_type="image/jpeg", extension="jpg", is_picture=True)
PNG = FileKind(code="PNG", media_type="image/png", extension="png", is_picture=True)
HEIC = FileKind(code="HEIC", media_type="image/heic", extension="heic")
DOCX = FileKind(
    code="DOCX", extension="docx", media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)
XLSX = FileKind(
    code="XLSX", extension="xlsx", media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)
KINDS = (PDF, JPEG, PNG, HEIC, DOCX, XLSX)
IMAGES = (JPEG, PNG, HEIC)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}


def names_of(kinds: tuple[FileKind, ...]) -> str:
    return ", ".join(kind.code for kind in kinds)


def accepted_by(kinds: tuple[FileKind, ...]) -> str:
    """For the `accept` of an input: a help for choosing, no check."""
    return ",".join(f".{kind.extension}" for kind in kinds) + (",.jpeg" if JPEG in kinds else "")


def size_in_words(size: int) -> str:
    """ "20 MB", "350 KB" (1 MB = 1,048,576 bytes)."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB".replace(".0 ", " ").replace(".", ",")
    return f"{max(1, round(size / 1024))} KB"


def limits_in_words(kinds: tuple[FileKind, ...] = KINDS, *, most: int | None = None) -> str:
    """What is taken, said before somebody chooses a file."""
    most = settings.UPLOAD_MAX_FILES if most is None else most
    words = {"kinds": names_of(kinds), "size": size_in_words(settings.UPLOAD_MAX_BYTES), "most": most}
    if most == 1:
        return _("Nhận tệp %(kinds)s, không quá %(size)s.") % words
    return _("Nhận tệp %(kinds)s; mỗi tệp không quá %(size)s, mỗi lần không quá %(most)s tệp.") % words
