"""`thanthien bench_ratings`: how many ratings a second one machine bears, and that none is lost."""

import json
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from thanthien.satisfaction.management.benchmark.ratings import POSTGRESQL, SQLITE, measure_ratings

DATABASES = {"sqlite": [SQLITE], "postgresql": [POSTGRESQL], "both": [SQLITE, POSTGRESQL]}


class Command(BaseCommand):
    help = "Đo số phiếu đánh giá một giây trên cơ sở dữ liệu riêng, và không phiếu nào mất."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", choices=list(DATABASES), default="both")
        parser.add_argument("--seconds", type=float, default=60.0)
        parser.add_argument("--clients", type=int, default=8)
        parser.add_argument("--postgresql", default="", help="địa chỉ cụm PostgreSQL để tạo cơ sở dữ liệu tạm")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, database: str, seconds: float, clients: int, **options: Any) -> None:
        url = os.environ.get("DATABASE_URL", "")
        server = options["postgresql"] or (url if url.startswith("postgres") else "")
        if database != "sqlite" and not server:
            raise CommandError(_("Cần --postgresql ĐỊA_CHỈ (hoặc DATABASE_URL) để đo trên PostgreSQL."))
        found = [measure_ratings(one, server=server, seconds=seconds, clients=clients) for one in DATABASES[database]]
        self.stdout.write(json.dumps(found, indent=1) if options["json"] else "\n".join(map(_told, found)))


def _told(found: dict[str, Any]) -> str:
    """As the other measurements say it: what was reached of what was wanted, then the rest."""
    marks, wanted = {True: "+", False: "-"}, found["floor_per_second"]
    none_lost = found["kept"] >= found["acknowledged"]
    return "\n".join([
        f"ratings, {found['database']}:",
        f"  {marks[found['per_second'] >= wanted]} ratings a second: {found['per_second']} (>= {wanted})",
        f"  {marks[none_lost]} kept: {found['kept']} of {found['acknowledged']} acknowledged",
        f"  {marks[not found['errors']]} errors: {found['errors']}",
        f"    p50 {found['p50_ms']} ms, p95 {found['p95_ms']} ms",
    ])  # fmt: skip
