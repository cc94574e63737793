"""Pictures: of the format they begin like, whole, and of a size that a computer can open. Never decoded here."""

import io
import struct
import warnings
from typing import IO

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image

from thanthien.core.files.kinds import HEIC, JPEG, PNG, FileKind
from thanthien.core.files.refusal import FileRefused

MOST_PIXELS = 80_000_000  # A3 at 600 dpi; a telephone has 12 to 50 million
TAIL = 512 * 1024
FORMATS = {JPEG: "JPEG", PNG: "PNG"}


def check_picture(content: IO[bytes], kind: FileKind, size: int) -> None:
    """Opens the head only: width and height count before a single row is decoded."""
    try:
        width, height = _heic_size(content) if kind is HEIC else _size(content, kind)
    except Image.DecompressionBombError:
        raise FileRefused(_too_large()) from None
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError, struct.error):
        raise FileRefused(_broken()) from None
    if width < 1 or height < 1:
        raise FileRefused(_broken())
    if width * height > MOST_PIXELS:
        raise FileRefused(_too_large())
    if kind is not HEIC and not _is_whole(content, kind, size):
        raise FileRefused(_broken())


def _broken() -> str:
    return _("Ảnh này bị hỏng hoặc chưa tải hết. Xin chụp hoặc quét lại.")


def _too_large() -> str:
    most = MOST_PIXELS // 1_000_000
    return _("Ảnh này có hơn %(most)s triệu điểm ảnh, lớn quá. Xin chụp hoặc quét nhỏ hơn.") % {"most": most}


def _size(content: IO[bytes], kind: FileKind) -> tuple[int, int]:
    content.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(io.BufferedReader(_Kept(content)), formats=[FORMATS[kind]]) as picture:
            return picture.size


class _Kept(io.RawIOBase):
    """The upload for Pillow, which closes what it is given."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        data = self._content.read(len(room))
        room[: len(data)] = data
        return len(data)

    def seek(self, place: int, whence: int = 0) -> int:
        return self._content.seek(place, whence)

    def tell(self) -> int:
        return self._content.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def _heic_size(content: IO[bytes]) -> tuple[int, int]:
    """The largest picture inside: libheif reads the boxes, no pixel."""
    content.seek(0)
    heif = pillow_heif.open_heif(content.read(), convert_hdr_to_8bit=False)
    sizes = [picture.size for picture in heif]
    return max(sizes, key=lambda size: size[0] * size[1])


def _is_whole(content: IO[bytes], kind: FileKind, size: int) -> bool:
    """Has its own end. Telephones hang a film or notes behind the end of a JPEG, so it need not be the last byte."""
    if kind is PNG:
        content.seek(max(0, size - TAIL))
        return b"IEND\xaeB`\x82" in content.read(TAIL)
    content.seek(size // 2)
    before = b""
    while block := content.read(TAIL):
        if b"\xff\xd9" in before + block:
            return True
        before = block[-1:]
    return False
