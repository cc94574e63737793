"""`thanthien restore FILE`: the whole house from one backup file."""

import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from thanthien.core.operations.backup import BackupFault
from thanthien.core.operations.progress import Progress
from thanthien.core.operations.restore import restore, unpacked_bytes
from thanthien.core.words import short_moment


class Command(BaseCommand):
    help = "Khôi phục từ một tệp sao lưu. Dữ liệu đang có chỉ bị thay khi thêm --force."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="thay dữ liệu đang có")

    def handle(self, *, file: Path, force: bool, **options: Any) -> None:
        try:
            progress = Progress(sys.stderr, _("Đang khôi phục:"), 2 * unpacked_bytes(file))
            manifest = restore(file, force=force, at=now(), seen=progress.add)
        except (BackupFault, DatabaseError) as fault:
            raise CommandError(str(fault)) from fault
        progress.end()
        self.stdout.write(
            _("Đã khôi phục bản sao lưu lúc %(at)s (%(count)s phần). Ông/bà nên chạy `thanthien audit verify`.")
            % {"at": short_moment(datetime.fromisoformat(manifest.made_at)), "count": len(manifest.members)}
        )
