"""What each printed form says: typed fields, in the order of the paper.

Dates and times are text already (`core.words`), so that a form prints what was decided and computes nothing. "" prints
as a dotted line to be filled by hand where the paper form has one, and not at all elsewhere.

Sources: Thông tư 01/2018/TT-VPCP Điều 9 and its forms 01–06, Thông tư 03/2025/TT-VPCP phụ lục I (seven forms; its exact
wording could not be verified, so the templates stay editable); Nghị định 30/2020/NĐ-CP for the layout.
"""

from dataclasses import asdict, dataclass
from typing import Any

from thanthien.core.words import money_in_words


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The head of a page. `number` is the whole "Số" ("05/TNHS"); "" leaves it dotted; `date` is `long_date`."""

    issuer: str
    place: str
    date: str
    governing_body: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A person or organisation on paper. Numbers stand in full: the paper is theirs."""

    full_name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    personal_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who signs: the lines over the signature ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH") and the name."""

    titles: tuple[str, ...]
    full_name: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper in the dossier and how many of each form were handed in."""

    name: str
    original: int = 0
    certified: int = 0
    photocopy: int = 0
    electronic: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RequiredLine:
    """A paper that is still wanted, or that a procedure asks for."""

    name: str
    quantity: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """A fee or charge in đồng."""

    name: str
    amount: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CertifiedLine:
    """A paper to be certified: its pages, how many copies, the fee of all copies in đồng (DOMAIN 7 rule 1)."""

    name: str
    pages: int
    copies: int
    fee: int


@dataclass(frozen=True, kw_only=True)
class Form:
    """What all forms carry. `qr_text` is what the QR code holds, mostly the dossier code."""

    letterhead: Letterhead
    dossier_code: str = ""
    qr_text: str = ""

    def as_data(self) -> dict[str, Any]:
        """Plain lists and dictionaries for the template and for keeping; computed totals included."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class _Received(Form):
    """What both variants of form 01 say."""

    office_name: str
    submitter: Party
    request: str
    received_at: str
    due_at: str
    owner: Party | None = None
    procedure_code: str = ""
    copy_label: str = ""
    time_limit: str = ""
    due_explanation: str = ""
    result_place: str = ""
    fee_method: str = ""
    book_number: str = ""
    book_entry: str = ""
    note: str = ""
    tracking: str = ""
    submitter_name: str = ""
    receiver_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt(_Received):
    """Mẫu 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""

    papers: tuple[PaperLine, ...] = ()
    sets: int = 1
    fees: tuple[FeeLine, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return super().as_data() | _total(sum(line.amount for line in self.fees))


@dataclass(frozen=True, kw_only=True)
class CertificationReceipt(_Received):
    """Mẫu 01 for certified copies: pages, copies and fee of each paper instead of the list of papers."""

    items: tuple[CertifiedLine, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return super().as_data() | _total(sum(line.fee for line in self.items))


@dataclass(frozen=True, kw_only=True)
class SupplementRequest(Form):
    """Mẫu 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ; once, with its legal basis (Nghị định 61/2018 Điều 6, 17)."""

    party: Party
    request: str
    papers: tuple[RequiredLine, ...]
    reason: str
    legal_basis: str = ""
    answer_by: str = ""
    due_if_answered: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    guide_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Refusal(Form):
    """Mẫu 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ."""

    office_name: str
    party: Party
    request: str
    reason: str
    legal_basis: str = ""
    guidance: str = ""
    submitter_name: str = ""
    receiver_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Apology(Form):
    """Mẫu 04: Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (Phiếu xin lỗi và hẹn lại ngày trả kết quả)."""

    addressee: str
    received_at: str
    request: str
    promised_at: str
    late_unit: str
    reason: str
    new_due_at: str
    new_place: str
    signer: Signer
    issuer_in_text: str = ""
    contact: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StopNotice(Form):
    """Mẫu 05: Thông báo dừng giải quyết hồ sơ (Thông tư 03/2025 Điều 7). `paid` and `refund` in đồng; what was paid and
    has no `refund` yet leaves a line to fill in: what goes back, the rules of each fee say."""

    addressee: str
    requester: Party
    requested_at: str
    request: str
    status: str
    signer: Signer
    reason: str = ""
    legal_basis: str = ""
    returned_papers: tuple[PaperLine, ...] = ()
    paid: int = 0
    refund: int | None = None
    recipients: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        words = money_in_words(self.refund) if self.refund else ""
        return super().as_data() | {"refund_in_words": words}


@dataclass(frozen=True, kw_only=True)
class HandOverStep:
    """One row of the control sheet: who gave to whom, when, and how the giver's part ended
    (`outcome`: "early", "on_time", "late" or "" while it runs)."""

    from_agency: str
    to_agency: str
    moment: str = ""
    giver: str = ""
    receiver: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlSheet(Form):
    """Mẫu 06: Phiếu kiểm soát quá trình giải quyết hồ sơ; travels with the dossier."""

    lead_agency: str
    steps: tuple[HandOverStep, ...]
    supporting_agencies: tuple[str, ...] = ()
    request: str = ""
    applicant: str = ""
    received_at: str = ""
    due_at: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """One dossier in the book. `number` is its line in the book of the year, the one that its receipt names."""

    code: str
    procedure: str
    applicant: str
    contact: str
    agency: str
    received: str
    due: str
    number: str = ""
    sets: int = 1
    returned: str = ""
    result_channel: str = ""
    signed: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Register(Form):
    """Mẫu 07: Sổ theo dõi hồ sơ (A4 landscape)."""

    office_name: str
    period: str
    rows: tuple[RegisterLine, ...]
    book_number: str = ""
    filter: str = ""
    printed_at: str = ""
    keeper_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Guidance(Form):
    """Phiếu hướng dẫn: what to prepare, where to come, how long it takes, what it costs. No dossier yet."""

    office_name: str
    party: Party
    request: str
    papers: tuple[RequiredLine, ...]
    procedure_code: str = ""
    guidance: str = ""
    time_limit: str = ""
    fee: str = ""
    place: str = ""
    opening_hours: str = ""
    online: str = ""
    contact: str = ""
    guide_name: str = ""


@dataclass(frozen=True, kw_only=True)
class HandOverLine:
    """One dossier in a hand-over."""

    code: str
    procedure: str
    applicant: str
    due: str
    papers: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HandOver(Form):
    """Danh sách bàn giao hồ sơ, with the receiver's acknowledgement (`acknowledged_at` "" while it is awaited)."""

    from_unit: str
    to_unit: str
    handed_at: str
    rows: tuple[HandOverLine, ...]
    giver_name: str = ""
    receiver_name: str = ""
    acknowledged_at: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """A result handed over: its name, number, copies."""

    name: str
    number: str = ""
    copies: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultReceipt(Form):
    """Giấy giao nhận kết quả: at the counter, by post (`waybill`) or at home (`home_reason`)."""

    office_name: str
    applicant: Party
    request: str
    results: tuple[ResultLine, ...]
    returned_at: str
    channel: str
    collector: Party
    capacity: str = ""
    authorisation: str = ""
    waybill: str = ""
    home_reason: str = ""
    returned_papers: tuple[PaperLine, ...] = ()
    fees: tuple[FeeLine, ...] = ()
    note: str = ""
    giver_name: str = ""

    def as_data(self) -> dict[str, Any]:
        return super().as_data() | _total(sum(line.amount for line in self.fees))


