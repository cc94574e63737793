"""What the citizen is told, by situation (minimum content: NĐ 224/2026 Đ15.1g). Documents in Vietnamese only."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from thanthien.dossiers.enums import DelayCause, ReturnChannel
from thanthien.dossiers.models import Apology, Dossier
from thanthien.dossiers.queries.lookup import tracking_address
from thanthien.notifications.actions import Notice, tell
from thanthien.notifications.enums import Situation

CLOSING = "Trân trọng cảm ơn ông/bà."


def tell_received(dossier: Dossier, *, at: datetime) -> None:
    lines = [
        f"Chúng tôi đã nhận hồ sơ “{dossier.procedure_name}”, mã {dossier.code}.",
        f"Hẹn trả kết quả: {moment(dossier.due_at)}, {ReturnChannel(dossier.return_channel).label}.",
        f"Người tiếp nhận: {dossier.received_by}.",
    ]
    _tell(dossier, Situation.RECEIVED, f"Đã nhận hồ sơ {dossier.code}", lines, at=at)


def tell_filed(dossier: Dossier, check_due: datetime, *, at: datetime) -> None:
    lines = [
        f"Chúng tôi đã nhận hồ sơ ông/bà nộp trực tuyến “{dossier.procedure_name}”, mã {dossier.code}.",
        f"Cán bộ kiểm tra giấy tờ trước {moment(check_due)}. Hồ sơ đủ thì chúng tôi tiếp nhận và hẹn ngày trả kết quả.",
    ]
    _tell(dossier, Situation.REGISTERED, f"Đã nhận hồ sơ nộp trực tuyến {dossier.code}", lines, at=at)


def tell_denied(dossier: Dossier, *, at: datetime) -> None:
    lines = [
        f"Rất tiếc, chúng tôi chưa tiếp nhận được hồ sơ “{dossier.procedure_name}”, mã {dossier.code}.",
        f"Lý do: {dossier.closing_reason}.",
    ]
    _tell(dossier, Situation.REFUSED, f"Chưa tiếp nhận được hồ sơ {dossier.code}", lines, at=at)


def tell_supplement(dossier: Dossier, *, papers: Sequence[str], reason: str, at: datetime) -> None:
    lines = [
        f"Hồ sơ {dossier.code} cần bổ sung:",
        *[f"- {paper}" for paper in papers],
        f"Lý do: {reason}.",
        "Đồng hồ tính thời hạn tạm dừng cho đến khi ông/bà bổ sung. Chúng tôi chỉ yêu cầu bổ sung một lần.",
    ]
    _tell(dossier, Situation.SUPPLEMENT, f"Hồ sơ {dossier.code} cần bổ sung giấy tờ", lines, at=at)


def tell_financial_duty(dossier: Dossier, *, reason: str, at: datetime) -> None:
    lines = [f"Hồ sơ {dossier.code} chờ ông/bà thực hiện nghĩa vụ tài chính: {reason}."]
    _tell(dossier, Situation.FINANCIAL_DUTY, f"Hồ sơ {dossier.code} chờ nghĩa vụ tài chính", lines, at=at)


def tell_resumed(dossier: Dossier, *, at: datetime) -> None:
    lines = [
        f"Chúng tôi đã nhận đủ giấy tờ của hồ sơ {dossier.code}, cảm ơn ông/bà.",
        f"Hẹn trả kết quả: {moment(dossier.due_at)}.",
    ]
    _tell(dossier, Situation.RESUMED, f"Hồ sơ {dossier.code} được giải quyết tiếp", lines, at=at)


def tell_ready(dossier: Dossier, *, at: datetime) -> None:
    early = timezone.localdate(at) < timezone.localdate(dossier.due_at)
    lines = [
        f"Kết quả hồ sơ “{dossier.procedure_name}”, mã {dossier.code} đã xong{', sớm hơn ngày hẹn' if early else ''}.",
        f"Nhận kết quả {ReturnChannel(dossier.return_channel).label}. Khi nhận xin mang theo giấy hẹn và căn cước.",
    ]
    situation = Situation.EARLY if early else Situation.READY
    _tell(dossier, situation, f"Hồ sơ {dossier.code} đã có kết quả", lines, at=at)


def tell_returned(dossier: Dossier, *, at: datetime) -> None:
    lines = [f"Kết quả hồ sơ {dossier.code} đã được trả. Ông/bà chưa hài lòng điều gì, xin cho chúng tôi biết."]
    _tell(dossier, Situation.RETURNED, f"Đã trả kết quả hồ sơ {dossier.code}", lines, at=at)


def tell_stopped(dossier: Dossier, *, reason: str, at: datetime) -> None:
    lines = [f"Hồ sơ {dossier.code} đã dừng giải quyết: {reason}.", "Giấy tờ được trả lại tại Bộ phận Một cửa."]
    _tell(dossier, Situation.STOPPED, f"Hồ sơ {dossier.code} dừng giải quyết", lines, at=at)


def tell_apology(dossier: Dossier, apology: Apology, *, at: datetime) -> None:
    lines = [
        f"Chúng tôi xin lỗi ông/bà: hồ sơ “{dossier.procedure_name}”, mã {dossier.code} chưa xong đúng hẹn.",
        f"Lý do: {DelayCause(apology.cause).label}. {apology.cause_text}".strip(),
        f"Kết quả đã có từ {moment(dossier.finished_at)}."
        if dossier.finished_at
        else f"Hẹn lại: {moment(apology.new_due_at)}.",
    ]
    title = f"Xin lỗi {'vì chậm' if dossier.finished_at else 'và hẹn lại'} hồ sơ {dossier.code}"
    _tell(dossier, Situation.APOLOGY, title, lines, at=at)


def moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M ngày %d/%m/%Y")


def _tell(dossier: Dossier, situation: Situation, title: str, lines: Sequence[str], *, at: datetime) -> None:
    greeting = f"Kính gửi ông/bà {dossier.applicant_name},"
    follow = f"Theo dõi hồ sơ: {tracking_address(dossier)}"
    sender = f"{dossier.receiving_unit.desk_name}, {dossier.receiving_unit.name}"
    body = "\n".join([greeting, "", *lines, follow, "", CLOSING, sender])
    notice = Notice(
        subject=dossier.subject,
        unit_code=dossier.unit.code,
        situation=situation,
        address=dossier.email,
        title=title,
        body=body,
    )
    tell(notice, at=at)
