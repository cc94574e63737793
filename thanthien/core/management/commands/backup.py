"""`thanthien backup FILE`: everything in one file, while the office works on."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from thanthien.core.operations.backup import BackupFault, back_up, expected_bytes
from thanthien.core.operations.progress import Progress


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và mọi tệp vào một tệp duy nhất; cơ quan vẫn làm việc bình thường."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="ví dụ /sao-luu/motcua-2026-01-31.tar.gz")

    def handle(self, *, file: Path, **options: Any) -> None:
        progress = Progress(sys.stderr, _("Đang sao lưu:"), expected_bytes())
        try:
            manifest = back_up(file, at=now(), seen=progress.add)
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault
        progress.end()
        size = file.stat().st_size / 1024 / 1024
        words = {"file": file, "count": len(manifest.members), "size": f"{size:.1f}"}
        self.stdout.write(_("Đã sao lưu %(count)s phần vào %(file)s (%(size)s MB).") % words)