@dataclass(frozen=True, kw_only=True)
class CollectedLine:
    """Money taken for one dossier: `fee` (phí) and `charge` (lệ phí) in đồng."""

    date: str
    receipt_number: str
    code: str
    payer: str
    content: str
    fee: int = 0
    charge: int = 0
    method: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeSummary(Form):
    """Bảng kê thu phí, lệ phí of a period (A4 landscape)."""

    office_name: str
    period: str
    rows: tuple[CollectedLine, ...]
    collector_name: str = ""
    accountant_name: str = ""
    signer: Signer | None = None
    printed_at: str = ""

    def as_data(self) -> dict[str, Any]:
        fee, charge = sum(row.fee for row in self.rows), sum(row.charge for row in self.rows)
        return super().as_data() | {"fee": fee, "charge": charge, "methods": self._by_method()} | _total(fee + charge)

    def _by_method(self) -> list[dict[str, Any]]:
        methods = dict.fromkeys(row.method for row in self.rows)
        of = {m: [row.fee + row.charge for row in self.rows if row.method == m] for m in methods}
        return [{"name": m, "count": len(amounts), "amount": sum(amounts)} for m, amounts in of.items()]


def _total(amount: int) -> dict[str, Any]:
    return {"total": amount, "total_in_words": money_in_words(amount)}
