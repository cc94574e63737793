from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.dossiers.enums import CLOSED, HomeReason, ResultKind, ReturnChannel, Status
from thanthien.organisation.enums import Role
from thanthien.procedures.enums import Channel


class Dossier(models.Model):
    """A hồ sơ: what somebody asks for, pinned to the version of the procedure under which it was received.

    Name, number, phone and address stand here as they were on that day. `unit` decides, `receiving_unit` took it
    in (non-territorial reception: they differ). `desk_unit`, `desk_role` and `holder` say who has it now; they and
    `due_at` repeat what steps and the promise say, so that a work list is one indexed look.
    """

    code = models.CharField(_("mã hồ sơ"), max_length=60, unique=True)
    secret = models.CharField(max_length=32)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="dossiers", db_index=False)
    receiving_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="received_dossiers")
    offering = models.ForeignKey(
        "procedures.Offering", on_delete=models.PROTECT, related_name="dossiers", db_index=False
    )
    version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="dossiers", db_index=False
    )
    procedure_name = models.CharField(max_length=2000)
    status = models.CharField(_("trạng thái"), max_length=20, choices=Status)
    channel = models.CharField(_("hình thức nộp"), max_length=10, choices=Channel)
    return_channel = models.CharField(_("nhận kết quả"), max_length=10, choices=ReturnChannel)
    return_reason = models.CharField(_("vì sao trả tại nhà"), max_length=10, choices=HomeReason, blank=True)
    return_address = models.CharField(_("địa chỉ nhận kết quả"), max_length=300, blank=True)

    applicant = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="dossiers")
    business = models.ForeignKey(
        "people.Business", on_delete=models.PROTECT, null=True, related_name="dossiers", db_index=False
    )
    applicant_name = models.CharField(_("người nộp"), max_length=300)
    applicant_plain = models.CharField(max_length=300)
    personal_id = models.CharField(_("số định danh"), max_length=12, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=16, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    owner_name = models.CharField(_("chủ hồ sơ (nếu khác)"), max_length=300, blank=True)
    owner_address = models.CharField(_("địa chỉ chủ hồ sơ"), max_length=300, blank=True)
    authorisation = models.CharField(_("giấy ủy quyền"), max_length=300, blank=True)

    request = models.TextField(_("nội dung yêu cầu giải quyết"), blank=True)
    copies = models.PositiveSmallIntegerField(_("số bộ"), default=1)
    note = models.TextField(_("ghi chú"), blank=True)
    paper_place = models.CharField(_("nơi để hồ sơ giấy"), max_length=200, blank=True)
    book_year = models.PositiveSmallIntegerField(null=True)
    book_number = models.PositiveIntegerField(null=True)

    registered_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result_kind = models.CharField(max_length=10, choices=ResultKind, blank=True)
    result_reference = models.CharField(_("số, ký hiệu kết quả"), max_length=100, blank=True)
    result_signed_by = models.CharField(max_length=200, blank=True)
    returned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.TextField(blank=True)

    desk_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="dossiers_at_desk")
    desk_role = models.CharField(max_length=20, choices=Role, blank=True)
    holder = models.ForeignKey(
        "organisation.Staff", on_delete=models.SET_NULL, null=True, related_name="dossiers_held", db_index=False
    )
    step_position = models.PositiveSmallIntegerField(default=0)  # of the offering's process; 0: not begun
    step_name = models.CharField(max_length=200, blank=True)
    step_started_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField()
    silent_at = models.DateTimeField(null=True)  # untouched until then: half of the step's time is gone
    apology_at = models.DateTimeField(null=True)  # unfinished then: an apology is owed
    locked_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    locked_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "pk"]
        # Each is asked by a page; a foreign key that none asks has no index, as every receipt would pay for it.
        # Conditions without values: SQLite, which gets values apart from the statement, then sees that an index fits.
        indexes = [
            models.Index(fields=["desk_unit", "due_at"], name="dossier_desk", condition=Q(closed_at=None)),
            models.Index(fields=["holder", "due_at"], name="dossier_holder", condition=Q(closed_at=None)),
            models.Index(
                fields=["receiving_unit", "finished_at"],
                name="dossier_to_return",
                condition=Q(closed_at=None, finished_at__isnull=False),
            ),
            models.Index(fields=["apology_at"], name="dossier_apology", condition=Q(apology_at__isnull=False)),
            models.Index(
                fields=["unit", "returned_at"], name="dossier_returned", condition=Q(returned_at__isnull=False)
            ),
            models.Index(fields=["unit", "received_at"], name="dossier_received"),
            models.Index(fields=["unit", "finished_at"], name="dossier_finished"),
            models.Index(fields=["applicant_plain"], name="dossier_applicant"),
            models.Index(fields=["personal_id"], name="dossier_personal_id"),
            models.Index(fields=["phone"], name="dossier_phone"),
            models.Index(fields=["business"], name="dossier_business", condition=Q(business__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "book_year", "book_number"], name="dossier_one_book_number"),
            models.CheckConstraint(
                name="dossier_received_with_promise",
                condition=Q(received_at=None, due_at=None) | Q(received_at__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_returned_when", condition=Q(returned_at=None) | Q(status=Status.RETURNED)
            ),
            models.CheckConstraint(
                name="dossier_closed_when",
                condition=Q(closed_at=None) ^ Q(status__in=sorted(CLOSED)),
            ),
            models.CheckConstraint(name="dossier_locked_until", condition=Q(locked_by=None) | ~Q(locked_until=None)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        """Under this name the foundation keeps its timeline, promise and documents."""
        return f"dossier:{self.pk}"
