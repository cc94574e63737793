from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    MALE = "male", _("nam")
    FEMALE = "female", _("nữ")


class HouseholdKind(TextChoices):
    ORDINARY = "ordinary", _("hộ thường")
    POOR = "poor", _("hộ nghèo")
    NEAR_POOR = "near_poor", _("hộ cận nghèo")
