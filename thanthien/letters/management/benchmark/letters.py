"""A thousand letters, each a file of its own, beside the bare compiler in the same run (PERFORMANCE P11).

What a run has made stays: a run that was killed or stopped goes on where it was, in the same folder.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

import typst
from django.utils.timezone import localtime

from thanthien.core.documents.compiler import FONT_DIR, STANDARDS, TEMPLATE_DIR, prepare, render
from thanthien.core.documents.kinds import KINDS
from thanthien.letters.enums import Occasion, Paper
from thanthien.letters.queries import built_in, sample_form
from thanthien.organisation.enums import Level
from thanthien.organisation.models import Unit

MOST_MS, MOST_TIMES = 15, 2


@dataclass
class Result:
    """Seconds for each letter that this run made, on the clock and of the processors (which tells more on a machine
    that others use too); `found` were there from an earlier run."""

    found: int = 0
    ours: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        if not self.ours:
            return {"made": 0, "found": self.found}
        ours, bare = (sum(times) for times in (self.ours, self.bare))
        return {
            "made": len(self.ours), "found": self.found, "p50_ms": round(median(self.ours) * 1000, 1),
            "p95_ms": round(p95(self.ours) * 1000, 1), "processor_p95_ms": round(p95(self.processor) * 1000, 1),
            "processor_seconds": round(sum(self.processor), 2), "seconds": round(ours, 2),
            "bare_seconds": round(bare, 2), "times_bare": round(ours / bare, 2),
        }  # fmt: skip


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[18] if len(times) > 1 else times[0]


def write_letters(folder: Path, count: int, *, at: datetime, made: Callable[[], None]) -> Result:
    """Draws what is not there yet; a file appears only when it is whole. `made` is told of each."""
    result, unit, kind = Result(), a_unit(), KINDS[Paper.CARD]
    folder.mkdir(parents=True, exist_ok=True)
    missing = [place for place in range(count) if not path_of(folder, place).exists()]
    result.found = count - len(missing)
    bare = bare_compiler()
    if missing:  # both are warm before the first is measured
        _draw(unit, kind, missing[0], at=at)
        _bare(bare, kind.source, _data(unit, missing[0], at=at), at=at)
    for place in missing:
        started, worked = perf_counter(), process_time()
        _keep(path_of(folder, place), _draw(unit, kind, place, at=at))
        result.ours.append(perf_counter() - started)
        result.processor.append(process_time() - worked)
        data, started = _data(unit, place, at=at), perf_counter()
        _bare(bare, kind.source, data, at=at)
        result.bare.append(perf_counter() - started)
        made()
    return result


def a_unit() -> Unit:
    """Not saved: the measurement needs no database."""
    return Unit(code="H00.00", name="UBND phường Đo Thử", level=Level.COMMUNE, kind="phường", head_title="CHỦ TỊCH")


def path_of(folder: Path, place: int) -> Path:
    return folder / f"thu-{place + 1:05d}.pdf"


def _data(unit: Unit, place: int, *, at: datetime) -> dict[str, Any]:
    text = built_in(Occasion.MARRIAGE)
    body = text.body.replace("{tên chồng}", f"Nguyễn Văn Mẫu {place}")
    return sample_form(unit, Occasion.MARRIAGE, title=text.title, body=body, at=at).as_data()


def _draw(unit: Unit, kind: Any, place: int, *, at: datetime) -> bytes:
    return render(kind.source, _data(unit, place, at=at), timestamp=localtime(at))


def _keep(path: Path, pdf: bytes) -> None:
    half = path.with_suffix(".part")
    half.write_bytes(pdf)
    os.replace(half, path)


def bare_compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_DIR)])
    return typst.Compiler(root=str(TEMPLATE_DIR), font_paths=fonts, ignore_system_fonts=True)


def _bare(compiler: typst.Compiler, source: str, data: dict[str, Any], *, at: datetime) -> None:
    inputs = {"data": json.dumps(prepare(data), ensure_ascii=False)}
    moment = at.replace(microsecond=0).astimezone(UTC)  # a zone with a fixed offset
    compiler.compile(source.encode(), format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=moment)
