"""Who may change what in the organisation, and what must stay true of it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused, allows
from thanthien.organisation.enums import Level, Role
from thanthien.organisation.models import Absence, Holiday, SignInFailure, Staff, Unit

# Groups from the first level down (QĐ 20/2020/QĐ-TTg Điều 4); the older QCVN 102:2016 writes them the other way round.
UNIT_CODE = r"^([A-Y][0-9]{2}(\.[0-9A-Z]{1,8}){0,8}|[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2})$"

ADMINISTRATORS = frozenset({Role.UNIT_ADMIN, Role.PROVINCE_ADMIN})
# Roles that reach beyond one unit: only who stands above the unit gives and takes them.
WIDE_ROLES = frozenset({Role.PROVINCE_ADMIN, Role.INSPECTOR})

# Ten wrong passwords for one name in five minutes, sixty from one address: many people
# of an office share one.
TRY_AGAIN_AFTER = timedelta(minutes=5)
LONGEST_ABSENCE = timedelta(days=366)
TRIES_OF_A_NAME, TRIES_OF_AN_ADDRESS = 10, 60


# ---- units -----------------------------------------------------------------------------------------------
def check_can_manage(unit: Unit, *, by: Staff) -> None:
    """The installation's administrator: every unit. A province administrator: theirs and all below. A unit
    administrator: theirs and its divisions."""
    if by.is_superuser or (by.has_role(Role.PROVINCE_ADMIN) and is_below(unit, by.unit)):
        return
    if not (by.has_role(Role.UNIT_ADMIN) and is_own(unit, by.unit)):
        raise Refused(_("Chỉ quản trị của %(unit)s được thay đổi việc này.") % {"unit": unit.name})


def check_can_manage_all(*, by: Staff) -> None:
    if not by.is_superuser:
        raise Refused(_("Việc này áp dụng cho mọi đơn vị, chỉ quản trị hệ thống được làm."))


def check_can_place(parent: Unit | None, *, by: Staff) -> None:
    """Whether a unit may be put below this one (None: at the top)."""
    if parent is None:
        check_can_manage_all(by=by)
    else:
        check_can_manage(parent, by=by)


def is_below(unit: Unit, above: Unit) -> bool:
    """Whether it is the unit itself or anything below it."""
    return bool(above.path) and unit.path.startswith(above.path)


def is_own(unit: Unit, own: Unit) -> bool:
    """Whether it is the unit itself or a division in it, also a division of a division."""
    node: Unit | None = unit
    while node and node.pk != own.pk and node.level == Level.DIVISION:
        node = node.parent
    return node is not None and node.pk == own.pk


def check_can_be_parent(unit: Unit, parent: Unit | None) -> None:
    if parent and (parent.pk == unit.pk or is_below(parent, unit)):
        raise Refused(_("Một đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó."))


def check_life(valid_from: date | None, valid_to: date | None) -> None:
    if valid_from and valid_to and valid_to < valid_from:
        raise Refused(_("Ngày kết thúc không thể trước ngày đơn vị bắt đầu hoạt động."))


def check_can_close(unit: Unit, last_day: date, *, by: Staff) -> None:
    check_can_manage(unit, by=by)
    check_life(unit.valid_from, last_day)
    open_below = unit.children.filter(valid_to=None).exclude(level=Level.DIVISION).count()
    if open_below:
        raise Refused(
            _("%(unit)s còn %(count)s đơn vị trực thuộc đang hoạt động. Xin kết thúc hoặc chuyển các đơn vị ấy trước.")
            % {"unit": unit.name, "count": open_below}
        )


def check_can_succeed(old: Unit, new: Unit, *, by: Staff) -> None:
    """A successor is another unit, and never one that the old unit itself came from."""
    check_can_manage(old, by=by)
    check_can_manage(new, by=by)
    if old.pk == new.pk or old.pk in _later_than(new):
        raise Refused(_("%(new)s không thể vừa có trước vừa kế thừa %(old)s.") % {"new": new.name, "old": old.name})


def _later_than(unit: Unit) -> set[int]:
    """The primary keys of all that came out of this unit, step by step."""
    found: set[int] = set()
    front = [unit.pk]
    while front:
        found.update(front)
        rows = Unit.objects.filter(predecessors__old__in=front).values_list("pk", flat=True)
        front = [pk for pk in rows if pk not in found]
    return found


# ---- staff -----------------------------------------------------------------------------------------------
def check_can_manage_staff(staff: Staff, *, by: Staff) -> None:
    """Nobody changes the account of somebody who may do more than they themselves."""
    check_can_manage(staff.unit, by=by)
    if staff.is_superuser and not by.is_superuser:
        raise Refused(_("Chỉ quản trị hệ thống được thay đổi tài khoản của quản trị hệ thống."))
    if staff.has_role(Role.PROVINCE_ADMIN) and not (by.is_superuser or by.has_role(Role.PROVINCE_ADMIN)):
        raise Refused(_("Chỉ quản trị tỉnh được thay đổi tài khoản của quản trị tỉnh."))


def check_can_give_roles(staff: Staff, roles: Iterable[str], *, by: Staff) -> None:
    """`staff.roles` are those of now (none for a new account), `roles` those wanted."""
    unknown = set(roles) - set(Role.values)
    if unknown:
        raise Refused(_("Không có vai trò này: %(roles)s.") % {"roles": ", ".join(sorted(unknown))})
    changed = set(roles) ^ set(staff.roles)
    if changed & WIDE_ROLES and not (by.is_superuser or by.has_role(Role.PROVINCE_ADMIN)):
        raise Refused(_("Chỉ quản trị tỉnh được giao hoặc bỏ vai trò quản trị tỉnh và thanh tra, giám sát."))
    lost = set(staff.roles) - set(roles)
    if lost & ADMINISTRATORS:
        check_can_lose_administration(staff, by=by)


def check_can_deactivate(staff: Staff, *, by: Staff) -> None:
    check_can_manage_staff(staff, by=by)
    if staff.pk == by.pk:
        raise Refused(_("Ông/bà không thể tự khóa tài khoản của mình."))
    if staff.is_superuser and not Staff.objects.filter(is_superuser=True, is_active=True).exclude(pk=staff.pk).exists():
        raise Refused(_("Đây là quản trị hệ thống cuối cùng, không khóa được."))
    if staff.has_role(*ADMINISTRATORS):
        check_can_lose_administration(staff, by=by)


def check_can_lose_administration(staff: Staff, *, by: Staff) -> None:
    if staff.pk == by.pk:
        raise Refused(_("Ông/bà không thể tự bỏ vai trò quản trị của mình. Xin nhờ một quản trị khác."))
    colleagues = Staff.objects.filter(unit=staff.unit_id, is_active=True).exclude(pk=staff.pk)
    if not any(colleague.has_role(*ADMINISTRATORS) for colleague in colleagues):
        raise Refused(
            _("Đây là quản trị cuối cùng của %(unit)s. Xin giao vai trò quản trị cho người khác trước.")
            % {"unit": staff.unit.name}
        )


def check_can_move(staff: Staff, unit: Unit, *, by: Staff) -> None:
    """An appointment to another unit takes the person out of their own."""
    check_can_manage_staff(staff, by=by)
    if unit.pk == staff.unit_id:
        return
    check_can_manage(unit, by=by)
    if staff.has_role(*ADMINISTRATORS):
        check_can_lose_administration(staff, by=by)


# ---- calendar --------------------------------------------------------------------------------------------
def check_can_change_calendar(unit: Unit | None, *, by: Staff) -> None:
    if unit is None:
        check_can_manage_all(by=by)
    else:
        check_can_manage(unit, by=by)


def check_holiday_is_new(unit: Unit | None, day: date) -> None:
    known = Holiday.objects.filter(unit=unit, date=day).first()
    if known:
        raise Refused(_("Ngày %(day)s đã có: %(name)s.") % {"day": f"{day:%d/%m/%Y}", "name": known.name})


# ---- absences --------------------------------------------------------------------------------------------
def leads(staff: Staff, *, by: Staff) -> bool:
    """Who answers for an officer's presence: administrators of the unit; the leaders of the office; a head of division
    for the people of that division who do not lead themselves."""
    if allows(check_can_manage, staff.unit, by=by):
        return True
    if by.has_role(Role.LEADER) and is_own(staff.unit, _office(by.unit)):
        return True
    heads = staff.has_role(Role.LEADER, Role.DIVISION_HEAD)
    return by.has_role(Role.DIVISION_HEAD) and is_own(staff.unit, by.unit) and not heads


def _office(unit: Unit) -> Unit:
    return unit.parent if unit.level == Level.DIVISION and unit.parent else unit


def check_can_enter_absence(staff: Staff, *, by: Staff) -> None:
    if staff.pk != by.pk and not leads(staff, by=by):
        raise Refused(_("Chỉ lãnh đạo hoặc quản trị đơn vị ghi được việc vắng mặt của người khác."))


def check_can_change_absence(absence: Absence, *, by: Staff) -> None:
    """One's own as long as nobody has agreed."""
    own = absence.staff_id == by.pk and absence.agreed_at is None
    if not (own or leads(absence.staff, by=by)):
        raise Refused(_("Đợt vắng mặt này do lãnh đạo hoặc quản trị đơn vị thay đổi."))


