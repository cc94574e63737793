"""The floors of the measurements, as ratios within one run wherever there is something to compare with."""

from dataclasses import asdict, dataclass
from typing import Any

FEW, USUAL, MANY = 1, 8, 32  # clients


@dataclass(frozen=True)
class Floor:
    """`measured` None: this run has nothing to say about it."""

    name: str
    wanted: str
    measured: float | None
    reached: bool | None


class Result:
    """One result of `run.measure_on`, easier to ask."""

    def __init__(self, result: dict[str, Any]) -> None:
        self._servers = {one["name"]: one for one in result["servers"]}
        ours = [one for one in result["servers"] if one["name"].startswith("thanthien")]
        self.small, self.large = ours[0], ours[-1]

    @property
    def statements(self) -> int:
        """Of one operation, beside BEGIN and COMMIT (so PERFORMANCE counts them for the bare limit)."""
        return sum(statement.split()[0] not in ("BEGIN", "COMMIT") for statement in self.large["statements"])

    def of(self, server: dict[str, Any] | None, clients: int, what: str) -> float | None:
        found = [one for one in (server or {}).get("clients", []) if one["clients"] == clients]
        return found[0][what] if found else None

    def peer(self, name: str) -> dict[str, Any] | None:
        return self._servers.get(name)

    def ratio(self, one: Any, other: Any, clients: int, what: str = "per_second") -> float | None:
        above, below = self.of(one, clients, what), self.of(other, clients, what)
        return round(above / below, 3) if above and below else None


def floors_of(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [asdict(floor) for floor in FLOORS[result["operation"]](Result(result))]


def at_least(name: str, measured: float | None, floor: float) -> Floor:
    return Floor(name, f">= {floor}", measured, None if measured is None else measured >= floor)


def at_most(name: str, measured: float | None, floor: float) -> Floor:
    return Floor(name, f"<= {floor}", measured, None if measured is None else measured <= floor)


def _always(r: Result) -> list[Floor]:
    errors = sum(one["errors"] for one in [*r.small["clients"], *r.large["clients"]])
    return [
        at_most("errors", errors, 0),
        at_most("P14 seconds to the first answer", r.large["seconds_to_first_answer"], 3.0),
    ]


def _receive(r: Result) -> list[Floor]:
    return [
        at_least("P1 of bare Django, 8 clients", r.ratio(r.small, r.peer("bare Django"), USUAL), 0.27),
        at_least("P1 of viewflow, 8 clients", r.ratio(r.small, r.peer("viewflow"), USUAL), 1.5),
        at_most("P1 SQL statements", r.statements, 14),
        at_least("P2 full table of empty table, 8 clients", _full_of_empty(r), 0.85),
        at_least("P3 32 clients of 8 clients", _many_of_usual(r), 0.9),
        *_always(r),
    ]


def _full_of_empty(r: Result) -> float | None:
    return None if r.small is r.large else r.ratio(r.large, r.small, USUAL)


def _many_of_usual(r: Result) -> float | None:
    many, usual = r.of(r.small, MANY, "per_second"), r.of(r.small, USUAL, "per_second")
    return round(many / usual, 3) if many and usual else None


def _step(r: Result) -> list[Floor]:
    return [
        at_most("P4 p95 ms, 1 client", r.of(r.large, FEW, "p95_ms"), 15.0),
        at_most("P4 SQL statements", r.statements, 14),
        *_always(r),
    ]


def _inbox(r: Result) -> list[Floor]:
    grown = None if r.small is r.large else r.ratio(r.large, r.small, FEW, "p50_ms")
    return [
        at_most("P5 p50 ms, 1 client", r.of(r.large, FEW, "p50_ms"), 25.0),
        at_most("P5 SQL statements", r.statements, 8),
        at_most("P5 time of the large table of the small one, 1 client", grown, 1.3),
        *_always(r),
    ]


def _lookup(r: Result) -> list[Floor]:
    return [
        at_least("P6 look-ups a second, 8 clients", r.of(r.large, USUAL, "per_second"), 600.0),
        at_most("P6 p95 ms, 8 clients", r.of(r.large, USUAL, "p95_ms"), 25.0),
        at_most("P6 SQL statements", r.statements, 2),
        *_always(r),
    ]


def _public(r: Result) -> list[Floor]:
    return [
        at_least("pages a second, 8 clients", r.of(r.large, USUAL, "per_second"), 500.0),
        at_most("SQL statements", r.statements, 4),
        *_always(r),
    ]


FLOORS = {
    "receive": _receive, "step": _step, "inbox": _inbox, "lookup": _lookup, "home": _public, "search": _public,
    "procedure": _public,
}  # fmt: skip
