"""Typst behind one door: a template's source and its data in, PDF or PNG out.

Data never becomes source: it travels as JSON in `sys.inputs` and the templates read it by `/lib.typ`. A template sees
no file outside `typst/` (Typst's own sandbox), no font but Tinos. One `typst.Compiler` per thread, kept: 3 ms a page
instead of 28. Nothing here knows Django, so that `sandbox` starts in a tenth of a second.
"""

import json
import logging
import re
import threading
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Literal, cast

import typst

from thanthien.core.documents.codes import qr

logger = logging.getLogger(__name__)
TEMPLATE_DIR = Path(__file__).parent / "typst"
FONT_DIR = Path(__file__).parents[2] / "ui" / "static" / "vendor" / "tinos"
FONT_FAMILY = "Tinos"
FACES = {("normal", 400), ("italic", 400), ("normal", 700), ("italic", 700)}
# Long-term storage and screen readers; a character that Tinos lacks makes both impossible (see `_compile`).
STANDARDS = ["a-2a", "ua-1"]
PLACE = re.compile(r"__typst_py_bytes__\.typ:(\d+):(\d+)")
_local = threading.local()


class DocumentError(Exception):
    """A document could not be made or read. Its text is Vietnamese, for the person who waits for the paper."""


class FontMissing(DocumentError):
    """Tinos is not where it should be."""


@dataclass(frozen=True)
class Fault:
    """What Typst said about a template, and where (line and column in the template, from 1; 0: elsewhere)."""

    message: str
    line: int = 0
    column: int = 0


class TemplateFault(DocumentError):
    """A template does not compile. `fault` says where."""

    def __init__(self, fault: Fault) -> None:
        place = f" ở dòng {fault.line}" if fault.line else ""
        super().__init__(f"Mẫu giấy tờ có lỗi{place}: {fault.message}")
        self.fault = fault


def render(
    template_source: str, data: dict[str, Any], *, timestamp: datetime | None = None, standards: bool = True
) -> bytes:
    """One PDF: tagged, PDF/A-2a and PDF/UA-1 where its characters allow.

    `data` holds text, whole numbers, booleans, lists and dictionaries; text is made NFC; every `qr_text` in its top
    level gets a `qr_svg` beside it. Raises `TemplateFault`, `FontMissing`.
    """
    made_at = timestamp and timestamp.replace(microsecond=0).astimezone(timezone(timestamp.utcoffset() or timedelta()))
    options = {"pdf_standards": STANDARDS if standards else [], "timestamp": made_at}
    return cast(bytes, _compile(template_source, data, "pdf", options))


def render_png(template_source: str, data: dict[str, Any], *, ppi: float = 110) -> list[bytes]:
    """The pages as PNG images, for previews. Raises as `render` does."""
    pages = _compile(template_source, data, "png", {"ppi": ppi})
    return pages if isinstance(pages, list) else [pages]


def font_problem() -> str:
    """What `doctor` has to say about the font of documents; "" when it is there."""
    try:
        _fonts()
    except FontMissing as problem:
        return str(problem)
    return ""


def prepare(value: Any) -> Any:
    """Data as documents print it: NFC, without control characters (PDF/A forbids them), line breaks kept."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
        return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    if isinstance(value, dict):
        return {key: prepare(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [prepare(part) for part in value]
    return value


def _compile(
    source: str, data: dict[str, Any], output: Literal["pdf", "png"], options: dict[str, Any]
) -> bytes | list[bytes]:
    inputs = {"data": json.dumps(_with_codes(prepare(data)), ensure_ascii=False)}
    try:
        return cast("bytes | list[bytes]", _run(source, inputs, output, options))
    except typst.TypstError as error:
        if options.get("pdf_standards") and "PDF/" in error.message:
            # A name with a character that Tinos lacks: the paper still has to come out, only not as PDF/A.
            logger.warning("document made without PDF/A: %s", error.message)
            return _compile(source, data, output, options | {"pdf_standards": []})
        raise TemplateFault(_fault_of(error)) from error


def _run(source: str, inputs: dict[str, str], output: Literal["pdf", "png"], options: dict[str, Any]) -> Any:
    return _compiler().compile(source.encode(), format=output, sys_inputs=inputs, **options)


def _with_codes(data: dict[str, Any]) -> dict[str, Any]:
    codes = {f"{key.removesuffix('_text')}_svg": qr(str(data[key])) for key in _code_keys(data)}
    return data | codes


def _code_keys(data: dict[str, Any]) -> list[str]:
    return [key for key in data if key.endswith("qr_text") and data[key]]


def _fault_of(error: typst.TypstError) -> Fault:
    place = PLACE.search(error.diagnostic)
    line, column = (int(place[1]), int(place[2]) + 1) if place else (0, 0)  # Typst counts columns from 0
    return Fault(message=" — ".join([error.message, *error.hints]), line=line, column=column)


def _compiler() -> typst.Compiler:
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(root=str(TEMPLATE_DIR), font_paths=_fonts(), ignore_system_fonts=True)
    return cast(typst.Compiler, _local.compiler)


def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_DIR)])
    missing = FACES - {(face.style, face.weight) for face in fonts.fonts() if face.family == FONT_FAMILY}
    if missing:
        raise FontMissing(
            f"Thiếu phông chữ Tinos để in giấy tờ (tìm trong {FONT_DIR}). Hãy chạy lệnh «make setup» rồi khởi động lại."
        )
    return fonts
