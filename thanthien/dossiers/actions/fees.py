"""Charges of a dossier: asked, paid, receipted."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.rules import Refused
from thanthien.dossiers import rules
from thanthien.dossiers.actions import messages
from thanthien.dossiers.actions.change import changes_dossier, save, write_down
from thanthien.dossiers.actions.receiving import FeeIn
from thanthien.dossiers.enums import PaymentMethod
from thanthien.dossiers.models import Dossier, Fee


@changes_dossier
def charge(dossier: Dossier, fee: FeeIn, *, by: Any, at: datetime) -> None:
    rules.check_can_collect(dossier, by=by)
    paid = {"paid_at": at, "collected_by": str(by)} if fee.method else {}
    made = Fee.objects.create(dossier=dossier, **vars(fee), **paid)
    save(dossier, at=at)
    text = _("Ghi khoản thu: %(name)s, %(amount)s đồng.") % {"name": fee.name, "amount": amount(fee.amount)}
    write_down(dossier, timeline.Note(kind="fee", text=text), by=by, at=at)
    if not fee.method:
        messages.tell_payment_due(dossier, made, at=at)


@changes_dossier
def collect(
    dossier: Dossier, fee_id: int, *, method: PaymentMethod, receipt_number: str, by: Any, at: datetime
) -> None:
    """Money was taken for a charge; the receipt itself is a finance document, its number stands here."""
    rules.check_can_collect(dossier, by=by)
    fee = Fee.objects.select_for_update().get(pk=fee_id, dossier=dossier)
    if fee.paid_at:
        raise Refused(_("Khoản này đã thu rồi."))
    fee.method, fee.receipt_number, fee.paid_at, fee.collected_by = method, receipt_number, at, str(by)
    fee.save()
    save(dossier, at=at)
    words = {"name": fee.name, "amount": amount(fee.amount), "receipt": receipt_number or _("không số")}
    text = _("Thu %(name)s: %(amount)s đồng, biên lai %(receipt)s.") % words
    write_down(dossier, timeline.Note(kind="fee_paid", text=text, public_text=text), by=by, at=at)
    messages.tell_paid(dossier, fee, at=at)


def amount(dong: int) -> str:
    return f"{dong:,}".replace(",", ".")
