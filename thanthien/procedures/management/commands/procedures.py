"""`thanthien procedures import PATH…` and `thanthien procedures starting-catalogue`."""

import json
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils.timezone import now

from thanthien.procedures.actions import ImportReport, import_records, import_starting_catalogue
from thanthien.procedures.outside import NothingThere, read_path

REJECTED = 1
USAGE = 2
NO_DATABASE = 3
BY = "quản trị hệ thống"


class Command(BaseCommand):
    help = "Danh mục thủ tục hành chính: nhập bản ghi của Cổng Dịch vụ công quốc gia, nạp danh mục khởi đầu."

    def add_arguments(self, parser: CommandParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        taking = orders.add_parser("import", help="nhập tệp .json, .jsonl, .xlsx hoặc thư mục (kể cả thư mục con)")
        taking.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        taking.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
        starting = orders.add_parser("starting-catalogue", help="nạp danh mục khởi đầu của một xã mới")
        for order in (taking, starting):
            order.add_argument("--json", action="store_true", help="in báo cáo dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        order = self._import if options["order"] == "import" else self._start
        try:
            report = order(options)
        except (OperationalError, ProgrammingError) as fault:
            message = f"Cơ sở dữ liệu chưa sẵn sàng ({fault}). Xin chạy: thanthien migrate"
            raise CommandError(message, returncode=NO_DATABASE) from fault
        self._say(report, as_json=options["json"])
        if report.rejected:
            raise CommandError(f"{len(report.rejected)} bản ghi bị từ chối.", returncode=REJECTED)

    def _import(self, options: dict[str, Any]) -> ImportReport:
        try:
            found = chain.from_iterable([read_path(path) for path in _distinct(options["paths"])])
        except NothingThere as path:
            raise CommandError(f"Không có tệp hoặc thư mục này: {path}", returncode=USAGE) from None
        return import_records(found, by=BY, at=now(), dry_run=options["dry_run"], progress=self._progress)

    def _start(self, options: dict[str, Any]) -> ImportReport:
        return import_starting_catalogue(by=BY, at=now())

    def _progress(self, done: int) -> None:
        self.stderr.write(f"đã xem {done} bản ghi", self.style.NOTICE)

    def _say(self, report: ImportReport, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
            return
        for fault in report.rejected:
            self.stdout.write(f"  bỏ: {fault.source}: {fault.reason}")
        self.stdout.write(
            f"Mới {report.created}, cập nhật {report.updated}, giữ nguyên {report.unchanged}, "
            f"từ chối {len(report.rejected)}."
        )


def _distinct(paths: list[Path]) -> list[Path]:
    """Without those that lie in a folder which is named too."""
    whole = {path.resolve() for path in paths}
    kept = {path.resolve(): path for path in paths if not whole & set(path.resolve().parents)}
    return list(kept.values())
