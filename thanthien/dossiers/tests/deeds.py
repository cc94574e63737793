"""What there is to do to a dossier: a dossier for it, who may, who may not, what is sent, what then is true."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from thanthien.dossiers import actions
from thanthien.dossiers.actions import Draft, FeeIn, PaperIn, Question
from thanthien.dossiers.enums import Status
from thanthien.dossiers.factories import MONDAY, an_offering, everyone_of, finish, officer, receive, register
from thanthien.dossiers.models import Dossier
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

NOW = MONDAY + timedelta(hours=1)
CLOSING = {"day": "30/11/2026", "hour": "17:00"}


def two_steps() -> Dossier:
    return receive(papers=[PaperIn(name="Đơn", originals=1)])


def at_second_desk() -> Dossier:
    dossier = receive()
    return actions.finish_step(dossier, by=officer(dossier.unit), at=MONDAY)


def asked() -> Dossier:
    dossier = receive()
    facts = {"papers": ["Bản vẽ"], "reason": "thiếu", "legal_basis": "Luật"}
    return actions.request_supplement(dossier, **facts, by=everyone_of(dossier.unit), at=MONDAY)


def may_ask() -> Dossier:
    """A dossier of a procedure whose law lets the clock stand while another agency is asked."""
    return receive(offering=an_offering(agency_basis="Luật Hộ tịch, Điều 5"))


def elsewhere() -> Dossier:
    dossier = may_ask()
    question = Question(agency="Sở Tư pháp", text="Xác minh giấy tờ", expected_on=MONDAY.date() + timedelta(days=4))
    return actions.ask_agency(dossier, question, by=everyone_of(dossier.unit), at=MONDAY)


def one_step() -> Dossier:
    return receive(offering=an_offering(steps=[("Giải quyết", Role.RECEPTION, "1")]))


def with_fee() -> Dossier:
    return receive(fees=[FeeIn(name="Lệ phí", amount=75_000)])


def late() -> Dossier:
    dossier = receive(at=MONDAY - timedelta(days=14))
    actions.open_owed_apologies(at=MONDAY)
    return dossier


def drafted() -> Dossier:
    dossier = late()
    by = everyone_of(dossier.unit)
    draft = Draft(cause="workload", text="Nhiều hồ sơ.", answerable=by, new_due_at=MONDAY + timedelta(days=2))
    actions.draft_apology(dossier.apology, draft, by=by, at=MONDAY)
    return dossier


def signed() -> Dossier:
    dossier = drafted()
    actions.sign_apology(dossier.apology, by=everyone_of(dossier.unit), at=MONDAY)
    return dossier


def someone_of(dossier: Dossier) -> str:
    return str(officer(dossier.unit, full_name="Trần Văn Thẩm").pk)


def neighbour(dossier: Dossier) -> str:
    return str(UnitFactory(division=True, parent=dossier.unit).pk)


@dataclass(frozen=True)
class Case:
    """A page: the dossier to open it with, who may, who may not, what is sent, and what then is true."""

    name: str
    make: Callable[[], Dossier]
    may: str
    may_not: str
    proof: Callable[[Dossier], Any]
    expected: Any
    data: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Any] | None = None
    wrong_field: str = ""

    def sent(self, dossier: Dossier) -> dict[str, Any]:
        return {key: value(dossier) if callable(value) else value for key, value in self.data.items()}


CASES = [
    Case("accept", register, "reception", "leader", lambda d: d.status, Status.RECEIVED),
    Case(
        "deny", register, "reception", "specialist", lambda d: d.closing_reason,
        "không thuộc thẩm quyền giải quyết: Xin nộp ở xã bên.",
        {"reason": "not_competent", "text": "Xin nộp ở xã bên."}, {"reason": "", "text": "giữ nguyên"}, "reason",
    ),
    Case(
        "request_supplement", two_steps, "reception", "specialist", lambda d: d.supplement.papers,
        ["Đơn", "Bản vẽ móng"],
        {"papers": ["Đơn"], "more": "Bản vẽ móng\n", "reason": "thiếu", "legal_basis": "Luật Xây dựng"},
        {"papers": [], "more": "", "reason": "giữ nguyên", "legal_basis": "Luật"}, "papers",
    ),
    Case(
        "confirm_supplement", asked, "reception", "leader", lambda d: d.supplement.confirmed_at, NOW,
    ),
    Case(
        "suspend", two_steps, "specialist", "cashier", lambda d: d.status, Status.FINANCIAL_DUTY,
        {"reason": "nộp lệ phí trước bạ", "legal_basis": "Luật Phí"}, {"reason": "giữ nguyên", "legal_basis": ""},
        "legal_basis",
    ),
    Case(
        "resume", asked, "reception", "leader", lambda d: (d.status, d.supplement.answer),
        (Status.RECEIVED, "Đã nộp đủ"), {"answer": "Đã nộp đủ"},
        {"answer": "giữ nguyên", "scans": SimpleUploadedFile("x.pdf", b"MZ\x90")}, "scans",
    ),
    Case(
        "ask_agency", may_ask, "specialist", "leader",
        lambda d: [(one.agency, one.legal_basis, one.reference) for one in d.agency_requests.all()],
        [("Sở Tư pháp", "Luật Hộ tịch, Điều 5", "12/UBND")],
        {"agency": "Sở Tư pháp", "text": "Xác minh", "legal_basis": "Luật Hộ tịch, Điều 5", "reference": "12/UBND",
         "expected_on": "30/11/2026"},
        {"agency": "Sở Tư pháp", "text": "giữ nguyên", "legal_basis": "Luật", "expected_on": "22/11/2026"},
        "expected_on",
    ),
    Case(
        "agency_answered", elsewhere, "reception", "leader",
        lambda d: (d.status, d.agency_requests.get().answer), (Status.RECEIVED, "Đúng."),
        {"answer": "Đúng.", "reference": "45/STP"},
        {"answer": "giữ nguyên", "scans": SimpleUploadedFile("x.pdf", b"MZ\x90")}, "scans",
    ),
    Case("cancel_agency", elsewhere, "specialist", "inspector", lambda d: d.status, Status.RECEIVED),
    Case("finish_step", two_steps, "reception", "leader", lambda d: d.step_position, 2, {"note": "đủ"}),
    Case(
        "send_back", at_second_desk, "specialist", "leader", lambda d: d.step_position, 1, {"note": "thiếu chữ ký"},
        {"note": ""}, "note",
    ),
    Case(
        "acknowledge", at_second_desk, "specialist", "inspector",
        lambda d: d.hand_overs.get().acknowledged_at, NOW,
    ),
    Case(
        "assign", two_steps, "division_head", "reception", lambda d: d.holder.full_name, "Trần Văn Thẩm",
        {"to": someone_of}, {"to": "999999"}, "to",
    ),
    Case(
        "consult", two_steps, "reception", "specialist", lambda d: d.consultations.get().question,
        "Có quy hoạch không?",
        {"unit": neighbour, "question": "Có quy hoạch không?", **CLOSING},
        {"unit": "", "question": "giữ nguyên", "day": "31/02/2026", "hour": "17:00"}, "day",
    ),
    Case(
        "attach", two_steps, "specialist", "inspector", lambda d: (d.papers.last().name, d.paper_place),
        ("Giấy ủy quyền", "Tủ 3"), {"paper": "new", "name": "Giấy ủy quyền", "originals": "1", "paper_place": "Tủ 3"},
        {"paper": "new", "name": "", "paper_place": "giữ nguyên"}, "name",
    ),
    Case(
        "sign_off", one_step, "reception", "leader", lambda d: (d.status, d.result_reference),
        (Status.FINISHED, "15/GPXD"), {"kind": "granted", "reference": "15/GPXD"},
        {"kind": "refused", "reference": "", "note": "giữ nguyên"}, "reference",
    ),
    Case(
        "return_result", lambda: finish(receive()), "return", "specialist", lambda d: d.status, Status.RETURNED,
        {"channel": "counter", "collector_name": "A", "collector_id": "038190000001", "is_signed_on_paper": "on"},
        {"channel": "home", "collector_name": "giữ nguyên", "collector_id": "1", "is_signed_on_paper": "on"},
        "home_reason",
    ),
    Case(
        "withdraw", two_steps, "reception", "leader", lambda d: d.status, Status.WITHDRAWN, {"reason": "đổi ý"},
        {"reason": " "}, "reason",
    ),
    Case(
        "stop", two_steps, "reception", "leader", lambda d: d.status, Status.STOPPED, {"reason": "không bổ sung"},
        {"reason": ""}, "reason",
    ),
    Case(
        "charge", two_steps, "cashier", "specialist", lambda d: d.fees.get().amount, 75_000,
        {"name": "Lệ phí", "amount": "75.000", "quantity": "1"},
        {"name": "giữ nguyên", "amount": "nhiều", "quantity": "1"}, "amount",
    ),
    Case(
        "collect", with_fee, "cashier", "specialist", lambda d: d.fees.get().receipt_number, "0012",
        {"fee": lambda d: str(d.fees.get().pk), "method": "cash", "receipt_number": "0012"},
        {"fee": "999", "method": "cash", "receipt_number": "giữ nguyên"}, "fee",
    ),
    Case(
        "draft_apology", late, "specialist", "cashier", lambda d: d.apology.cause_text, "Nhiều hồ sơ.",
        {"cause": "workload", "text": "Nhiều hồ sơ.", "answerable": someone_of, **CLOSING},
        {"cause": "staff", "text": "giữ nguyên", "answerable": someone_of, "day": "29/11/2026", "hour": "09:00"}, "day",
    ),
    Case("sign_apology", drafted, "leader", "specialist", lambda d: d.apology.number, "01/PXL"),
    Case("send_apology", signed, "clerk", "specialist", lambda d: d.apology.sent_at, NOW),
]  # fmt: skip
