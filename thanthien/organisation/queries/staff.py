"""Staff: who sees whom, who is at work, what the public may read."""

from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.tokens import default_token_generator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from thanthien.core.text import name_sort_key
from thanthien.organisation.enums import Role
from thanthien.organisation.models import Post, Staff, Unit
from thanthien.organisation.queries.units import units_below, units_seen_by
from thanthien.organisation.rules import ADMINISTRATORS


def staff_seen_by(staff: Staff) -> QuerySet[Staff]:
    return Staff.objects.filter(unit__in=units_seen_by(staff)).select_related("unit", "counter")


def staff_member_for(staff: Staff, staff_id: int) -> Staff:
    found = staff_seen_by(staff).filter(pk=staff_id).first()
    if found is None:
        raise Http404
    return found


def staff_of(unit: Unit) -> list[Staff]:
    """Everybody with an account in the unit, by given name; who has left comes last."""
    rows = Staff.objects.filter(unit=unit).select_related("counter")
    return sorted(rows, key=lambda staff: (not staff.is_active, name_sort_key(staff.full_name)))


def staff_with_role(unit: Unit, *roles: str) -> list[Staff]:
    """Who is at work in the unit or a division of it and has one of these roles, by given name."""
    rows = Staff.objects.filter(unit__in=units_below(unit), is_active=True).select_related("unit")
    return sorted((s for s in rows if s.has_role(*roles)), key=lambda staff: name_sort_key(staff.full_name))


def staff_by_id(staff_id: int) -> Staff | None:
    """For who answers an event that names an officer."""
    return Staff.objects.filter(pk=staff_id).first()


def new_staff(unit: Unit) -> Staff:
    """An account to be filled in."""
    return Staff(unit=unit)


def console() -> Staff:
    """Who acts when a command is given at the server itself: may do all, has no account."""
    return Staff(username="may-chu", full_name=str(_("Quản trị máy chủ")), is_superuser=True)


def role_names(staff: Staff) -> list[str]:
    """The roles in words."""
    names = [str(Role(role).label) for role in staff.roles if role in Role.values]
    return [*names, _("quản trị hệ thống")] if staff.is_superuser else names


def posts_of(staff: Staff) -> QuerySet[Post]:
    return Post.objects.filter(staff=staff).select_related("unit", "superior").order_by("-valid_from", "-pk")


@dataclass(frozen=True)
class BoardLine:
    """What the public reads about an officer: no account, no private address."""

    full_name: str
    title: str
    unit_name: str
    functions: str
    phone: str
    counter: str


def staff_board(unit: Unit) -> list[BoardLine]:
    """The board at the one-stop shop: who is there, for what, under which phone (leaders first, then by given name)."""
    rows = Staff.objects.filter(unit__in=units_below(unit), is_active=True).select_related("unit", "counter")
    shown = [staff for staff in rows if staff.title and not staff.is_superuser]
    shown.sort(key=lambda staff: (not staff.has_role(Role.LEADER), name_sort_key(staff.full_name)))
    return [
        BoardLine(s.full_name, s.title, s.unit.name, s.functions, s.phone, str(s.counter) if s.counter else "")
        for s in shown
    ]


def needs_second_factor(staff: Staff) -> bool:
    """Who administrates and signs in with a password alone."""
    return (staff.is_superuser or staff.has_role(*ADMINISTRATORS)) and not is_mfa_enabled(staff)


# ---- the link with which somebody chooses a password -------------------------------------------------------
def password_token(staff: Staff) -> tuple[str, str]:
    """Two parts of an address that holds once, and for PASSWORD_RESET_TIMEOUT (three days)."""
    return urlsafe_base64_encode(force_bytes(staff.pk)), default_token_generator.make_token(staff)


def staff_of_token(reference: str, token: str) -> Staff | None:
    try:
        pk = int(urlsafe_base64_decode(reference))
    except (ValueError, OverflowError):
        return None
    staff = Staff.objects.filter(pk=pk, is_active=True).first() if pk < 2**63 else None
    return staff if staff and default_token_generator.check_token(staff, token) else None
