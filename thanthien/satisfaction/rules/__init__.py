"""Who may ask, answer, see and settle."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.notifications.queries import held_until
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import office_units
from thanthien.ui.words import vndate

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit
    from thanthien.satisfaction.models import Assessment, Campaign, Drawn, Invitation, Remark, UnhappyCase

FEWEST_PER_OFFICER = 5  # fewer answers would tell whose they are
ANSWER_WITHIN = 5  # working days in which an unhappy person gets an answer
READERS = (
    Role.RECEPTION, Role.RETURN, Role.CASHIER, Role.CLERK, Role.SPECIALIST, Role.DIVISION_HEAD, Role.LEADER,
    Role.CITIZEN_RECEPTION, Role.UNIT_ADMIN, Role.PROVINCE_ADMIN, Role.INSPECTOR,
)  # fmt: skip
SETTLERS = (Role.DIVISION_HEAD, Role.LEADER, Role.UNIT_ADMIN, Role.CITIZEN_RECEPTION)
CASE_READERS = (*SETTLERS, Role.INSPECTOR, Role.PROVINCE_ADMIN)
TYPISTS = (
    Role.CLERK,
    Role.CITIZEN_RECEPTION,
    Role.UNIT_ADMIN,
    Role.DIVISION_HEAD,
    Role.LEADER,
    Role.SPECIALIST,
    Role.CASHIER,
)
KEEPERS = (Role.UNIT_ADMIN, Role.DIVISION_HEAD, Role.LEADER)


def _check_role(by: "Staff", roles: Any, words: str) -> None:
    if not (by.is_superuser or by.has_role(*roles)):
        raise Refused(words)


def check_can_read_results(*, by: "Staff") -> None:
    _check_role(by, READERS, _("Kết quả khảo sát dành cho cán bộ của cơ quan."))


def check_can_keep_surveys(*, by: "Staff") -> None:
    _check_role(by, KEEPERS, _("Phiếu, đợt khảo sát và máy tại quầy do lãnh đạo hoặc quản trị đơn vị đặt."))


def check_can_keep(unit_id: int | None, *, by: "Staff") -> None:
    """A thing of this unit (None: of everybody)."""
    check_can_keep_surveys(by=by)
    if unit_id is None and not by.is_superuser:
        raise Refused(_("Phiếu có sẵn dùng chung cho mọi đơn vị. Ông/bà chép thành phiếu riêng rồi sửa."))
    if unit_id and not by.is_superuser and not office_units(by).filter(pk=unit_id).exists():
        raise Refused(_("Phiếu này của đơn vị khác."))


# ---- answering -----------------------------------------------------------------------------------------------
def check_is_no_officer(user: Any) -> None:
    """Answers are citizens': who is signed in as an officer types slips on the page that is made for it."""
    if user.is_authenticated:
        raise Refused(_("Phiếu này dành cho người dân. Cán bộ đang đăng nhập không trả lời thay được."))


def check_can_type(*, by: "Staff") -> None:
    _check_role(by, TYPISTS, _("Nhập phiếu giấy và phỏng vấn là việc của người không trực tiếp nhận, trả hồ sơ."))


def check_is_not_rated(officer_id: int | None, *, by: "Staff") -> None:
    if officer_id is not None and officer_id == by.pk:
        raise Refused(_("Người được đánh giá không tự nhập hoặc tự hỏi phiếu về mình."))


def check_invitation(invitation: "Invitation | None", *, at: datetime) -> None:
    if invitation is None:
        raise Refused(_("Liên kết này không đúng. Ông/bà xem lại tin nhắn, hoặc mở trang tra cứu hồ sơ."))
    if invitation.used_on:
        raise Refused(_("Phiếu này đã được trả lời. Cảm ơn ông/bà."))
    if invitation.expires_at <= at:
        raise Refused(_("Phiếu này đã hết hạn trả lời. Ông/bà vẫn góp ý được ở trang “Đánh giá” hoặc đường dây nóng."))


def check_device(device: Any) -> None:
    if device is None or device.revoked_at:
        raise Refused(_("Máy đánh giá này đã bị khóa. Xin gặp cán bộ để được giúp."))


