from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.dossiers.enums import HomeReason, PaymentMethod, ReturnChannel
from thanthien.dossiers.models.dossier import Dossier


class Fee(models.Model):
    """A phí or lệ phí of the dossier: what for, how much, whether paid and with which receipt."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="fees")
    name = models.CharField(_("khoản"), max_length=300)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    quantity = models.PositiveIntegerField(_("số bản"), default=1)
    amount = models.PositiveIntegerField(_("số tiền (đồng)"))
    method = models.CharField(_("hình thức"), max_length=10, choices=PaymentMethod, blank=True)
    receipt_number = models.CharField(_("số biên lai"), max_length=60, blank=True)
    paid_at = models.DateTimeField(null=True)
    collected_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["paid_at"], name="fee_paid", condition=Q(paid_at__isnull=False))]
        constraints = [
            models.CheckConstraint(name="fee_paid_by", condition=Q(paid_at=None) ^ ~Q(collected_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.amount}"


class ResultReturn(models.Model):
    """How the result reached the citizen: who took it, by what proof."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="result_return")
    channel = models.CharField(_("cách trả"), max_length=10, choices=ReturnChannel)
    collector_name = models.CharField(_("người nhận"), max_length=200)
    collector_id = models.CharField(_("số giấy tờ người nhận"), max_length=20, blank=True)
    authorisation = models.CharField(_("giấy ủy quyền"), max_length=300, blank=True)
    originals_returned = models.CharField(_("bản chính trả lại"), max_length=500, blank=True)
    waybill = models.CharField(_("số vận đơn"), max_length=60, blank=True)
    home_reason = models.CharField(_("lý do trả tại nhà"), max_length=10, choices=HomeReason, blank=True)
    home_address = models.CharField(_("địa chỉ trả tại nhà"), max_length=300, blank=True)
    signature = models.ForeignKey("dossiers.DossierFile", on_delete=models.PROTECT, null=True, related_name="+")
    is_signed_on_paper = models.BooleanField(_("đã ký nhận trên giấy"), default=False)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="return_home_has_reason", condition=~Q(channel=ReturnChannel.HOME) | ~Q(home_reason="")
            ),
            models.CheckConstraint(
                name="return_post_has_waybill", condition=~Q(channel=ReturnChannel.POST) | ~Q(waybill="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.collector_name}"
