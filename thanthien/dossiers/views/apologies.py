"""Apologies: what is owed, the draft, the preview of form 04, the signature, the sending. Nothing else closes one."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from thanthien.core.excel import Column, workbook
from thanthien.core.views import send_workbook
from thanthien.core.words import short_date
from thanthien.dossiers import actions, rules
from thanthien.dossiers.actions import Draft
from thanthien.dossiers.enums import DelayCause
from thanthien.dossiers.forms.apology import ApologyForm
from thanthien.dossiers.queries import OwedLine, apologies_owed, apology_of, dossier_for, owed_line
from thanthien.dossiers.views.acting import Deed, page_of

Data = dict[str, Any]
PAGE = 25
COLUMNS = [
    Column(title=_("Mã hồ sơ"), width=26), Column(title=_("Người nộp"), width=26), Column(title=_("Thủ tục"), width=50),
    Column(title=_("Hẹn trả"), kind="moment", width=18), Column(title=_("Nợ từ"), kind="moment", width=18),
    Column(title=_("Trễ hay còn"), width=24), Column(title=_("Việc tiếp theo"), width=18),
]  # fmt: skip


def _apology(dossier: Any) -> Any:
    apology = apology_of(dossier)
    if apology is None:
        raise Http404
    return apology


def _check_can_draft(dossier: Any, *, by: Any) -> None:
    rules.check_can_draft_apology(_apology(dossier), by=by)


def _check_can_sign(dossier: Any, *, by: Any) -> None:
    rules.check_can_sign_apology(_apology(dossier), by=by)


def _check_can_send(dossier: Any, *, by: Any) -> None:
    rules.check_can_send_apology(_apology(dossier), by=by)


def _draft(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    draft = Draft(
        cause=DelayCause(data["cause"]),
        text=data["text"],
        answerable=data["answerable"],
        new_due_at=data["new_due_at"],
    )
    actions.draft_apology(_apology(dossier), draft, by=by, at=at)


def _sign(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.sign_apology(_apology(dossier), by=by, at=at)


def _send(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.send_apology(_apology(dossier), by=by, at=at)


def _owed(dossier: Any, at: datetime) -> Data:
    return {"owed": owed_line(_apology(dossier), at=at)}


DRAFT = Deed(
    name="draft_apology", label=_("Soạn phiếu xin lỗi"), icon="envelope-heart", kind="human", button=_("Lưu bản thảo"),
    check=_check_can_draft, form=ApologyForm, do=_draft, done=_("Đã lưu bản thảo, chờ lãnh đạo ký."),
    template="dossiers/draft_apology.html", more=_owed, lets_go=True,
)  # fmt: skip
SIGN = Deed(
    name="sign_apology", label=_("Ký phiếu xin lỗi"), icon="pen", kind="human", check=_check_can_sign, do=_sign,
    done=_("Đã ký phiếu xin lỗi. Còn một việc: gửi cho người dân."), button=_("Ký"),
    template="dossiers/sign_apology.html", more=_owed, lets_go=True,
)  # fmt: skip
SEND = Deed(
    name="send_apology", label=_("Gửi phiếu xin lỗi"), icon="send", kind="human", check=_check_can_send, do=_send,
    done=_("Đã gửi phiếu xin lỗi và hẹn lại."), prints="apology",
    button=_("Gửi cho người dân"), template="dossiers/sign_apology.html", more=_owed,
    lets_go=True,
)  # fmt: skip
draft_apology, sign_apology, send_apology = (page_of(deed) for deed in (DRAFT, SIGN, SEND))


@require_safe
@login_required
def apologies(request: HttpRequest) -> HttpResponse:
    """What this office still owes, the longest owed first."""
    at = now()
    if request.GET.get("excel"):
        rows = (_row(owed_line(apology, at=at)) for apology in apologies_owed(request.user).iterator(chunk_size=500))
        content = workbook(
            gettext("Nợ lời xin lỗi"), COLUMNS, rows, filters=gettext("còn nợ"), printed_at=at, by=request.user
        )
        return send_workbook(content, f"no-loi-xin-loi-{short_date(at).replace('/', '-')}")
    page = Paginator(apologies_owed(request.user), PAGE).get_page(request.GET.get("page"))
    lines = [owed_line(apology, at=at) for apology in page]
    return render(request, "dossiers/apologies.html", {"page": page, "lines": lines})


def _row(line: OwedLine) -> list[Any]:
    dossier = line.apology.dossier
    about = [dossier.code, dossier.applicant_name, dossier.procedure_name]
    return [*about, dossier.due_at, line.apology.owed_at, line.late, line.next_step]


@require_safe
@login_required
def apology(request: HttpRequest, code: str) -> HttpResponse:
    """To what comes next: the draft, the signature, the sending; else back to the dossier."""
    owed = _apology(dossier_for(request.user, code))
    if owed.sent_at or owed.not_needed_at:
        return redirect("dossiers:detail", code)
    deed = SEND if owed.signed_at else SIGN if owed.drafted_at else DRAFT
    return redirect(f"dossiers:{deed.name}", code)
