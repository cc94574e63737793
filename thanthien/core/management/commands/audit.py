"""`thanthien audit verify`: does the timeline still say what was written?"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.models import TimelineEntry
from thanthien.core.operations.progress import Progress


class Command(BaseCommand):
    help = "Kiểm tra nhật ký: dòng nào bị sửa, xóa hay chèn. Mã thoát 1 khi thấy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument("--json", action="store_true", help="cho chương trình khác đọc")

    def handle(self, **options: Any) -> None:
        count = TimelineEntry.objects.count()
        progress = Progress(sys.stderr, _("Đang kiểm tra nhật ký:"), count)
        faults = list(timeline.verify(seen=progress.add))
        progress.end()
        if options["json"]:
            self._write_json(count, faults)
        else:
            self._tell(count, faults)
        if faults:
            sys.exit(1)

    def _tell(self, count: int, faults: list[timeline.Fault]) -> None:
        for fault in faults:
            self.stdout.write(f"✗ {fault.subject} #{fault.position}: {fault.what}")
        words = {"count": count, "faults": len(faults)}
        self.stdout.write(_("%(count)s dòng nhật ký, %(faults)s chỗ sai.") % words)

    def _write_json(self, count: int, faults: list[timeline.Fault]) -> None:
        answer = {"ok": not faults, "entries": count, "faults": [asdict(fault) for fault in faults]}
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
