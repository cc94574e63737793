"""PDF: whole, open, without anything that starts by itself. Looked at as bytes; never drawn."""

import re
from typing import IO

from django.utils.translation import gettext as _

from thanthien.core.files.refusal import FileRefused

BLOCK = 1024 * 1024
OVERLAP = 64  # a name cut in two by the edge of a block
TAIL = 2048
HEADER = re.compile(rb"%PDF-[12]\.\d")
END = re.compile(rb"%%EOF[\s\x00]*\Z")
ENCRYPTED = re.compile(rb"/Encrypt[\s<\[(/]")
# Long names only: "/JS" alone would turn up by chance in one compressed scan of twenty.
ACTIVE = re.compile(rb"/(JavaScript|Launch|RichMedia)[\s<\[(/>]")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")  # /J#61vaScript is /JavaScript


def check_pdf(content: IO[bytes], size: int) -> None:
    """Header and end in their places, no password, nothing that runs."""
    content.seek(max(0, size - TAIL))
    tail = content.read(TAIL)
    content.seek(0)
    if not HEADER.match(content.read(8)) or not END.search(tail):
        raise FileRefused(_("Tệp PDF này bị hỏng hoặc chưa tải hết. Xin mở thử trên máy, lưu lại rồi gửi lại."))
    content.seek(0)
    _check_names(content)


def _check_names(content: IO[bytes]) -> None:
    before = b""
    while block := content.read(BLOCK):
        text = ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), before + block)
        if ENCRYPTED.search(text):
            raise FileRefused(_("Tệp PDF này đặt mật khẩu. Xin bỏ mật khẩu (in ra PDF mới) rồi gửi lại."))
        if ACTIVE.search(text):
            raise FileRefused(_("Tệp PDF này có mã tự chạy bên trong. Xin in ra PDF mới rồi gửi lại."))
        before = block[-OVERLAP:]
