"""`thanthien serve`: the web server, the live process of the boards, the worker and the scheduler, watched."""

import fcntl
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from thanthien.core.operations.cautions import cautions
from thanthien.core.operations.processes import Supervisor
from thanthien.core.operations.serving import (
    NotReady,
    check_ready,
    children,
    collect_static,
    load_everything,
    serve_lock,
)


class Command(BaseCommand):
    help = "Mở dịch vụ: máy chủ web, việc nền và việc theo giờ; dừng bằng Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--live-port", type=int, help="cổng của bảng gọi số (mặc định: cổng trang web cộng 1)")

    def handle(self, *, host: str, port: int, live_port: int | None, **options: Any) -> None:
        settings.LIVE_PORT = (
            live_port or settings.LIVE_PORT or port + 1
        )  # before anything is forked: web server and worker speak to it
        try:
            check_ready(host=host, port=port, live_port=settings.LIVE_PORT)
        except NotReady as reason:
            raise CommandError(str(reason)) from reason
        with serve_lock(fcntl.LOCK_SH) as free:
            if not free:
                raise CommandError(_("Đang khôi phục từ bản sao lưu; ông/bà đợi xong rồi mở lại."))
            self._serve(host, port)

    def _serve(self, host: str, port: int) -> None:
        for caution in cautions():
            self.stderr.write(f"! {caution.what} {caution.mend}")
        collect_static()
        load_everything()
        self.stdout.write(_("Đang mở tại http://%(host)s:%(port)s (Ctrl-C để dừng)") % {"host": host, "port": port})
        self.stdout.flush()
        Supervisor(children(host=host, port=port, live_port=settings.LIVE_PORT)).run()
        self.stdout.write(_("Đã dừng."))
