"""Forms of fees."""

from django import forms
from django.utils.translation import gettext_lazy as _

from thanthien.dossiers.enums import PaymentMethod
from thanthien.dossiers.forms.base import DossierForm, LineField
from thanthien.ui.forms import MoneyField

MOST_DONG = 2_000_000_000  # what the column holds


class ChargeForm(DossierForm):
    name = LineField(label=_("Khoản phí, lệ phí"), help_text=_("Ví dụ: Lệ phí cấp giấy phép xây dựng"))
    amount = MoneyField(label=_("Số tiền"), max_value=MOST_DONG)
    quantity = forms.IntegerField(label=_("Số bản"), min_value=1, max_value=9999, initial=1)
    pages = forms.IntegerField(label=_("Số trang"), min_value=1, max_value=99_999, required=False)
    method = forms.ChoiceField(
        label=_("Thu ngay bằng"), choices=[("", _("Chưa thu")), *PaymentMethod.choices], required=False
    )
    receipt_number = LineField(label=_("Số biên lai"), max_length=60, required=False)


class CollectForm(DossierForm):
    fee = forms.ChoiceField(label=_("Khoản thu"), widget=forms.RadioSelect)
    method = forms.ChoiceField(
        label=_("Hình thức"), choices=PaymentMethod.choices, initial=PaymentMethod.CASH, widget=forms.RadioSelect
    )
    receipt_number = LineField(label=_("Số biên lai"), max_length=60, required=False)

    def fill(self) -> None:
        unpaid = [fee for fee in self.dossier.fees.all() if fee.paid_at is None]
        words = [(str(fee.pk), f"{fee.name}: {fee.amount:,} đ".replace(",", ".")) for fee in unpaid]
        self.offer("fee", words)
        self.fields["fee"].initial = words[0][0] if words else None
