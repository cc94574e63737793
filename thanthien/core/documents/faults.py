"""What is wrong with a template, in words that an administrator understands."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.documents.compiler import Fault
from thanthien.core.navigation import Label

# Typst's words (they name at most one thing) → ours.
KNOWN: list[tuple[str, Label]] = [
    (r"unknown variable: (?P<name>\S+)", gettext_lazy("Không có tên «%(name)s». Hãy xem lại chính tả.")),
    (
        r'dictionary does not contain key "(?P<name>[^"]+)"',
        gettext_lazy("Giấy này không có trường dữ liệu «%(name)s»."),
    ),
    (r"unclosed delimiter", gettext_lazy("Có dấu ngoặc mở mà chưa đóng.")),
    (r"unclosed string", gettext_lazy("Có dấu nháy mở mà chưa đóng.")),
    (r"unexpected (?P<name>.+)", gettext_lazy("Gặp «%(name)s» ở chỗ không đúng.")),
    (r"expected (?P<name>.+)", gettext_lazy("Chỗ này thiếu hoặc sai kiểu: cần «%(name)s».")),
    (r"file not found|escape the project root", gettext_lazy("Mẫu chỉ được dùng các tệp có sẵn của hệ thống.")),
    (r"package", gettext_lazy("Mẫu không được dùng gói ở ngoài.")),
    (r"maximum .* depth exceeded|infinite|always true", gettext_lazy("Mẫu lặp mãi không dừng.")),
    (r"document must have a title|missing document title", gettext_lazy("Giấy chưa có tên (title) cho máy đọc.")),
]


def explain(fault: Fault) -> str:
    """One sentence with the place, then Typst's own words for who knows them."""
    place = _("Dòng %(line)s, cột %(column)s: ") % {"line": fault.line, "column": fault.column} if fault.line else ""
    own = _("(Typst: %(message)s)") % {"message": fault.message}
    return f"{place}{_meaning(fault.message)} {own}"


def _meaning(message: str) -> str:
    for pattern, words in KNOWN:
        if found := re.search(pattern, message):
            return str(words) % found.groupdict()
    return _("Mẫu có lỗi, chưa dựng được.")
