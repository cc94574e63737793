"""Signing in, as django-allauth asks for it; who did what, as django-auditlog writes it down; lists of units."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.prepared import Given, Prepared
from thanthien.core.rate_limit import asker_of
from thanthien.core.text import clean
from thanthien.organisation.enums import Level, SuccessionShare

SIGNED_IN_BUT = {
    "username_password_mismatch": gettext_lazy(
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin ông/bà kiểm tra rồi nhập lại."
    ),
    "too_many_login_attempts": gettext_lazy("Đã thử quá nhiều lần. Xin ông/bà chờ vài phút rồi thử lại."),
    "enter_current_password": gettext_lazy("Mật khẩu đang dùng chưa đúng. Xin nhập lại."),
    "incorrect_password": gettext_lazy("Mật khẩu chưa đúng. Xin nhập lại."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by a visitor."""

    error_messages = DefaultAccountAdapter.error_messages | SIGNED_IN_BUT

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who was given a password by somebody else first chooses their own."""
        if request.user.must_change_password:
            return reverse("account_change_password")
        return super().get_login_redirect_url(request)


_signed_in = Prepared(
    lambda: get_user_model()._default_manager.select_related("unit__parent", "counter").filter(pk=Given("pk"))
)


class StaffBackend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Any:
        """The person with their unit, in one statement: every page needs both."""
        staff = _signed_in.first(pk=user_id)
        return staff if staff and staff.is_active else None


def display_name(staff: Any) -> str:
    return staff.full_name


_who_and_when: ContextVar[tuple[Any, datetime] | None] = ContextVar("who_and_when", default=None)


@contextmanager
def recording(*, by: Any, at: datetime) -> Iterator[None]:
    """What auditlog writes down inside carries this person and this time, in pages, commands and tests alike."""
    token = _who_and_when.set((by, at))
    try:
        yield
    finally:
        _who_and_when.reset(token)


_asked: ContextVar[HttpRequest | None] = ContextVar("asked", default=None)


def history(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps at hand which page was asked for, in case something of the configuration changes. auditlog's own middleware
    joins and leaves a signal at every page, and believes whatever a header says about the address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _asked.set(request)
        try:
            return get_response(request)
        finally:
            _asked.reset(token)

    return middleware


def stamp_history(sender: type, instance: Any, **more: Any) -> None:
    """Receiver of `pre_save` of auditlog's entries: who, when, and from which address, as our own proxy saw it."""
    request = _asked.get()
    user = getattr(request, "user", None)
    by, at = _who_and_when.get() or (user, instance.timestamp)
    instance.timestamp = at
    if by is not None and by.pk:
        instance.actor, instance.actor_email = by, by.email
    if request is not None:
        with suppress(PermissionDenied):  # none that can be one
            instance.remote_addr = asker_of(request)


# ---- lists of units as CSV -------------------------------------------------------------------------------
COLUMNS = ("code", "name", "kind", "level", "parent_code", "valid_from", "valid_to")
MORE_COLUMNS = ("successor_code", "succession_date", "share")
CODE = re.compile(r"[0-9A-Z][0-9A-Z.]{0,34}")


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A line of the list: where it stands in the file, and what it says, read but not yet compared with ours."""

    source: str
    code: str
    name: str
    kind: str
    level: Level
    parent_code: str
    valid_from: date | None
    valid_to: date | None
    successor_code: str
    succession_date: date | None
    share: SuccessionShare


@dataclass(frozen=True)
class Fault:
    source: str
    reason: str


def read_unit_rows(path: Path) -> tuple[list[UnitRow], list[Fault]]:
    """All lines that can be read, and a fault for each that cannot; one fault when the file cannot be read at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError:
        return [], [Fault(path.name, _("Tệp không phải UTF-8. Xin lưu lại ở dạng CSV UTF-8."))]
    except (OSError, csv.Error) as error:
        return [], [Fault(path.name, _("Không đọc được tệp: %(error)s") % {"error": error})]
    missing = [name for name in COLUMNS if lines and name not in lines[0]]
    if missing or not lines:
        return [], [Fault(path.name, _("Thiếu cột: %(columns)s") % {"columns": ", ".join(missing or COLUMNS)})]
    return _read_lines(path.name, lines)


def _read_lines(name: str, lines: list[dict[str, str]]) -> tuple[list[UnitRow], list[Fault]]:
    rows: dict[str, UnitRow] = {}
    faults = []
    for number, line in enumerate(lines, 2):
        source = f"{name}:{number}"
        try:
            row = _read_line(source, {key: clean(value or "") for key, value in line.items() if isinstance(key, str)})
            if row.code in rows:
                raise ValueError(_("Mã %(code)s có hai lần trong tệp.") % {"code": row.code})
        except ValueError as error:
            faults.append(Fault(source, str(error)))
        else:
            rows[row.code] = row
    return list(rows.values()), faults


def _read_line(source: str, line: dict[str, str]) -> UnitRow:
    if not CODE.fullmatch(line["code"]):
        raise ValueError(_("Mã đơn vị trống hoặc có ký tự lạ: %(code)s") % {"code": line["code"] or "–"})
    if not line["name"] or len(line["name"]) > 200 or len(line["kind"]) > 60:
        raise ValueError(_("Tên đơn vị trống, hoặc tên, loại dài quá."))
    if line["level"] not in Level.values:
        raise ValueError(_("Không có cấp này: %(level)s") % {"level": line["level"] or "–"})
    if (line.get("share") or SuccessionShare.WHOLE) not in SuccessionShare.values:
        raise ValueError(_("Phần chuyển chỉ là whole hoặc partly."))
    row = UnitRow(
        source=source, code=line["code"], name=line["name"], kind=line["kind"], level=Level(line["level"]),
        parent_code=line["parent_code"], valid_from=_read_day(line["valid_from"]), valid_to=_read_day(line["valid_to"]),
        successor_code=line.get("successor_code", ""), succession_date=_read_day(line.get("succession_date", "")),
        share=SuccessionShare(line.get("share") or SuccessionShare.WHOLE),
    )  # fmt: skip
    _check_days(row)
    return row


def _check_days(row: UnitRow) -> None:
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise ValueError(_("Ngày kết thúc trước ngày bắt đầu."))
    if row.successor_code and not row.succession_date:
        raise ValueError(_("Có đơn vị kế thừa nhưng thiếu ngày."))


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(_("Ngày phải viết như 2025-07-01: %(text)s") % {"text": text}) from None
