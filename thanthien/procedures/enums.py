from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How a dossier comes in and how its result goes out (DOMAIN 1.3)."""

    COUNTER = "counter", _("trực tiếp tại Bộ phận Một cửa")
    ONLINE = "online", _("trực tuyến")
    POST = "post", _("bưu chính công ích")


class OnlineLevel(TextChoices):
    FULL = "full", _("toàn trình")
    PARTIAL = "partial", _("một phần")
    NONE = "none", _("chưa cung cấp trực tuyến")
    UNSPECIFIED = "unspecified", _("có trực tuyến, chưa rõ mức")


class FeeRule(TextChoices):
    """How the fee of a dossier is reckoned."""

    FIXED = "fixed", _("một mức cho mỗi hồ sơ")
    CERTIFIED_COPY = "certified_copy", _("chứng thực bản sao (Thông tư 226/2016/TT-BTC)")
    PER_UNIT = "per_unit", _("theo số lượng")
    UNKNOWN = "unknown", _("theo quy định của HĐND cấp tỉnh")


class LifeEvent(TextChoices):
    BIRTH = "birth", _("Sinh con")
    MARRIAGE = "marriage", _("Kết hôn")
    DEATH = "death", _("Người thân qua đời")
    HOUSE = "house", _("Xây, sửa nhà")
    BUSINESS = "business", _("Buôn bán, kinh doanh")
    SUPPORT = "support", _("Trợ cấp, người khuyết tật")
    PAPERS = "papers", _("Giấy tờ, chứng thực")
    RESIDENCE = "residence", _("Cư trú")
    STUDY = "study", _("Học tập")
    OTHER = "other", _("Việc khác")


class RecordKind(TextChoices):
    """Where a version's content came from. `richness_of` orders them: a poorer record never replaces a richer one."""

    DETAIL = "detail", _("bản chi tiết của Cổng Dịch vụ công quốc gia")
    STARTING = "starting", _("danh mục khởi đầu")
    CATALOGUE = "catalogue", _("dòng danh mục của Cổng Dịch vụ công quốc gia")
    LIST = "list", _("dòng danh sách Excel")


def richness_of(kind: str) -> int:
    """How much a record of this kind tells: the higher one wins."""
    order = (RecordKind.LIST, RecordKind.CATALOGUE, RecordKind.STARTING, RecordKind.DETAIL)
    return order.index(RecordKind(kind))
