"""`thanthien doctor`: what is wrong and how to mend it, in plain Vietnamese."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import gettext as _

from thanthien.core.operations.doctor import Report, examine_all


class Command(BaseCommand):
    help = "Khám hệ thống: điều gì chưa ổn và cách sửa. Mã thoát 1 khi có lỗi phải sửa."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="cho chương trình khác đọc")

    def handle(self, **options: Any) -> None:
        reports = []
        for report in examine_all(at=now()):
            reports.append(report)
            if not options["json"]:
                self._tell(report)
        serious = any(trouble.serious for report in reports for trouble in report.troubles)
        if options["json"]:
            self._write_json(reports, well=not serious)
        else:
            self.stdout.write(_("Có lỗi phải sửa.") if serious else _("Hệ thống hoạt động được."))
        if serious:
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        if not report.troubles:
            self.stdout.write(f"✓ {report.name}")
        for trouble in report.troubles:
            self.stdout.write(f"{'✗' if trouble.serious else '!'} {report.name}: {trouble.what}")
            self.stdout.write(f"    → {trouble.mend}")

    def _write_json(self, reports: list[Report], *, well: bool) -> None:
        found = [{"name": one.name, "troubles": [asdict(trouble) for trouble in one.troubles]} for one in reports]
        self.stdout.write(json.dumps({"ok": well, "examinations": found}, ensure_ascii=False, indent=2))