# ---- campaigns -----------------------------------------------------------------------------------------------
def check_can_draw(campaign: "Campaign", *, by: "Staff", today: date) -> None:
    check_can_keep(campaign.unit_id, by=by)
    if campaign.drawn_at:
        raise Refused(_("Mẫu của đợt này đã rút. Rút lại là chọn người trả lời, nên không làm được."))
    if campaign.last >= today:
        raise Refused(_("Kỳ của đợt khảo sát chưa kết thúc: đến hết ngày cuối mới rút mẫu được."))


def check_can_close(campaign: "Campaign", *, by: "Staff") -> None:
    check_can_keep(campaign.unit_id, by=by)
    if campaign.drawn_at is None:
        raise Refused(_("Đợt khảo sát chưa rút mẫu."))
    if campaign.closed_at:
        raise Refused(_("Đợt khảo sát này đã khép lại."))


def check_takes_answers(campaign: "Campaign") -> None:
    if campaign.drawn_at is None:
        raise Refused(_("Đợt khảo sát chưa rút mẫu, chưa nhận phiếu được."))
    if campaign.closed_at:
        raise Refused(_("Đợt khảo sát đã khép lại, không nhận thêm phiếu."))


def check_can_ask(drawn: "Drawn | None", *, by: "Staff") -> None:
    if drawn is None:
        raise Refused(_("Hồ sơ này không có trong mẫu của đợt khảo sát."))
    check_takes_answers(drawn.campaign)
    check_can_type(by=by)
    check_is_not_rated(drawn.dossier.received_by_id, by=by)
    if drawn.reached not in ("waiting", "no_answer"):
        raise Refused(_("Người này đã có kết quả liên lạc: %(reached)s.") % {"reached": drawn.get_reached_display()})


def check_can_call(drawn: "Drawn", *, by: "Staff", at: datetime) -> None:
    """A family that has come into mourning since the draw is not called either."""
    check_can_ask(drawn, by=by)
    if until := held_until(drawn.dossier.applicant_id, at=at):
        raise Refused(_("Gia đình này đang có việc buồn. Xin không gọi đến hết ngày %(day)s.") % {"day": vndate(until)})


# ---- unhappy answers -----------------------------------------------------------------------------------------
def check_can_read_cases(*, by: "Staff") -> None:
    _check_role(by, CASE_READERS, _("Phiếu chưa hài lòng do lãnh đạo và cán bộ tiếp công dân xem và trả lời."))


def check_can_settle(case: "UnhappyCase", *, by: "Staff") -> None:
    _check_role(by, SETTLERS, _("Trả lời phiếu chưa hài lòng là việc của lãnh đạo hoặc cán bộ tiếp công dân."))
    check_is_not_rated(case.response.officer_id, by=by)
    if case.answered_at:
        raise Refused(_("Phiếu này đã được trả lời."))


def check_review_is_decided(case: "UnhappyCase", does_again: bool | None) -> None:
    """Who asked to have a dossier looked at again is told yes or no."""
    if case.wants_review and does_again is None:
        raise Refused(_("Ông/bà ấy đề nghị xem lại hồ sơ: xin quyết định làm lại hay không."))
    if does_again and not case.wants_review:
        raise Refused(_("Người này không đề nghị xem lại hồ sơ."))


def check_can_own(case: "UnhappyCase", owner: "Staff", *, by: "Staff") -> None:
    check_can_settle(case, by=by)
    if owner.pk == case.response.officer_id:
        raise Refused(_("Không giao phiếu cho chính người được đánh giá."))
    if not owner.has_role(*SETTLERS) or not office_units(owner).filter(pk=case.unit_id).exists():
        raise Refused(_("Người này không nhận việc trả lời phiếu của đơn vị."))


# ---- indices -------------------------------------------------------------------------------------------------
def check_can_assess(unit: "Unit", *, by: "Staff") -> None:
    check_can_keep_surveys(by=by)
    if not by.is_superuser and not office_units(by).filter(pk=unit.pk).exists():
        raise Refused(_("Đơn vị này không thuộc cơ quan của ông/bà."))


def check_can_remark(assessment: "Assessment", *, by: "Staff") -> None:
    if assessment.staff_id != by.pk:
        raise Refused(_("Chỉ người được đánh giá ghi chú hoặc đề nghị xem lại số của mình."))


def check_can_answer_remark(remark: "Remark", *, by: "Staff") -> None:
    check_can_keep_surveys(by=by)
    if remark.assessment.staff_id == by.pk:
        raise Refused(_("Người đề nghị không tự trả lời đề nghị của mình."))
    if remark.answered_at:
        raise Refused(_("Đề nghị này đã được trả lời."))
