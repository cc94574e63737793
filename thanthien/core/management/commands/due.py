"""`thanthien due`: the date that a time limit leads to, and why. Uses the default calendar and no database."""

import json
import re
import sys
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, NoReturn, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from thanthien.core.working_time import (
    Deadline,
    Pause,
    PausePolicy,
    StartRule,
    TimeLimit,
    TimeUnit,
    WorkingTimeError,
    compute_deadline,
    default_calendar,
    summary,
)
from thanthien.core.working_time.calendar import WEEKDAYS, ZONE
from thanthien.core.working_time.units import vietnamese_number

BAD_INPUT = 2
NUMBER = re.compile(r"-?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
NUMBER_LENGTH = 20
# Before 1976 Vietnam had other offsets; the calendar of holidays is known for less than this anyway.
YEARS = range(2000, 2101)
Choice = TypeVar("Choice", bound=TextChoices)


class Command(BaseCommand):
    help = "Tính ngày hẹn trả và giải thích từng ngày được tính hay không tính."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # argparse speaks English only.
        parser.error = partial(_refuse, parser)  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        # Values are checked below, not by argparse, so that what is wrong is said in Vietnamese.
        parser.add_argument("--amount", metavar="SỐ", help="số lượng, ví dụ 10 hoặc 7.5 (không cần với same_day)")
        parser.add_argument("--unit", default="working_day", metavar="ĐƠN_VỊ", help=_choices(TimeUnit))
        parser.add_argument("--from", dest="received", metavar="LÚC", help="lúc tiếp nhận, ví dụ 2026-02-13T16:30")
        parser.add_argument(
            "--pause", nargs="+", action="extend", default=[], metavar="TỪ/ĐẾN", help="khoảng tạm dừng; được lặp lại"
        )
        parser.add_argument("--policy", default="pause", metavar="CÁCH", help=_choices(PausePolicy))
        parser.add_argument("--start", default="next_day", metavar="CÁCH", help=_choices(StartRule))
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            limit, deadline = _answer(options)
        except WorkingTimeError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        self.stdout.write(_as_json(deadline) if options["json"] else _as_table(deadline, limit))


def _answer(options: dict[str, Any]) -> tuple[TimeLimit, Deadline]:
    unit = _choice(TimeUnit, "--unit", options["unit"])
    limit = TimeLimit(_amount(options["amount"], unit), unit)
    if options["received"] is None:
        raise WorkingTimeError(_("Xin cho biết lúc tiếp nhận, ví dụ --from 2026-02-13T16:30."))
    return limit, compute_deadline(
        limit,
        received_at=_moment(options["received"]),
        calendar=default_calendar(),
        pauses=[_pause(text) for text in options["pause"]],
        policy=_choice(PausePolicy, "--policy", options["policy"]),
        start=_choice(StartRule, "--start", options["start"]),
    )


# ---- what people type ----------------------------------------------------------------------------------------
def _amount(text: str | None, unit: TimeUnit) -> Decimal:
    if text is None and unit == TimeUnit.SAME_DAY:
        return Decimal(1)
    if text is None:
        raise WorkingTimeError(_("Xin cho biết số lượng, ví dụ --amount 10."))
    if len(text) > NUMBER_LENGTH or not NUMBER.fullmatch(text.strip()):
        raise WorkingTimeError(_("“%(text)s” không phải là số lượng hợp lệ, ví dụ đúng: 10 hoặc 7.5.") % _quoted(text))
    return Decimal(text.strip().replace(",", "."))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        local = moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)
    except (ValueError, OverflowError):
        raise WorkingTimeError(
            _("“%(text)s” không phải là thời điểm hợp lệ, ví dụ đúng: 2026-02-13T16:30.") % _quoted(text)
        ) from None
    if local.year not in YEARS:
        raise WorkingTimeError(_("“%(text)s” nằm ngoài các năm 2000–2100.") % _quoted(text))
    return local


def _pause(text: str) -> Pause:
    start, slash, end = text.partition("/")
    if not slash:
        raise WorkingTimeError(_("“%(text)s” thiếu dấu / giữa lúc bắt đầu và lúc hết tạm dừng.") % _quoted(text))
    return Pause(_moment(start), _moment(end) if end.strip() else None)


def _choice(choices: type[Choice], option: str, text: str) -> Choice:
    if text not in choices.values:
        known = ", ".join(choices.values)
        raise WorkingTimeError(_("%(option)s chỉ nhận: %(known)s.") % {"option": option, "known": known})
    return choices(text)


def _choices(choices: type[TextChoices]) -> str:
    return "; ".join(f"{choice.value} ({choice.label})" for choice in choices)


def _quoted(text: str) -> dict[str, str]:
    return {"text": text if len(text) <= 40 else f"{text[:40]}…"}


def _refuse(parser: CommandParser, message: str) -> NoReturn:
    said = _("Lệnh viết chưa đúng: %(message)s. Xin xem “thanthien due --help”.") % {"message": message}
    if not parser.called_from_command_line:
        raise CommandError(said, returncode=BAD_INPUT)
    sys.stderr.write(f"{said}\n")
    sys.exit(BAD_INPUT)


# ---- what people read ----------------------------------------------------------------------------------------
def _as_json(deadline: Deadline) -> str:
    answer = deadline.as_json()
    days = [{key: day[key] for key in ("date", "counted", "note")} for day in answer["explanation"]]
    return json.dumps({"due": answer["due"], "explanation": days}, ensure_ascii=False)


def _as_table(deadline: Deadline, limit: TimeLimit) -> str:
    due = deadline.due
    lines = [
        _("Ngày hẹn trả: %(time)s %(weekday)s, %(day)s")
        % {"time": f"{due:%H:%M}", "weekday": WEEKDAYS[due.weekday()], "day": f"{due:%d/%m/%Y}"},
        summary(deadline, limit),
        "",
        f"{_('Ngày'):<23}{_('Giờ tính'):>9}  {_('Ghi chú')}",
    ]
    for day in deadline.explanation:
        name = f"{day.date:%d/%m/%Y} {WEEKDAYS[day.date.weekday()]}"
        lines.append(f"{name:<23}{vietnamese_number(day.counted):>9}  {day.note}")
    return "\n".join(lines)
