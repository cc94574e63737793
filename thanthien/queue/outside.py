"""Receipt printers in the network, by ESC/POS. Knows no model: it draws and sends.

The slip is drawn as a picture, since cheap printers know no Vietnamese letters.
"""

from dataclasses import dataclass

import segno
from django.contrib.staticfiles.finders import find
from django.utils.translation import gettext as _
from escpos.exceptions import Error as PrinterError
from escpos.printer import Network
from PIL import Image, ImageDraw, ImageFont

WIDTH = 512  # dots: 80 mm paper at 203 dpi, with a margin
PATIENCE = 3  # seconds that somebody at a kiosk is kept waiting for a printer
NO_PAPER = 0
FONT = {False: "vendor/tinos/Tinos_400Regular.ttf", True: "vendor/tinos/Tinos_700Bold.ttf"}


class PrinterFault(Exception):
    """Why nothing came out, as a sentence for whoever stands before the printer."""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What is printed: `lines` above and below the number; `address` becomes a QR."""

    heading: str
    code: str
    lines: list[str]
    address: str


def print_slip(slip: Slip, *, host: str, port: int) -> None:
    """Prints and cuts. Raises `PrinterFault` when the printer does not answer or has no paper."""
    if not host:
        raise PrinterFault(_("Sảnh này chưa đặt địa chỉ máy in."))
    picture, printer = drawn(slip), Network(host, port=port, timeout=PATIENCE)
    try:
        printer.open()
        if printer.paper_status() == NO_PAPER:
            raise PrinterFault(
                _("Máy in hết giấy. Xin ông/bà nhớ số trên màn hình hoặc quét mã QR, và báo giúp cán bộ.")
            )
        printer.image(picture, impl="bitImageRaster", center=False)
        printer.cut()
    except (OSError, PrinterError, IndexError) as error:
        raise PrinterFault(
            _("Máy in chưa trả lời. Xin ông/bà nhớ số trên màn hình hoặc quét mã QR, và báo giúp cán bộ.")
        ) from error
    finally:
        printer.close()


def drawn(slip: Slip) -> Image.Image:
    """The slip in black and white."""
    picture = Image.new("1", (WIDTH, 900), 1)
    draw, y = ImageDraw.Draw(picture), 10
    y = _centred(draw, y, slip.heading, 30, bold=True)
    y = _centred(draw, y + 8, slip.code, 130, bold=True)
    for line in slip.lines:
        y = _centred(draw, y + 6, line, 28)
    code = segno.make(slip.address, error="m")
    matrix = list(code.matrix_iter(scale=5, border=3))
    left = (WIDTH - len(matrix[0])) // 2
    for row, cells in enumerate(matrix):
        for column, dark in enumerate(cells):
            if dark:
                picture.putpixel((left + column, y + 10 + row), 0)
    return picture.crop((0, 0, WIDTH, y + len(matrix) + 20))


def _centred(draw: ImageDraw.ImageDraw, y: int, text: str, size: int, *, bold: bool = False) -> int:
    """Writes a paragraph in the middle, broken where it does not fit; returns where the next one may begin."""
    font = ImageFont.truetype(str(find(FONT[bold])), size)
    for line in _broken(text, font):
        draw.text((WIDTH // 2, y), line, font=font, fill=0, anchor="ma")
        y += int(size * 1.25)
    return y


def _broken(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
