"""DOCX and XLSX: a ZIP with the right parts, none of them a program, that unpacks to something sane.

Every part is unpacked once, 64 KB at a time, into nothing: so a bomb, a cut file and a wrong checksum all show, and
memory stays small. The directory is measured before it is read: half a million entries alone would fill the memory.
"""

import re
import struct
import zipfile
import zlib
from typing import IO

from django.utils.translation import gettext as _

from thanthien.core.files.kinds import DOCX, XLSX, FileKind
from thanthien.core.files.refusal import FileRefused

BLOCK = 64 * 1024
MOST_PARTS = 2_000
MOST_DIRECTORY = MOST_PARTS * 300
MOST_UNPACKED = 100 * 1024 * 1024
MOST_TIMES = 150  # text packs 20 to 50 times; a bomb a thousand
END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
LONGEST_END = END_OF_DIRECTORY.size + 65_535
PROGRAMS = re.compile(r"(vbaproject|vbadata)\.\w+$|/activex/|/macrosheets/|/dialogsheets/", re.IGNORECASE)
MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
# OOXML has no definitions; they make XML bombs. As it is written in UTF-8 and in both UTF-16.
DEFINITIONS = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
TYPES = "[Content_Types].xml"
MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def kind_of_zip(content: IO[bytes]) -> FileKind:
    """DOCX or XLSX by the main part; other ZIPs are refused."""
    names = {part.filename for part in _parts(content)}
    found = [kind for name, kind in MAIN_PARTS.items() if name in names]
    if TYPES not in names or len(found) != 1:
        raise FileRefused(_("Đây là tệp nén hoặc gói cài đặt. Xin giải nén và gửi từng tệp PDF, ảnh, DOCX, XLSX."))
    return found[0]


def check_zipped(content: IO[bytes]) -> None:
    parts = _parts(content)
    _check_sizes(parts)
    for part in parts:
        _check_name(part)
    try:
        with zipfile.ZipFile(content) as archive:
            for part in parts:
                _unpack_into_nothing(archive, part)
    except BROKEN:
        raise FileRefused(_broken()) from None


def _broken() -> str:
    return _("Tệp Word hoặc Excel này bị hỏng hoặc chưa tải hết. Xin mở thử trên máy, lưu lại rồi gửi lại.")


def _parts(content: IO[bytes]) -> list[zipfile.ZipInfo]:
    _check_directory(content)
    try:
        with zipfile.ZipFile(content) as archive:
            parts = archive.infolist()
    except BROKEN:
        raise FileRefused(_broken()) from None
    if len(parts) > MOST_PARTS:
        raise FileRefused(_too_many())
    return parts


def _check_directory(content: IO[bytes]) -> None:
    """How large the list of parts says it is, before any of it is read."""
    size = content.seek(0, 2)
    content.seek(max(0, size - LONGEST_END))
    tail = content.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < END_OF_DIRECTORY.size:
        raise FileRefused(_broken())
    length = END_OF_DIRECTORY.unpack_from(tail, place)[5]
    is_huge = tail[max(0, place - 20) :].startswith(b"PK\x06\x07")  # ZIP64: its own directory, of any size
    if is_huge or length > MOST_DIRECTORY:
        raise FileRefused(_too_many())


def _too_many() -> str:
    return _("Tệp này chứa nhiều phần quá mức của một văn bản. Xin in ra PDF rồi gửi lại.")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """What all of it says to unpack to, and how that compares to what it is packed in."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > MOST_UNPACKED or (unpacked > 8 * 1024 * 1024 and unpacked > MOST_TIMES * packed):
        raise FileRefused(_("Tệp này giải nén ra quá lớn. Xin in ra PDF rồi gửi lại."))


def _check_name(part: zipfile.ZipInfo) -> None:
    name = part.filename
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\x00" in name:
        raise FileRefused(_broken())
    if PROGRAMS.search(f"/{name}"):
        raise FileRefused(_has_macros())
    if part.flag_bits & 0x1:
        raise FileRefused(_("Tệp này đặt mật khẩu. Xin bỏ mật khẩu rồi gửi lại."))


def _has_macros() -> str:
    return _("Tệp này có macro (chương trình bên trong). Xin lưu lại thành DOCX, XLSX không macro hoặc PDF.")


def _unpack_into_nothing(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    is_markup = part.filename.endswith((".xml", ".rels"))
    with archive.open(part) as stream:
        before = b""
        while block := stream.read(BLOCK):
            if is_markup and any(words in before + block for words in DEFINITIONS):
                raise FileRefused(_broken())
            if part.filename == TYPES and MACROS.search(before + block):
                raise FileRefused(_has_macros())
            before = block[-32:]
