from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.people.enums import HouseholdKind, Sex


class Person(models.Model):
    """A citizen known to the installation: one person, one record. Cases keep their own copy of what was said.

    A duplicate stays as an empty pointer (`merged_into`), because cases may still refer to it.
    """

    full_name = models.CharField(_("họ và tên"), max_length=200)
    plain_name = models.CharField(max_length=200, editable=False)
    sort_name = models.CharField(max_length=200, blank=True, editable=False)  # core.text.name_sort_key
    personal_id = models.CharField(_("số định danh cá nhân"), max_length=12, null=True, blank=True, unique=True)
    old_id = models.CharField(_("số giấy tờ cũ"), max_length=20, blank=True)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    sex = models.CharField(_("giới tính"), max_length=10, choices=Sex, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=16, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    id_issued_date = models.DateField(_("ngày cấp"), null=True, blank=True)
    neighbourhood = models.ForeignKey(
        "organisation.Neighbourhood", on_delete=models.SET_NULL, null=True, blank=True, related_name="people",
        verbose_name=_("thôn, tổ dân phố"), db_index=False,
    )  # fmt: skip
    # Without an index of its own: nearly all are empty, and SQLite would take that for a way to find somebody.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["sort_name", "pk"]
        # Each of its own: `db_index` would make PostgreSQL keep a second one for LIKE, which nobody asks.
        indexes = [
            models.Index(fields=["plain_name"], name="person_plain_name"),
            models.Index(fields=["sort_name"], name="person_sort_name"),
            models.Index(fields=["old_id"], name="person_old_id"),
            models.Index(fields=["phone"], name="person_phone"),
            models.Index(
                fields=["neighbourhood"], name="person_neighbourhood", condition=Q(neighbourhood__isnull=False)
            ),
            models.Index(fields=["merged_into"], name="person_merged", condition=Q(merged_into__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="person_id_not_empty", condition=Q(personal_id=None) | ~Q(personal_id="")),
            models.CheckConstraint(
                name="person_merged_gives_up_number", condition=Q(merged_into=None) | Q(personal_id=None)
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class Household(models.Model):
    head = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households_led", verbose_name=_("chủ hộ"))
    members = models.ManyToManyField(Person, related_name="households", blank=True, verbose_name=_("thành viên"))
    kind = models.CharField(_("loại hộ"), max_length=20, choices=HouseholdKind, default=HouseholdKind.ORDINARY)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    neighbourhood = models.ForeignKey(
        "organisation.Neighbourhood", on_delete=models.SET_NULL, null=True, blank=True, related_name="households",
        verbose_name=_("thôn, tổ dân phố"),
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(_("Hộ ông/bà %(name)s")) % {"name": self.head.full_name}


class Business(models.Model):
    """An enterprise, household business or other organisation that files."""

    name = models.CharField(_("tên"), max_length=300)
    plain_name = models.CharField(max_length=300, editable=False, db_index=True)
    tax_code = models.CharField(_("mã số thuế"), max_length=14, null=True, blank=True, unique=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=16, blank=True, db_index=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    representative = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="businesses", verbose_name=_("đại diện")
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
