"""Who may do what to a dossier, and when. Silence, or `Refused` with the reason in Vietnamese."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.dossiers.enums import CLOSED, FOR_CITIZEN, OPEN, RUNNING, TRANSITIONS, ReturnChannel, Status
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import desks_of

if TYPE_CHECKING:
    from thanthien.dossiers.models import Apology, Consultation, Dossier, HandOver
    from thanthien.organisation.models import Staff

LONGEST_ANSWER = timedelta(days=366)
AT_THE_COUNTER = (Role.RECEPTION, Role.RETURN)
AT_WORK = (Role.RECEPTION, Role.SPECIALIST, Role.DIVISION_HEAD, Role.LEADER, Role.CLERK, Role.RETURN, Role.CASHIER)


def check_has_role(by: "Staff", *roles: str) -> None:
    if not by.has_role(*roles):
        names = ", ".join(str(Role(role).label) for role in roles)
        raise Refused(_("Việc này dành cho: %(roles)s.") % {"roles": names})


def check_can_move(dossier: "Dossier", to: Status) -> None:
    """The national table of transitions (DOMAIN 1.5)."""
    if to not in TRANSITIONS[Status(dossier.status)]:
        raise Refused(
            _("Hồ sơ đang ở trạng thái “%(now)s”, không chuyển sang “%(to)s” được.")
            % {"now": Status(dossier.status).label, "to": to.label}
        )


def check_not_locked(dossier: "Dossier", *, by: "Staff", at: datetime) -> None:
    """Holds among colleagues; a citizen (`by` is a name) need not wait for an officer's page."""
    if isinstance(by, str) or not dossier.locked_until or dossier.locked_until <= at:
        return
    if dossier.locked_by_id != by.pk:
        until = timezone.localtime(dossier.locked_until).strftime("%H:%M")
        raise Refused(
            _("%(name)s đang sửa hồ sơ này, giữ đến %(until)s. Anh/chị vui lòng đợi hoặc gọi cho người đó.")
            % {"name": dossier.locked_by.full_name, "until": until}
        )


def check_can_receive(*, by: "Staff") -> None:
    check_has_role(by, Role.RECEPTION)


def check_at_desk(dossier: "Dossier", *, by: "Staff") -> None:
    """It lies at my desk: my unit (or the whole office), my role, and nobody else was asked to do it."""
    if dossier.desk_unit_id not in desks_of(by):
        raise Refused(_("Hồ sơ đang ở %(unit)s, không ở đơn vị của anh/chị.") % {"unit": dossier.desk_unit.name})
    if dossier.holder_id == by.pk:
        return
    check_has_role(by, dossier.desk_role)
    if dossier.holder_id:
        raise Refused(_("Hồ sơ đã được giao cho người khác."))


def check_can_finish_step(dossier: "Dossier", *, by: "Staff") -> None:
    if dossier.status not in RUNNING:
        raise Refused(
            _("Hồ sơ đang ở trạng thái “%(now)s”, chưa xử lý tiếp được.") % {"now": Status(dossier.status).label}
        )
    check_at_desk(dossier, by=by)


def check_can_assign(dossier: "Dossier", *, by: "Staff") -> None:
    if dossier.status not in RUNNING:
        raise Refused(_("Chỉ giao việc khi hồ sơ đang được giải quyết."))
    if dossier.desk_unit_id not in desks_of(by):
        raise Refused(_("Hồ sơ không ở đơn vị của anh/chị."))
    check_has_role(by, Role.DIVISION_HEAD, Role.LEADER, Role.UNIT_ADMIN)


def check_can_acknowledge(hand_over: "HandOver", *, by: "Staff") -> None:
    if hand_over.acknowledged_at:
        raise Refused(_("Lượt bàn giao này đã được ký nhận."))
    if hand_over.to_unit_id not in desks_of(by):
        raise Refused(_("Lượt bàn giao này gửi đến đơn vị khác."))
    if hand_over.dossier.holder_id != by.pk:
        check_has_role(by, *([hand_over.to_role] if hand_over.to_role else AT_WORK))


def check_can_request_supplement(dossier: "Dossier", *, by: "Staff") -> None:
    """Once only, and through the one-stop (NĐ 118/2025 Đ11; NĐ 61/2018 Đ6)."""
    check_can_move(dossier, Status.SUPPLEMENT)
    check_in_office(dossier, by=by)
    check_has_role(by, Role.RECEPTION)
    if hasattr(dossier, "supplement"):
        raise Refused(_("Hồ sơ này đã được yêu cầu bổ sung một lần. Pháp luật không cho yêu cầu lần thứ hai."))


