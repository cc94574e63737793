"""What a file is, by its content alone; nothing is decoded, unpacked to disk or run.

The name that a browser sends is only a label: path, control and direction marks go, its ending becomes that of what
the file is.
"""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from thanthien.core.files.kinds import DOCX, HEIC, JPEG, KINDS, PDF, PNG, XLSX, FileKind, names_of, size_in_words
from thanthien.core.files.pictures import check_picture
from thanthien.core.files.portable import check_pdf
from thanthien.core.files.refusal import FileRefused
from thanthien.core.files.zipped import check_zipped, kind_of_zip
from thanthien.core.text import clean

BLOCK = 64 * 1024
SNIFFED = 1024  # as much as a browser looks at when it guesses a type
LONGEST_STEM = 120
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
STARTS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
MARKUP = re.compile(rb"<\s*(script|html|svg|!doctype|iframe|body|\?php|%@)", re.IGNORECASE)
FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]')


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """An upload that is what it should be. `name` is fit to be shown and to be saved under."""

    name: str
    kind: FileKind
    size: int
    sha256: str
    content: IO[bytes]


def check_upload(upload: "UploadedFile[Any]", kinds: tuple[FileKind, ...] = KINDS) -> CheckedFile:
    """Reads an upload of one of these kinds. Raises `FileRefused` with what is wrong and what to do, in Vietnamese."""
    content: IO[bytes] = upload.file or upload
    size = upload.size or 0
    _check_size(size)
    kind = _kind_of(content)
    if kind not in kinds:
        raise FileRefused(_("Ở đây chỉ nhận tệp %(kinds)s.") % {"kinds": names_of(kinds)})
    _check_nothing_else(content, kind)
    _look_inside(content, kind, size)
    name = tidy_name(upload.name or "", kind)
    return CheckedFile(name=name, kind=kind, size=size, sha256=_fingerprint(content), content=content)


def _check_size(size: int) -> None:
    if size == 0:
        raise FileRefused(_("Tệp này rỗng, không có nội dung. Xin quét hoặc chụp lại."))
    if size > settings.UPLOAD_MAX_BYTES:
        words = {"size": size_in_words(size), "most": size_in_words(settings.UPLOAD_MAX_BYTES)}
        raise FileRefused(
            _("Tệp này nặng %(size)s, quá %(most)s. Xin quét lại với độ nét thấp hơn hoặc chia nhỏ.") % words
        )


def _kind_of(content: IO[bytes]) -> FileKind:
    content.seek(0)
    head = content.read(SNIFFED)
    for start, kind in STARTS:
        if head.startswith(start):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return HEIC
    if head.startswith(b"PK\x03\x04"):
        return kind_of_zip(content)
    raise FileRefused(_what_it_seems(head))


def _what_it_seems(head: bytes) -> str:
    words = {"kinds": names_of(KINDS)}
    if head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")):
        return _("Đây là một chương trình máy tính, không phải giấy tờ, dù tên tệp ghi gì. Xin không mở tệp này.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _("Tệp Word, Excel kiểu cũ hoặc đặt mật khẩu. Xin bỏ mật khẩu và lưu lại thành DOCX, XLSX hoặc PDF.")
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        return _("Đây là tệp nén. Xin giải nén và gửi từng tệp %(kinds)s.") % words
    if MARKUP.search(head):
        return _("Đây là tệp trang mạng hoặc hình vẽ SVG, có thể chứa mã. Xin gửi tệp %(kinds)s.") % words
    return _("Không nhận ra loại tệp này. Xin gửi tệp %(kinds)s.") % words


def _check_nothing_else(content: IO[bytes], kind: FileKind) -> None:
    """A file that is also something else (a polyglot) deceives whoever opens it."""
    content.seek(0)
    head = content.read(SNIFFED)
    also_pdf = kind is not PDF and b"%PDF-" in head
    also_zip = kind not in (DOCX, XLSX) and zipfile.is_zipfile(content)
    if also_pdf or also_zip or (kind not in (DOCX, XLSX) and MARKUP.search(head)):
        raise FileRefused(_("Tệp này vừa là %(kind)s vừa là một loại khác, nên không nhận.") % {"kind": kind.code})


def _look_inside(content: IO[bytes], kind: FileKind, size: int) -> None:
    content.seek(0)
    if kind is PDF:
        check_pdf(content, size)
    elif kind in (DOCX, XLSX):
        check_zipped(content)
    else:
        check_picture(content, kind, size)


def _fingerprint(content: IO[bytes]) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    while block := content.read(BLOCK):
        digest.update(block)
    content.seek(0)
    return digest.hexdigest()


def tidy_name(name: str, kind: FileKind) -> str:
    """ "../../sổ đỏ.exe" (a PDF) → "sổ đỏ.pdf": the last part, no control or direction marks, the right end."""
    last = re.split(r"[/\\]", name[:4096])[-1]
    words = FORBIDDEN_IN_NAMES.sub(" ", clean(last))
    stem, dot, end = words.rpartition(".")
    stem = stem if dot and len(end) <= 5 else words
    stem = clean(stem).strip(". ")[:LONGEST_STEM].strip()
    return f"{stem or _('tệp')}.{kind.extension}"


__all__ = ["CheckedFile", "FileRefused", "check_upload", "tidy_name"]
