"""`thanthien guidance load`: what is built in, for a new installation or after an upgrade. Harmless when repeated."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils.timezone import now

from thanthien.guidance.actions import load_starting_flows

NO_DATABASE = 3
BY = "quản trị hệ thống"


class Command(BaseCommand):
    help = "Luồng hướng dẫn có sẵn: nạp những luồng chưa có; luồng đã sửa giữ nguyên."

    def add_arguments(self, parser: CommandParser) -> None:
        orders = parser.add_subparsers(dest="order", required=True)
        orders.add_parser("load", help="nạp những luồng hướng dẫn có sẵn còn thiếu")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load_starting_flows(by=BY, at=now())
        except (OperationalError, ProgrammingError) as fault:
            message = f"Cơ sở dữ liệu chưa sẵn sàng ({fault}). Xin chạy: thanthien migrate"
            raise CommandError(message, returncode=NO_DATABASE) from fault
        self.stdout.write(f"Đã nạp {count} luồng hướng dẫn có sẵn.")