def check_in_office(dossier: "Dossier", *, by: "Staff") -> None:
    """Of the office that decides or of the one that received."""
    if not {dossier.unit_id, dossier.receiving_unit_id, dossier.desk_unit_id} & set(desks_of(by)):
        raise Refused(_("Hồ sơ thuộc đơn vị khác."))


def check_can_resume(dossier: "Dossier", *, by: "Staff") -> None:
    check_in_office(dossier, by=by)
    check_has_role(by, Role.RECEPTION, Role.SPECIALIST)
    if dossier.status not in FOR_CITIZEN:
        raise Refused(_("Hồ sơ không tạm dừng để chờ người dân."))


def check_can_suspend(dossier: "Dossier", *, by: "Staff") -> None:
    check_can_move(dossier, Status.FINANCIAL_DUTY)
    check_in_office(dossier, by=by)
    check_has_role(by, Role.RECEPTION, Role.SPECIALIST)


def check_can_ask_agency(dossier: "Dossier", *, by: "Staff") -> None:
    """The clock stands only where the law of the procedure lets it; the unit has named that law beforehand."""
    check_can_move(dossier, Status.OTHER_AGENCY)
    check_in_office(dossier, by=by)
    check_has_role(by, Role.RECEPTION, Role.SPECIALIST)
    if not dossier.offering.agency_basis:
        raise Refused(
            _(
                "Đơn vị chưa ghi căn cứ cho thủ tục này dừng đồng hồ khi chờ cơ quan khác. Xin dùng “Xin ý kiến”: ngày "
                "hẹn giữ nguyên."
            )
        )


def check_day_of_answer(day: date, *, at: datetime) -> None:
    if not timezone.localdate(at) <= day <= timezone.localdate(at) + LONGEST_ANSWER:
        raise Refused(_("Ngày dự kiến trả lời phải từ hôm nay đến một năm sau."))


def check_can_end_agency_wait(dossier: "Dossier", *, by: "Staff") -> None:
    check_in_office(dossier, by=by)
    check_has_role(by, Role.RECEPTION, Role.SPECIALIST)
    if dossier.status != Status.OTHER_AGENCY:
        raise Refused(_("Hồ sơ không chờ cơ quan khác."))


def check_can_deny(dossier: "Dossier", *, by: "Staff") -> None:
    check_can_move(dossier, Status.DENIED)
    check_in_office(dossier, by=by)
    check_has_role(by, Role.RECEPTION)


def check_can_end_early(dossier: "Dossier", to: Status, *, by: "Staff") -> None:
    """Withdrawal on request, or a stop: as long as there is no decision (TT 03/2025 Đ7)."""
    check_can_move(dossier, to)
    check_in_office(dossier, by=by)
    check_has_role(by, Role.RECEPTION)


def check_can_withdraw(dossier: "Dossier", *, by: "Staff") -> None:
    check_can_end_early(dossier, Status.WITHDRAWN, by=by)


def check_can_stop(dossier: "Dossier", *, by: "Staff") -> None:
    check_can_end_early(dossier, Status.STOPPED, by=by)


def check_can_register_again(dossier: "Dossier", *, by: "Staff") -> None:
    """Its owner asked to have it looked at again, and somebody who answers for the office agrees."""
    check_in_office(dossier, by=by)
    check_has_role(by, Role.DIVISION_HEAD, Role.LEADER, Role.UNIT_ADMIN, Role.CITIZEN_RECEPTION)
    if dossier.status in OPEN:
        raise Refused(_("Hồ sơ đang được giải quyết, chưa có kết quả để làm lại."))


def check_can_answer(consultation: "Consultation", *, by: "Staff") -> None:
    """The unit that was asked answers, once."""
    if consultation.answered_at:
        raise Refused(_("Văn bản xin ý kiến này đã được trả lời."))
    if consultation.unit_id not in desks_of(by):
        raise Refused(_("Văn bản này xin ý kiến đơn vị khác."))
    check_has_role(by, *AT_WORK)


def check_can_sign_off(dossier: "Dossier", *, by: "Staff") -> None:
    check_can_move(dossier, Status.FINISHED)
    check_at_desk(dossier, by=by)


def check_can_accept(dossier: "Dossier", *, by: "Staff") -> None:
    """Only what waits to be accepted; what was received before runs on by `resume`."""
    if dossier.status != Status.NEW:
        raise Refused(_("Hồ sơ này không chờ tiếp nhận."))
    check_in_office(dossier, by=by)
    check_can_receive(by=by)


