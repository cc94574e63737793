"""What letters are written for, what becomes of them, how they reach people (FEATURES 5.3, 5.4, 5.26)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """The kinds that are counted (seed: xã Hợp Lý, 834 thư = 132 + 473 + 224 + 4 + 1)."""

    MARRIAGE = "marriage", _("thư chúc mừng hạnh phúc")
    BIRTH = "birth", _("thư chúc mừng thành viên mới")
    CONDOLENCE = "condolence", _("thư chia buồn")
    APOLOGY = "apology", _("thư xin lỗi")
    THANKS = "thanks", _("thư cảm ơn")


class Occasion(TextChoices):
    BIRTH = "birth", _("có thành viên mới (đăng ký khai sinh)")
    MARRIAGE = "marriage", _("nên duyên vợ chồng (đăng ký kết hôn)")
    DEATH = "death", _("có người thân qua đời (đăng ký khai tử)")
    DELAY = "delay", _("hồ sơ trễ hẹn")
    DISSATISFIED = "dissatisfied", _("người dân chưa hài lòng")
    OPINION = "opinion", _("góp ý đã làm thay đổi công việc")
    HELP = "help", _("được người dân giúp đỡ")
    GIFT = "gift", _("được ủng hộ, tặng quà")
    DIALOGUE = "dialogue", _("phát biểu tại buổi đối thoại")


KIND_OF = {
    Occasion.BIRTH: Kind.BIRTH, Occasion.MARRIAGE: Kind.MARRIAGE, Occasion.DEATH: Kind.CONDOLENCE,
    Occasion.DELAY: Kind.APOLOGY, Occasion.DISSATISFIED: Kind.APOLOGY, Occasion.OPINION: Kind.THANKS,
    Occasion.HELP: Kind.THANKS, Occasion.GIFT: Kind.THANKS, Occasion.DIALOGUE: Kind.THANKS,
}  # fmt: skip
OF_LIFE = (Occasion.BIRTH, Occasion.MARRIAGE, Occasion.DEATH)


class State(TextChoices):
    DRAFT = "draft", _("bản thảo")
    SIGNED = "signed", _("đã ký, chờ trao")
    HANDED = "handed", _("đã trao")
    CANCELLED = "cancelled", _("đã hủy")


class Paper(TextChoices):
    CARD = "letter_card", _("thiệp A5")
    A4 = "letter", _("thư A4 theo Nghị định 30/2020")


class Way(TextChoices):
    CERTIFICATE = "certificate", _("trao cùng kết quả")
    HOME = "home", _("trưởng thôn, tổ trưởng trao tại nhà")
    POST = "post", _("qua bưu chính")
    EMAIL = "email", _("thư điện tử")
    ZALO = "zalo", _("Zalo")


ELECTRONIC = (Way.EMAIL, Way.ZALO)


class SignerPost(TextChoices):
    """Who signs, from below to above."""

    DIVISION = "division", _("trưởng phòng, giám đốc Trung tâm")
    LEADER = "leader", _("lãnh đạo UBND (người đứng đầu hoặc cấp phó)")
    HEAD = "head", _("người đứng đầu trực tiếp ký")


POSTS_UPWARDS = (SignerPost.DIVISION, SignerPost.LEADER, SignerPost.HEAD)
