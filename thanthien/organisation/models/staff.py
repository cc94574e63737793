from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
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
