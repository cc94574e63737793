"""Who may change flows. They belong to the whole installation."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from thanthien.core.reading import Invalid
from thanthien.core.rules import Refused
from thanthien.guidance.rules.content import FlowContent, draft_from, flow_as_json
from thanthien.guidance.rules.walking import broken
from thanthien.organisation.enums import Role

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff


def check_can_manage(*, by: "Staff") -> None:
    if not (by.is_superuser or by.has_role(Role.PROVINCE_ADMIN)):
        raise Refused(_("Luồng hướng dẫn dùng chung, chỉ quản trị hệ thống hoặc quản trị tỉnh được thay đổi."))


def check_can_use(content: FlowContent) -> None:
    """A flow that fails one of its own tests is not taken."""
    if faults := broken(content):
        raise Refused(_("Luồng không qua được bài kiểm tra của chính nó: %(fault)s") % {"fault": faults[0]})


def check_can_show(content: Any) -> None:
    """A flow that was begun and never brought into use has nothing to show."""
    if not content:
        raise Refused(_("Luồng này chưa được đưa ra dùng lần nào; xin soạn xong rồi đưa ra dùng."))


def check_can_be_kept(content: FlowContent) -> None:
    """What could not be read again (a label of invisible letters, too many of something) is not kept."""
    try:
        draft_from(flow_as_json(content))
    except Invalid as invalid:
        raise Refused(_("Chưa lưu được. %(fault)s") % {"fault": invalid.faults[0]}) from None
