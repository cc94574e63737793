"""Accounts, posts and roles of staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.rules import Refused
from thanthien.core.timeline import Note
from thanthien.organisation.models import Counter, Post, Staff, Unit
from thanthien.organisation.outside import recording
from thanthien.organisation.rules import (
    check_can_deactivate,
    check_can_give_roles,
    check_can_manage,
    check_can_manage_staff,
    check_can_move,
)


@dataclass(frozen=True, kw_only=True)
class StaffFacts:
    """What is written down about an officer; `functions` and `phone` stand on the public board."""

    username: str
    full_name: str
    email: str = ""
    phone: str = ""
    functions: str = ""
    counter: Counter | None = None
    roles: Sequence[str] = ()

    @property
    def fields(self) -> dict[str, object]:
        return dict(vars(self)) | {"roles": sorted(str(role) for role in self.roles)}


@dataclass(frozen=True, kw_only=True)
class PostFacts:
    """An appointment: to what, from when, by which order, under whom."""

    unit: Unit
    title: str
    valid_from: date
    order_number: str = ""
    superior: Staff | None = None


@transaction.atomic
def create_staff(facts: StaffFacts, post: PostFacts, *, password: str = "", by: Staff, at: datetime) -> Staff:
    """A new account with its first post. Without a password the person chooses one (`queries.password_token`).

    Raises `ValidationError` when the password breaks the rules.
    """
    check_can_manage(post.unit, by=by)
    staff = Staff(unit=post.unit, title=post.title)
    check_can_give_roles(staff, facts.roles, by=by)
    for name, value in facts.fields.items():
        setattr(staff, name, value)
    _put_password(staff, password)
    with recording(by=by, at=at):
        staff.save()
        Post.objects.create(staff=staff, **vars(post))
    _note(staff, "created", _("Mở tài khoản"), by=by, at=at)
    return staff


def _put_password(staff: Staff, password: str) -> None:
    if password:
        validate_password(password, staff)
        staff.set_password(password)
        staff.must_change_password = True
    else:
        staff.set_unusable_password()


@transaction.atomic
def change_staff(staff: Staff, facts: StaffFacts, *, by: Staff, at: datetime) -> None:
    check_can_manage_staff(staff, by=by)
    check_can_give_roles(staff, facts.roles, by=by)
    if set(facts.roles) != set(staff.roles):
        roles = ", ".join(sorted(str(role) for role in facts.roles))
        _note(staff, "roles", _("Đổi vai trò: %(roles)s") % {"roles": roles or "–"}, by=by, at=at)
    for name, value in facts.fields.items():
        setattr(staff, name, value)
    with recording(by=by, at=at):
        staff.save(update_fields=list(facts.fields))


@transaction.atomic
def appoint_staff(staff: Staff, post: PostFacts, *, by: Staff, at: datetime) -> Post:
    """A new post from its first day; the one before ends the day before. Moves the account to the unit of the post."""
    check_can_move(staff, post.unit, by=by)
    current = staff.posts.filter(valid_to=None).first()
    if current and post.valid_from <= current.valid_from:
        raise Refused(
            _("Chức vụ hiện nay bắt đầu ngày %(day)s; chức vụ mới phải bắt đầu sau ngày ấy.")
            % {"day": f"{current.valid_from:%d/%m/%Y}"}
        )
    with recording(by=by, at=at):
        if current:
            current.valid_to = post.valid_from - timedelta(days=1)
            current.save(update_fields=["valid_to"])
        if post.unit != staff.unit:
            staff.counter = None
        staff.unit, staff.title = post.unit, post.title
        staff.save(update_fields=["unit", "title", "counter"])
        return Post.objects.create(staff=staff, **vars(post))


@transaction.atomic
def deactivate_staff(staff: Staff, *, by: Staff, at: datetime) -> None:
    """From this moment every request of this account is a stranger's (`outside.StaffBackend`)."""
    check_can_deactivate(staff, by=by)
    staff.is_active = False
    with recording(by=by, at=at):
        staff.save(update_fields=["is_active"])
        for post in staff.posts.filter(valid_to=None):
            post.valid_to = max(at.date(), post.valid_from)
            post.save(update_fields=["valid_to"])
    _note(staff, "deactivated", _("Khóa tài khoản"), by=by, at=at)


@transaction.atomic
def reactivate_staff(staff: Staff, *, by: Staff, at: datetime) -> None:
    check_can_manage_staff(staff, by=by)
    staff.is_active = True
    with recording(by=by, at=at):
        staff.save(update_fields=["is_active"])
    _note(staff, "reactivated", _("Mở lại tài khoản"), by=by, at=at)


@transaction.atomic
def reset_password(staff: Staff, password: str = "", *, by: Staff, at: datetime) -> None:
    """A password typed for somebody, to be changed when they enter; or none: they choose one by the link.

    Every session of the account ends. Raises `ValidationError` when the password breaks the rules.
    """
    check_can_manage_staff(staff, by=by)
    _put_password(staff, password)
    staff.save(update_fields=["password", "must_change_password"])
    _note(staff, "password_reset", _("Đặt lại mật khẩu"), by=by, at=at)


@transaction.atomic
def choose_password(staff: Staff, password: str, *, at: datetime) -> None:
    """One's own password, by the one-time link. Raises `ValidationError` when it breaks the rules."""
    validate_password(password, staff)
    staff.set_password(password)
    staff.must_change_password = False
    staff.save(update_fields=["password", "must_change_password"])
    _note(staff, "password_chosen", _("Tự đặt mật khẩu"), by=staff, at=at)


@transaction.atomic
def make_administrator(facts: StaffFacts, unit: Unit, *, password: str = "", at: datetime) -> Staff:
    """An administrator of the whole installation, made at the console of the server (nobody may do it on a page).

    An account of that name is given the right, and a new password when one is told.
    """
    staff = Staff.objects.filter(username=facts.username).first() or Staff(unit=unit)
    if staff.pk is None:
        for name, value in facts.fields.items():
            setattr(staff, name, value)
    if password or staff.pk is None:
        _put_password(staff, password)
    staff.is_superuser = staff.is_active = True
    with recording(by=staff, at=at):
        staff.save()
    _note(staff, "administrator", _("Giao quyền quản trị hệ thống từ máy chủ"), by=staff, at=at)
    return staff


def note_sign_in(staff: Staff, *, at: datetime) -> None:
    _note(staff, "signed_in", _("Đăng nhập"), by=staff, at=at)


def note_password_change(staff: Staff, *, at: datetime) -> None:
    """After one has changed one's own password on the account pages."""
    if staff.must_change_password:
        staff.must_change_password = False
        staff.save(update_fields=["must_change_password"])
    _note(staff, "password_chosen", _("Tự đổi mật khẩu"), by=staff, at=at)


def _note(staff: Staff, kind: str, text: str, *, by: Staff, at: datetime) -> None:
    timeline.append(f"staff:{staff.pk}", Note(kind=kind, text=text), by=by.full_name or by.username, at=at)
