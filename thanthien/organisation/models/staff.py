from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thanthien.organisation.models.unit import Counter, Unit


class Staff(AbstractBaseUser):
    """An official, civil servant or public employee with an account.

    `roles` is a list of `Role` values: what they may do in `unit` (and, for a province administrator or an
    inspector, in everything below it). `is_superuser` is the administrator of the whole installation.
    """

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=200)
    email = models.EmailField(_("thư điện tử"), blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="staff", verbose_name=_("đơn vị"))
    title = models.CharField(_("chức danh"), max_length=200, blank=True)
    functions = models.TextField(_("nhiệm vụ, quyền hạn công khai"), blank=True)
    roles = models.JSONField(_("vai trò"), default=list, blank=True)
    counter = models.ForeignKey(
        Counter, on_delete=models.SET_NULL, null=True, blank=True, related_name="staff", verbose_name=_("quầy")
    )
    is_active = models.BooleanField(_("đang làm việc"), default=True)
    is_superuser = models.BooleanField(_("quản trị hệ thống"), default=False)
    must_change_password = models.BooleanField(default=False, editable=False)  # somebody else typed the present one
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["unit_id", "full_name"]
        indexes = [models.Index(fields=["unit", "is_active"], name="staff_of_unit")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def given_name(self) -> str:
        """The name one calls a person by: the last word."""
        return self.full_name.split()[-1] if self.full_name else self.username

    def has_role(self, *roles: str) -> bool:
        return bool(set(roles) & set(self.roles))

    def get_additional_data(self) -> dict[str, int]:
        """For the history: which unit the change concerns (0: all)."""
        return {"unit": self.unit_id}


class Post(models.Model):
    """What somebody was appointed to, from when to when, by which order, and who stands above them (FEATURES 101)."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="posts", verbose_name=_("cán bộ"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name=_("đơn vị"))
    title = models.CharField(_("chức danh"), max_length=200, blank=True)
    order_number = models.CharField(_("số quyết định"), max_length=100, blank=True)
    superior = models.ForeignKey(
        Staff, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cấp trên trực tiếp")
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ["staff_id", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="post_runs_forward", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.UniqueConstraint(fields=["staff"], condition=Q(valid_to=None), name="post_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_additional_data(self) -> dict[str, int]:
        """For the history: which unit the change concerns (0: all)."""
        return {"unit": self.unit_id}


class SignInFailure(models.Model):
    """A wrong password: counted over all processes of the server, so that guessing must wait (RELIABILITY S3)."""

    username = models.CharField(max_length=60)  # as typed, lower case; it need not exist
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["username", "at"], name="sign_in_failure_name"),
            models.Index(fields=["address", "at"], name="sign_in_failure_address"),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.at:%d/%m/%Y %H:%M}"
