from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thanthien.core.working_time import PausePolicy, TimeUnit
from thanthien.organisation.enums import Role
from thanthien.procedures.enums import FeeRule, LifeEvent, OnlineLevel, RecordKind

NAME_LENGTH = 2000  # the longest of the national base has 1,192 characters


class Sector(models.Model):
    """A field of procedures (lĩnh vực), e.g. G15-TP07 Hộ tịch."""

    code = models.CharField(_("mã"), max_length=40, blank=True)
    name = models.CharField(_("tên"), max_length=300, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A thủ tục hành chính by its national code; what it says stands in its versions."""

    code = models.CharField(_("mã TTHC"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=NAME_LENGTH)
    plain_name = models.CharField(max_length=NAME_LENGTH, editable=False)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="procedures", verbose_name=_("lĩnh vực"))
    life_event = models.CharField(_("việc của đời người"), max_length=20, choices=LifeEvent, default=LifeEvent.OTHER)
    is_active = models.BooleanField(_("còn hiệu lực"), default=True)
    closing_reason = models.CharField(_("lý do bãi bỏ"), max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureVersion(models.Model):
    """What the catalogue said from `valid_from` to `valid_to`; never changed once a dossier stands on it.

    `content` is the whole record in our own shape (`procedures.outside.records`): steps, channels with time and
    fees, paper groups, cases, legal bases, results, requirements, agencies, audiences, flags.
    A version that is followed on its first day ends that day; of two in force the higher number counts.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("phiên bản"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    name = models.CharField(_("tên"), max_length=NAME_LENGTH)
    limit_amount = models.DecimalField(_("thời hạn"), max_digits=8, decimal_places=3, null=True, blank=True)
    limit_unit = models.CharField(_("đơn vị thời hạn"), max_length=20, choices=TimeUnit, blank=True)
    limit_text = models.TextField(_("thời hạn (lời văn)"), blank=True)
    supplement_policy = models.CharField(
        _("khi bổ sung"), max_length=10, choices=PausePolicy, default=PausePolicy.RESTART
    )
    is_immediate = models.BooleanField(_("trả kết quả ngay"), default=False)
    content = models.JSONField(_("nội dung"))
    kind = models.CharField(_("loại bản ghi"), max_length=10, choices=RecordKind)
    fingerprint = models.CharField(max_length=64)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["procedure_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_one_number"),
            models.UniqueConstraint(fields=["procedure"], condition=Q(valid_to=None), name="version_one_in_force"),
            models.CheckConstraint(
                name="version_runs_forward", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(name="version_limit_has_unit", condition=Q(limit_amount=None) | ~Q(limit_unit="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} (v{self.number})"


class Offering(models.Model):
    """A unit offers a procedure: its committed time (never longer than the statutory one), fee, channels, process."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="offerings")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="offerings")
    committed_amount = models.DecimalField(_("thời hạn cam kết"), max_digits=8, decimal_places=3)
    committed_unit = models.CharField(_("đơn vị thời hạn"), max_length=20, choices=TimeUnit)
    statutory_amount = models.DecimalField(
        _("thời hạn theo quy định"), max_digits=8, decimal_places=3, null=True, blank=True
    )
    statutory_unit = models.CharField(_("đơn vị theo quy định"), max_length=20, choices=TimeUnit, blank=True)
    fee_rule = models.CharField(_("cách tính phí"), max_length=20, choices=FeeRule, default=FeeRule.FIXED)
    fee = models.PositiveIntegerField(_("phí, lệ phí (đồng)"), null=True, blank=True)
    fee_note = models.CharField(_("ghi chú về phí"), max_length=500, blank=True)
    channels = models.JSONField(_("hình thức nộp"), default=list)
    online_level = models.CharField(_("mức trực tuyến"), max_length=20, choices=OnlineLevel, default=OnlineLevel.NONE)
    is_non_territorial = models.BooleanField(_("tiếp nhận không theo địa giới"), default=False)
    is_tracked_only = models.BooleanField(_("chỉ theo dõi (cơ quan khác giải quyết)"), default=False)
    # Without one the clock goes on while another agency is asked (NĐ 61/2018 Đ19.5).
    agency_basis = models.CharField(_("căn cứ dừng đồng hồ khi chờ cơ quan khác"), max_length=300, blank=True)
    shortcut = models.CharField(_("phím tắt"), max_length=10, blank=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ["unit_id", "procedure_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "procedure"], condition=Q(valid_to=None), name="offering_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.procedure_id}"


class ProcessStep(models.Model):
    """One step of the internal process (DOMAIN 7, rule 7). `amount` is in the unit of the committed time; the sum of
    all steps is the committed time. `unit` names another agency (liên thông); empty: the offering's own unit."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("tên bước"), max_length=200)
    role = models.CharField(_("vai trò"), max_length=20, choices=Role)
    amount = models.DecimalField(_("thời gian"), max_digits=8, decimal_places=3)
    unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="process_steps",
        verbose_name=_("cơ quan thực hiện"),
    )  # fmt: skip

    class Meta:
        ordering = ["offering_id", "position"]
        constraints = [models.UniqueConstraint(fields=["offering", "position"], name="step_one_position")]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"
