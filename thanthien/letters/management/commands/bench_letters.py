"""`thanthien bench letters`: a thousand letters against the bare compiler. Ctrl-C stops it, the same folder goes on."""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.operations.progress import Progress
from thanthien.letters.management.benchmark.letters import MOST_MS, MOST_TIMES, write_letters


class Command(BaseCommand):
    help = "Đo tốc độ in thư (docs/performance.md, P11): có tiến độ, dừng được bằng Ctrl-C, chạy tiếp được."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=1000)
        parser.add_argument("--folder", default="", help="nơi để các thư; chạy lại với cùng thư mục thì làm tiếp")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, count: int, folder: str, **options: Any) -> None:
        place = Path(folder or tempfile.mkdtemp(prefix="thanthien-letters-"))
        progress = Progress(self.stderr, _("In thư"), count)
        try:
            result = write_letters(place, count, at=timezone.now(), made=progress.add)
        except KeyboardInterrupt:
            said = _("Đã dừng. Chạy lại với --folder %(folder)s để in tiếp.") % {"folder": place}
            raise CommandError(said, returncode=130) from None
        progress.end()
        summary = result.summary() | {"folder": str(place)}
        self.stdout.write(json.dumps(summary, ensure_ascii=False) if options["json"] else _table(summary))


def _table(found: dict[str, Any]) -> str:
    if not found["made"]:
        return _("Đủ %(found)s thư từ lần trước, không có gì để đo.") % found
    marks = {True: "+", False: "-"}
    quick, near = found["p95_ms"] <= MOST_MS, found["times_bare"] <= MOST_TIMES
    beside = f"{found['seconds']} s, Typst {found['bare_seconds']} s"
    return "\n".join([
        f"  {marks[quick]} p95 {found['p95_ms']} ms (<= {MOST_MS} ms), p50 {found['p50_ms']} ms",
        f"    processors: p95 {found['processor_p95_ms']} ms, {found['processor_seconds']} s",
        f"  {marks[near]} {found['made']}: {beside}, {found['times_bare']} x (<= {MOST_TIMES} x)",
        f"  {found['folder']}",
    ])  # fmt: skip
