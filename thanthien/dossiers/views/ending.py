"""How a dossier ends, and its fees."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from thanthien.dossiers import actions, rules
from thanthien.dossiers.actions import Collection, FeeIn
from thanthien.dossiers.enums import FileKind, HomeReason, ResultKind, ReturnChannel
from thanthien.dossiers.forms.base import ReasonForm
from thanthien.dossiers.forms.ending import ReturnForm, SignOffForm
from thanthien.dossiers.forms.money import ChargeForm, CollectForm
from thanthien.dossiers.queries import signature_of
from thanthien.dossiers.views.acting import Deed, page_of

Data = dict[str, Any]
ALWAYS = "channel", "collector_name", "collector_id", "authorisation", "originals_returned", "is_signed_on_paper"
OF_A_WAY = {ReturnChannel.POST: ("waybill",), ReturnChannel.HOME: ("home_reason", "home_address")}


def _sign_off(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.attach_files(dossier, data["result_files"], FileKind.RESULT, by=by, at=at)
    facts = {"kind": ResultKind(data["kind"]), "reference": data["reference"], "note": data["note"]}
    actions.sign_off_result(dossier, **facts, by=by, at=at)


def _return(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    signature = None
    if data["signature"]:
        actions.attach_files(dossier, [data["signature"]], FileKind.SIGNATURE, by=by, at=at)
        signature = signature_of(dossier)
    facts = {name: data[name] for name in (*ALWAYS, *OF_A_WAY.get(ReturnChannel(data["channel"]), ()))}
    facts["home_reason"] = HomeReason(facts["home_reason"]) if facts.get("home_reason") else ""
    collection = Collection(is_applicant=not data["is_other"], signature=signature, **facts)
    actions.return_result(dossier, collection, by=by, at=at)


def _withdraw(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.withdraw(dossier, reason=data["reason"], by=by, at=at)


def _stop(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.stop(dossier, reason=data["reason"], by=by, at=at)


def _charge(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.charge(dossier, FeeIn(**data), by=by, at=at)


def _collect(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    facts = {"method": data["method"], "receipt_number": data["receipt_number"]}
    actions.collect(dossier, int(data["fee"]), **facts, by=by, at=at)


SIGN_OFF = Deed(
    name="sign_off", label=_("Ghi kết quả"), icon="patch-check", check=rules.check_can_sign_off, form=SignOffForm,
    do=_sign_off, done=_("Đã ghi kết quả; người dân được báo."), button=_("Ghi kết quả"),
    lead=_("Đồng hồ dừng và lời hứa khép lại khi ghi. Văn bản từ chối cũng là kết quả và cũng phải đúng hẹn."),
)  # fmt: skip
RETURN_RESULT = Deed(
    name="return_result", label=_("Trả kết quả"), icon="house-heart", check=rules.check_can_return, form=ReturnForm,
    do=_return, done=_("Đã trả kết quả."), prints="result_receipt", template="dossiers/return_result.html",
)  # fmt: skip
WITHDRAW = Deed(
    name="withdraw", label=_("Người dân rút hồ sơ"), icon="arrow-left", kind="danger", button=_("Ghi rút hồ sơ"),
    check=rules.check_can_withdraw, form=ReasonForm, do=_withdraw, done=_("Đã ghi người dân rút hồ sơ."),
    prints="stop_notice", lead=_("Chỉ rút được khi chưa có quyết định giải quyết (Thông tư 03/2025/TT-VPCP Điều 7)."),
)  # fmt: skip
STOP = Deed(
    name="stop", label=_("Dừng giải quyết"), icon="stop-circle", kind="danger", check=rules.check_can_stop,
    form=ReasonForm, do=_stop, done=_("Đã dừng giải quyết hồ sơ."), prints="stop_notice",
    lead=_("Người dân nhận thông báo dừng giải quyết có lý do (mẫu số 05)."),
)  # fmt: skip
CHARGE = Deed(
    name="charge", label=_("Ghi khoản phí, lệ phí"), icon="receipt", check=rules.check_can_collect, form=ChargeForm,
    do=_charge, done=_("Đã ghi khoản thu."), button=_("Ghi khoản thu"),
)  # fmt: skip
COLLECT = Deed(
    name="collect", label=_("Thu tiền"), icon="cash-coin", check=rules.check_can_collect, form=CollectForm,
    do=_collect, done=_("Đã ghi thu tiền."), button=_("Đã thu"), template="dossiers/collect.html",
    lead=_("Biên lai là chứng từ tài chính; ở đây chỉ ghi số của nó."),
)  # fmt: skip

sign_off, return_result, withdraw, stop, charge, collect = (
    page_of(deed) for deed in (SIGN_OFF, RETURN_RESULT, WITHDRAW, STOP, CHARGE, COLLECT)
)
