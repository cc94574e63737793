"""Who may change declarations. They belong to the whole installation: one procedure has one form."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from thanthien.core.reading import Invalid
from thanthien.core.rules import Refused
from thanthien.declarations.rules.content import Content
from thanthien.declarations.rules.structure import as_json, draft_from, faults_of
from thanthien.declarations.rules.testing import broken
from thanthien.organisation.enums import Role

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff


def check_can_manage(*, by: "Staff") -> None:
    if not (by.is_superuser or by.has_role(Role.PROVINCE_ADMIN)):
        raise Refused(_("Tờ khai dùng chung cho mọi đơn vị, chỉ quản trị hệ thống hoặc quản trị tỉnh được thay đổi."))


def check_can_publish(content: Content, valid_from: date, *, is_first: bool, today: date) -> None:
    """A version begins tomorrow at the earliest (the first one today), so that two dossiers of one day
    are asked the same; and never while one of its own tests fails."""
    if valid_from < (today if is_first else today + timedelta(days=1)):
        raise Refused(_("Phiên bản mới áp dụng sớm nhất từ ngày mai; hồ sơ đã nhận giữ phiên bản cũ."))
    if faults := broken(content):
        raise Refused(_("Tờ khai không qua được bài kiểm tra của chính nó: %(fault)s") % {"fault": faults[0]})


def check_hangs_together(content: Content) -> None:
    if faults := faults_of(content):
        raise Refused(_("Tờ khai chưa dùng được. %(fault)s") % {"fault": faults[0]})


def check_can_be_kept(content: Content) -> None:
    """What could not be read again (a label of invisible letters, too many of something) is not kept."""
    try:
        draft_from(as_json(content))
    except Invalid as invalid:
        raise Refused(_("Chưa lưu được. %(fault)s") % {"fault": invalid.faults[0]}) from None