def check_can_agree(absence: Absence, *, by: Staff) -> None:
    if not leads(absence.staff, by=by):
        raise Refused(_("Đồng ý cho vắng mặt là việc của lãnh đạo hoặc quản trị đơn vị."))
    if absence.agreed_at or absence.cancelled_at:
        raise Refused(_("Đợt vắng mặt này không còn chờ đồng ý."))


def check_stands(absence: Absence) -> None:
    if absence.cancelled_at:
        raise Refused(_("Đợt vắng mặt này đã hủy. Xin lấy lại trước khi sửa."))


def check_absence(absence: Absence) -> None:
    """What must be true of it, beside what the other absences of this officer are."""
    if absence.starts_at >= absence.ends_at:
        raise Refused(_("Lúc trở lại phải sau lúc bắt đầu vắng."))
    if absence.ends_at - absence.starts_at > LONGEST_ABSENCE:
        raise Refused(_("Một đợt vắng mặt dài nhất một năm. Xin ông/bà xem lại ngày."))
    if absence.stand_in and absence.stand_in.pk == absence.staff_id:
        raise Refused(_("Người thay phải là người khác."))
    if absence.stand_in and not is_own(absence.stand_in.unit, _office(absence.staff.unit)):
        raise Refused(_("Người thay phải ở cùng cơ quan."))
    others = Absence.objects.filter(staff=absence.staff_id, cancelled_at=None).exclude(pk=absence.pk)
    other = others.filter(starts_at__lt=absence.ends_at, ends_at__gt=absence.starts_at).first()
    if other:
        facts = {"name": absence.staff.full_name, "first": f"{timezone.localtime(other.starts_at):%d/%m/%Y}"}
        raise Refused(_("%(name)s đã có một đợt vắng mặt trùng, từ %(first)s. Xin sửa đợt ấy.") % facts)


# ---- signing in ------------------------------------------------------------------------------------------
def wait_until(username: str, address: str, *, at: datetime) -> datetime | None:
    """Until when this name or this address must wait after too many wrong passwords; None: it may try."""
    since = at - TRY_AGAIN_AFTER
    names = SignInFailure.objects.filter(username=username, at__gt=since)
    addresses = SignInFailure.objects.filter(address=address, at__gt=since)
    ends = [_end_of(names, TRIES_OF_A_NAME), _end_of(addresses, TRIES_OF_AN_ADDRESS)]
    return max((end for end in ends if end), default=None)


def _end_of(failures: QuerySet[SignInFailure], tries: int) -> datetime | None:
    moments = list(failures.order_by("-at").values_list("at", flat=True)[:tries])
    return moments[-1] + TRY_AGAIN_AFTER if len(moments) == tries else None
