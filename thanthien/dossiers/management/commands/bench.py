"""`thanthien bench receive|step|inbox|lookup|home|search|procedure|portal`: on databases of its own, never this one."""

import json
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from thanthien.dossiers.management.benchmark.floors import floors_of
from thanthien.dossiers.management.benchmark.place import POSTGRESQL, SQLITE
from thanthien.dossiers.management.benchmark.run import Wish, measure_on

ROWS = {"receive": [0, 200_000], "step": [200_000], "inbox": [10_000, 200_000], "lookup": [200_000]}
ROWS |= {"home": [20_000], "search": [20_000], "procedure": [20_000]}
PORTAL = ["home", "search", "procedure", "lookup"]  # what `bench portal` measures, one after the other
BESIDE = "bench_"
SECONDS = 10.0
DATABASES = {"sqlite": [SQLITE], "postgresql": [POSTGRESQL], "both": [SQLITE, POSTGRESQL]}


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def elsewhere() -> list[str]:
    """What other rooms measure in commands of their own: `bench_letters` is `bench letters` here."""
    return sorted(name.removeprefix(BESIDE) for name in get_commands() if name.startswith(BESIDE))


def measure_beside(operation: str, said: dict[str, Any], **streams: Any) -> None:
    """By the other room's command, with those of the options that it knows."""
    name = BESIDE + operation
    parser = load_command_class(get_commands()[name], name).create_parser("", name)
    known = {action.dest for action in parser._actions}
    call_command(name, **{option: value for option, value in said.items() if option in known}, **streams)


class Command(BaseCommand):
    help = "Đo sức chịu tải trên cơ sở dữ liệu riêng, bên cạnh giới hạn trần của cùng máy (docs/performance.md)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("operation", choices=[*ROWS, "portal", *elsewhere()])
        parser.add_argument("--database", choices=list(DATABASES), default="both")
        parser.add_argument("--clients", type=numbers, default=[1, 8, 32])
        parser.add_argument("--seconds", type=float)
        parser.add_argument("--rows", type=numbers, help="số hồ sơ có sẵn, ví dụ 0,200000")
        parser.add_argument("--units", type=int, default=150)
        parser.add_argument("--postgresql", default="", help="địa chỉ cụm PostgreSQL để tạo cơ sở dữ liệu tạm")
        parser.add_argument(
            "--day", type=float, nargs="?", const=120.0, default=0.0, help="queue: chỉ diễn lại một ngày (giây)"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *, operation: str, database: str, **options: Any) -> None:
        if operation in elsewhere():
            said = {name: options[name] for name in ("seconds", "postgresql", "json", "day") if options[name]}
            measure_beside(operation, {"database": database} | said, stdout=self.stdout, stderr=self.stderr)
            return
        server = options["postgresql"] or _cluster()
        if database != "sqlite" and not server:
            raise CommandError(_("Cần --postgresql ĐỊA_CHỈ (hoặc DATABASE_URL) để đo trên PostgreSQL."))
        chosen = PORTAL if operation == "portal" else [operation]
        results = [
            measure_on(vendor, self._wish(one, server, options)) for one in chosen for vendor in DATABASES[database]
        ]
        for result in results:
            result["floors"] = floors_of(result)
        self.stdout.write(json.dumps(results, ensure_ascii=False, indent=1) if options["json"] else _table(results))

    def _wish(self, operation: str, server: str, options: dict[str, Any]) -> Wish:
        return Wish(
            operation=operation,
            clients=options["clients"],
            seconds=options["seconds"] or SECONDS,
            rows=options["rows"] or ROWS[operation],
            units=options["units"],
            server=server,
            say=self.stderr.write,
        )


def _cluster() -> str:
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith(("postgres://", "postgresql://")) else ""


def _table(results: list[dict[str, Any]]) -> str:
    lines = []
    for result in results:
        lines.append(f"{result['operation']}, {result['database']}:")
        for floor in result["floors"]:
            mark = {True: "+", False: "-", None: "?"}[floor["reached"]]
            lines.append(f"  {mark} {floor['name']}: {floor['measured']} ({floor['wanted']})")
        lines += [f"    {note}" for note in result["notes"]]
    return "\n".join(lines)
