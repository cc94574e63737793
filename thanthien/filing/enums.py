from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ForWhom(TextChoices):
    SELF = "self", _("Cho tôi (hoặc con tôi)")
    OTHER = "other", _("Nộp thay người khác, có giấy ủy quyền")


class FilingKind(TextChoices):
    """What was sent without coming to the counter."""

    FILING = "filing", _("nộp hồ sơ")
    SUPPLEMENT = "supplement", _("bổ sung giấy tờ")


class PartyState(TextChoices):
    """Where it stands with somebody who must confirm what was declared about them."""

    WAITING = "waiting", _("chờ xác nhận")
    CONFIRMED = "confirmed", _("đã xác nhận")
    DISPUTED = "disputed", _("báo có điều chưa đúng")


class Purpose(TextChoices):
    """For what else personal data may be used, each only with its own consent (Luật 91/2025/QH15 Đ9; DOMAIN 9.2)."""

    ZALO = "zalo", _("nhắn tin qua Zalo")
    SURVEY = "survey", _("mời đánh giá sự phục vụ")
    LETTERS = "letters", _("thư chúc mừng, thăm hỏi")
    REUSE = "reuse", _("giữ lại để lần sau khỏi khai lại")
