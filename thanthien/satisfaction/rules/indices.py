"""The nine indices of TT 01/2018/TT-VPCP (Điều 13 to 15): points of a dossier, mean of many, classification.

What cannot be read from the records is left out and said; the thresholds shrink with the maximum that remains.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from thanthien.dossiers.enums import Timeliness
from thanthien.satisfaction.enums import Grade

NAMES = {
    1: _("tổng thời gian giải quyết so với quy định"),
    2: _("thời gian giải quyết ở từng cơ quan, đơn vị"),
    3: _("số lần liên hệ nơi tiếp nhận để hoàn thiện hồ sơ"),
    4: _("số cơ quan phải liên hệ để hoàn thiện hồ sơ"),
    5: _("tiếp nhận, giải quyết, trả kết quả tại Bộ phận Một cửa"),
    6: _("công khai thủ tục hành chính"),
    7: _("thái độ của cán bộ"),
    8: _("tiếp thu, giải trình phản ánh, kiến nghị"),
    9: _("cung cấp dịch vụ công trực tuyến"),
}
OF_OFFICERS, OF_UNITS = (1, 2, 3, 4, 7), tuple(NAMES)
MOST = 2  # points of an index
MISSING = {
    2: _("không có bước nào đã bàn giao để so thời gian"),
    5: _("hồ sơ nhận ngoài Bộ phận Một cửa không có trong phần mềm"),
    6: _("chưa có sổ công khai để đối chiếu bản niêm yết"),
    8: _("chưa có sổ phản ánh, kiến nghị trong phần mềm"),
    9: _("đơn vị chưa có thủ tục nào trong danh mục tiếp nhận"),
}
# What the records tell only in part: how it is read from them, said beside the figure.
INFERRED = {
    3: _(
        "suy từ phiếu yêu cầu bổ sung (mỗi hồ sơ nhiều nhất một phiếu): không có phiếu 2 điểm, có phiếu 1 điểm; lần "
        "liên hệ không lập phiếu, và lỗi của ai, phần mềm không biết, nên không hồ sơ nào 0 điểm"
    ),
    4: _(
        "suy từ cách nộp và cách nhận kết quả: không nơi nào phải đến 2 điểm, đến Bộ phận Một cửa 1 điểm; người dân có "
        "phải đến thêm nơi khác hay không, phần mềm không biết, nên không hồ sơ nào 0 điểm"
    ),
}
NO_DOSSIERS = _("không có hồ sơ nào xong trong kỳ")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the indices ask of one dossier (`dossiers.queries.Handled`), and whether somebody complained with reason."""

    timeliness: Timeliness
    steps: int
    late_steps: int
    early_steps: int
    supplements: int
    needs_no_visit: bool
    complaint: bool


@dataclass(frozen=True, kw_only=True)
class Index:
    """`score` None: left out, `why` says so. `n`: dossiers (of index 9: procedures) that it stands on."""

    number: int
    score: Decimal | None
    n: int
    why: str = ""

    @property
    def name(self) -> str:
        return str(NAMES[self.number])

    @property
    def inferred(self) -> str:
        """How it is read from records that tell it only in part; "" for what they tell wholly."""
        return str(INFERRED.get(self.number, ""))

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"score": None if self.score is None else str(self.score)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Index":
        score = stored["score"]
        return cls(**stored | {"score": None if score is None else Decimal(score)})


def points(number: int, facts: Facts) -> int | None:
    """Of one dossier; None when it has nothing to say about this index."""
    by_time = {Timeliness.EARLY: 2, Timeliness.ON_TIME: 1, Timeliness.LATE: 0}[facts.timeliness]
    if number == 2:
        return _points_of_steps(facts)
    return {
        1: by_time,
        3: max(0, 2 - facts.supplements),
        4: 2 if facts.needs_no_visit else 1,
        7: 0 if facts.complaint else by_time,
    }[number]


def _points_of_steps(facts: Facts) -> int | None:
    if not facts.steps:
        return None
    if facts.late_steps:
        return 0
    return 2 if facts.early_steps == facts.steps else 1


def index_of(number: int, dossiers: Iterable[Facts]) -> Index:
    """The mean of the points, at one decimal."""
    found = [told for facts in dossiers if (told := points(number, facts)) is not None]
    if not found:
        return Index(number=number, score=None, n=0, why=str(MISSING.get(number, NO_DOSSIERS)))
    return Index(number=number, score=_rounded(Decimal(sum(found)) / len(found)), n=len(found))


def online_index(*, offered: int, offered_online: int, dossiers: int, online: int, late_online: int) -> Index:
    """Index 9: 2 points from 20 % of the procedures and 30 % of the dossiers online, 1 from 15 % of the dossiers; 0
    when one of them was late."""
    if not offered or not dossiers:
        return Index(number=9, score=None, n=0, why=str(MISSING[9] if not offered else NO_DOSSIERS))
    score = 0
    if not late_online and 100 * online >= 15 * dossiers:
        score = 2 if 100 * online >= 30 * dossiers and 100 * offered_online >= 20 * offered else 1
    return Index(number=9, score=Decimal(score), n=dossiers)


def left_out(number: int) -> Index:
    return Index(number=number, score=None, n=0, why=str(MISSING[number]))


def total_of(indices: Sequence[Index]) -> tuple[Decimal, int]:
    """Sum and maximum of those that count."""
    counted = [one.score for one in indices if one.score is not None]
    return sum(counted, Decimal(0)), MOST * len(counted)


OFFICERS = ((Decimal(5), Grade.FULL), (Decimal("3.5"), Grade.MOSTLY), (Decimal(0), Grade.PARTLY))
UNITS = (
    (Decimal(15), Grade.EXCELLENT), (Decimal(12), Grade.GOOD), (Decimal(9), Grade.FAIR), (Decimal(6), Grade.AVERAGE),
    (Decimal(0), Grade.WEAK),
)  # fmt: skip


def grade_of(total: Decimal, maximum: int, *, is_officer: bool) -> Grade | None:
    """Điều 15, with thresholds in proportion to the maximum that remains; None when nothing counts."""
    if not maximum:
        return None
    full = MOST * len(OF_OFFICERS if is_officer else OF_UNITS)
    return next(grade for from_, grade in (OFFICERS if is_officer else UNITS) if total * full >= from_ * maximum)


def _rounded(value: Decimal) -> Decimal:
    return (value * 10 + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR") / 10
