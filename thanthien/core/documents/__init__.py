"""Documents on paper: Typst templates in versions, PDFs issued once and kept.

`compiler` draws, `kinds` and `data` say what each form is, `templates` keeps versions, `issuing` hands out and keeps.
"""

from thanthien.core.documents.codes import qr
from thanthien.core.documents.compiler import (
    DocumentError,
    Fault,
    FontMissing,
    TemplateFault,
    font_problem,
    render,
    render_png,
)

__all__ = [
    "DocumentError",
    "Fault",
    "FontMissing",
    "TemplateFault",
    "font_problem",
    "qr",
    "render",
    "render_png",
]
