"""Draws a template that somebody is still writing, in a process of its own with a limit on time and memory.

A template can ask for a million pages; a worker of the site must not be the one who draws them. Run as a module it
reads `{"source", "data", "ppi"}` as JSON from standard input and answers `{"pages": […]}` (PNG, base64) or
`{"fault": {message, line, column}}`.
"""

import base64
import json
import resource
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from thanthien.core.documents.compiler import DocumentError, Fault, FontMissing, TemplateFault, render_png

SECONDS = 15
MEMORY = 2 * 1024**3
PAGES = 8


class TooLarge(DocumentError):
    """The template needs more time or memory than a printed page ever should."""


def draw(source: str, data: dict[str, Any], *, ppi: float = 100) -> list[bytes]:
    """The first pages (at most `PAGES`) as PNG. Raises `TemplateFault`, `FontMissing`, `TooLarge`."""
    question = json.dumps({"source": source, "data": data, "ppi": ppi}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__], input=question, capture_output=True, timeout=SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise TooLarge("Mẫu chạy quá lâu hoặc tạo ra quá nhiều trang. Hãy xem lại các vòng lặp trong mẫu.") from error
    answer = json.loads(done.stdout)
    if "fault" in answer:
        raise TemplateFault(Fault(**answer["fault"]))
    if "missing" in answer:
        raise FontMissing(answer["missing"])
    return [base64.b64decode(page) for page in answer["pages"]]


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    try:
        pages = render_png(question["source"], question["data"], ppi=question["ppi"])
    except TemplateFault as error:
        return {"fault": asdict(error.fault)}
    except FontMissing as error:
        return {"missing": str(error)}
    return {"pages": [base64.b64encode(page).decode() for page in pages[:PAGES]]}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(_answer(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
