"""The commune procedures that a new installation begins with."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from thanthien.procedures.actions.importing import ImportReport, import_records
from thanthien.procedures.enums import Channel, RecordKind
from thanthien.procedures.outside import ProcedureRecord

FILE = Path(__file__).resolve().parent.parent / "data" / "starting_catalogue.json"


def import_starting_catalogue(*, by: str, at: datetime) -> ImportReport:
    """Fifty-five procedures of a commune; a procedure of which the national portal's record is there stays as it is."""
    return import_records(map(_record, json.loads(FILE.read_text(encoding="utf-8"))), by=by, at=at)


def _record(row: dict[str, Any]) -> ProcedureRecord:
    return ProcedureRecord(
        code=row["code"],
        name=row["name"],
        kind=RecordKind.STARTING.value,
        source=FILE.name,
        sector_name=row["sector"],
        limit_amount=row["limit"],
        limit_unit=row["unit"],
        content=_content(row),
    )


def _content(row: dict[str, Any]) -> dict[str, Any]:
    """The facts of the catalogue in the shape of the portal's records."""
    time = {"amount": row["limit"], "unit": row["unit"], "text": ""}
    fees = [] if row["fee"] is None else [_fee(row["fee"])]
    channels = [Channel.COUNTER, *([Channel.ONLINE] if row["online"] else [])]
    papers = [_paper(name) for name in row["papers"]]
    return {
        "sectors": [{"code": "", "name": row["sector"]}],
        "channels": [{"channel": way.value, "time": time, "fees": fees, "text": ""} for way in channels],
        "paper_groups": [{"name": "", "kind": "", "papers": papers}],
        "agencies": {"executing": [{"code": "", "name": row["agency"]}]},
        "flags": {"ward": True},
    }


def _fee(amount: int) -> dict[str, Any]:
    return {"kind": "fee", "amount": str(amount), "currency": "VND", "text": "", "attachment": None}


def _paper(name: str) -> dict[str, Any]:
    return {
        "code": "", "name": name, "originals": 1, "copies": 0, "required": False, "electronic_form": False,
        "is_result": False, "forms": [], "source": "",
    }  # fmt: skip
