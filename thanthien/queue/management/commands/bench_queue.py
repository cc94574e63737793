"""`thanthien bench queue` (by way of `bench`): P7 to P10 and a day in the hall, on databases of their own."""

import asyncio
import json
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from thanthien.queue.management.benchmark import measure
from thanthien.queue.management.benchmark.day import Day
from thanthien.queue.management.benchmark.place import House, new_house

COUNTERS, VISITORS, ROUNDS = 20, 600, 50


class Command(BaseCommand):
    help = "Đo sảnh chờ: cấp số, hai mươi cán bộ cùng bấm, bảng gọi số, và một ngày 600 lượt người."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
        parser.add_argument("--seconds", type=float, default=10.0, help="giây cho mỗi phép đo")
        parser.add_argument("--day", type=float, default=0.0, help="chỉ diễn lại một ngày 600 lượt trong ngần ấy giây")
        parser.add_argument("--boards", default="20,1000")
        parser.add_argument("--postgresql", default="", help="địa chỉ cụm PostgreSQL để tạo cơ sở dữ liệu tạm")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, database: str, seconds: float, **options: Any) -> None:
        cluster = options["postgresql"] or os.environ.get("DATABASE_URL", "")
        if database != "sqlite" and not cluster.startswith("postgres"):
            raise CommandError(_("Cần --postgresql ĐỊA_CHỈ (hoặc DATABASE_URL) để đo trên PostgreSQL."))
        results = []
        for vendor in ["sqlite", "postgresql"] if database == "both" else [database]:
            counts = [int(count) for count in options["boards"].split(",")]
            place, day = "" if vendor == "sqlite" else cluster, options["day"]
            with new_house(place, counters=COUNTERS, waiting=0 if day else 1200) as house:
                work = self._day(house, day) if day else self._measure(house, seconds, counts)
                results.append({"database": vendor} | asyncio.run(work) | {"afterwards": house.ask("look")})
        self.stdout.write(json.dumps(results, ensure_ascii=False, indent=1) if options["json"] else _table(results))

    async def _day(self, house: House, seconds: float) -> dict[str, Any]:
        return {"a day": await Day(house, VISITORS, seconds).play()}

    async def _measure(self, house: House, seconds: float, counts: list[int]) -> dict[str, Any]:
        rounds = max(3, min(ROUNDS, int(seconds * 5)))
        found: dict[str, Any] = {"P8 call next": await measure.call_together(house, rounds=rounds)}
        for count in counts:
            found[f"P{9 if count <= COUNTERS else 10} boards"] = await measure.fan_out(
                house, count=count, rounds=rounds // 2
            )
        found["P7 issue"] = await measure.issue(house, clients=8, seconds=seconds)
        return found


def _table(results: list[dict[str, Any]]) -> str:
    lines = []
    for result in results:
        for name, facts in result.items():
            if isinstance(facts, dict):
                said = "  ".join(f"{word} {value}" for word, value in facts.items())
                lines.append(f"{result['database']:10} {name:14} {said}")
    return "\n".join(lines)
