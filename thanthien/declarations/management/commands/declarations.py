"""`thanthien declarations load`: the built-in forms, for new installations and upgrades. Repeating does no harm."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils.timezone import now

from thanthien.declarations.actions import load_starting_forms

NO_DATABASE = 3
BY = "quản trị hệ thống"


class Command(BaseCommand):
    help = "Tờ khai có sẵn: nạp cho những thủ tục trong danh mục chưa có tờ khai; tờ khai đã sửa giữ nguyên."

    def add_arguments(self, parser: CommandParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        orders.add_parser("load", help="nạp những tờ khai có sẵn còn thiếu")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load_starting_forms(by=BY, at=now())
        except (OperationalError, ProgrammingError) as fault:
            message = f"Cơ sở dữ liệu chưa sẵn sàng ({fault}). Xin chạy: thanthien migrate"
            raise CommandError(message, returncode=NO_DATABASE) from fault
        self.stdout.write(f"Đã nạp {count} tờ khai có sẵn.")