def check_can_confirm_supplement(dossier: "Dossier", *, by: "Staff") -> None:
    check_in_office(dossier, by=by)
    check_has_role(by, Role.RECEPTION, Role.SPECIALIST)
    supplement = getattr(dossier, "supplement", None)
    if supplement is None or supplement.confirmed_at or supplement.answered_at:
        raise Refused(_("Không có yêu cầu bổ sung nào đang chờ xác nhận."))


# ---- what citizens may do to their own dossier (they have proved that it is theirs) --------------------------
def check_can_answer_supplement(dossier: "Dossier") -> None:
    if dossier.status != Status.SUPPLEMENT:
        raise Refused(_("Hồ sơ này không chờ bổ sung giấy tờ."))


def check_can_take_back(dossier: "Dossier") -> None:
    """As long as there is no decision (TT 03/2025 Đ7)."""
    check_can_move(dossier, Status.WITHDRAWN)


def check_can_choose_way_back(dossier: "Dossier") -> None:
    if dossier.status not in OPEN:
        raise Refused(_("Kết quả đã xong hoặc hồ sơ đã khép lại, không đổi cách nhận kết quả được nữa."))


def check_can_attach(dossier: "Dossier", *, by: "Staff") -> None:
    if dossier.status in CLOSED:
        raise Refused(_("Hồ sơ đã khép lại, không thêm giấy tờ được nữa."))
    check_in_office(dossier, by=by)
    check_has_role(by, *AT_WORK)


def check_can_declare(dossier: "Dossier", *, by: "Staff | str") -> None:
    """Until there is a result, unless that was given at once. A citizen (`by` is a name) has proved whose it is."""
    was_done_at_once = dossier.received_at is not None and dossier.received_at == dossier.returned_at
    if dossier.status not in OPEN and not was_done_at_once:
        raise Refused(_("Hồ sơ đã có kết quả hoặc đã khép lại, không sửa tờ khai được nữa."))
    if not isinstance(by, str):
        check_in_office(dossier, by=by)
        check_has_role(by, Role.RECEPTION, Role.SPECIALIST)


def check_can_return(dossier: "Dossier", *, by: "Staff") -> None:
    check_can_move(dossier, Status.RETURNED)
    check_in_office(dossier, by=by)
    check_has_role(by, Role.RETURN, Role.RECEPTION, Role.POSTAL)


def check_return_is_proved(
    channel: ReturnChannel, *, collector_id: str, authorisation: str, is_applicant: bool
) -> None:
    """Who collects for another shows an authorisation (NĐ 61/2018 Đ6)."""
    if channel in (ReturnChannel.COUNTER, ReturnChannel.HOME) and not collector_id:
        raise Refused(_("Cần số giấy tờ tùy thân của người nhận kết quả."))
    if not is_applicant and not authorisation:
        raise Refused(_("Người nhận không phải người nộp: cần ghi giấy ủy quyền."))


def check_can_collect(dossier: "Dossier", *, by: "Staff") -> None:
    check_in_office(dossier, by=by)
    check_has_role(by, Role.CASHIER, Role.RECEPTION, Role.RETURN)


def check_can_draft_apology(apology: "Apology", *, by: "Staff") -> None:
    _check_apology_open(apology)
    check_in_office(apology.dossier, by=by)
    check_has_role(by, Role.SPECIALIST, Role.DIVISION_HEAD, Role.RECEPTION, Role.LEADER)
    if apology.signed_at:
        raise Refused(_("Phiếu xin lỗi đã ký, không sửa được nữa."))


def check_can_sign_apology(apology: "Apology", *, by: "Staff") -> None:
    _check_apology_open(apology)
    if apology.drafted_at is None:
        raise Refused(_("Phiếu xin lỗi chưa soạn xong: cần lý do, người chịu trách nhiệm và ngày hẹn mới."))
    if apology.signed_at:
        raise Refused(_("Phiếu xin lỗi này đã được ký."))
    check_in_office(apology.dossier, by=by)
    check_has_role(by, Role.LEADER)


def check_can_send_apology(apology: "Apology", *, by: "Staff") -> None:
    _check_apology_open(apology)
    if apology.signed_at is None:
        raise Refused(_("Phiếu xin lỗi chưa được lãnh đạo ký."))
    check_in_office(apology.dossier, by=by)
    check_has_role(by, Role.RECEPTION, Role.CLERK, Role.LEADER)


def _check_apology_open(apology: "Apology") -> None:
    if apology.sent_at:
        raise Refused(_("Phiếu xin lỗi này đã gửi."))
    if apology.not_needed_at:
        raise Refused(_("Hồ sơ đã xong trước hẹn, không còn nợ lời xin lỗi."))
