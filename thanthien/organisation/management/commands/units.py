"""`thanthien units import FILE.csv`: units from a list (columns: thanthien/organisation/data/README.md)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from thanthien.organisation.actions import import_units
from thanthien.organisation.outside import read_unit_rows
from thanthien.organisation.queries import console


class Command(BaseCommand):
    help = "Nhập danh sách đơn vị từ tệp CSV; chạy lại không làm thay đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        reading = commands.add_parser("import", help="nhập từ tệp CSV")
        reading.add_argument("file", type=Path)
        reading.add_argument("--json", action="store_true", help="báo cáo ở dạng JSON")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Exit status 1 when a line was not taken."""
        rows, faults = read_unit_rows(file)
        report = import_units(rows, by=console(), at=timezone.now())
        report.rejected[:0] = faults
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json, ensure_ascii=False))
        else:
            self.stdout.write(f"Thêm {report.created}, sửa {report.updated}, giữ nguyên {report.unchanged} đơn vị.")
            for fault in report.rejected:
                self.stderr.write(f"{fault.source}: {fault.reason}")
        if report.rejected:
            raise SystemExit(1)
