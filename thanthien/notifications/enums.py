from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Situation(TextChoices):
    """Why a citizen is told something."""

    REGISTERED = "registered", _("đã ghi nhận hồ sơ trực tuyến")
    RECEIVED = "received", _("đã tiếp nhận hồ sơ")
    SUPPLEMENT = "supplement", _("cần bổ sung giấy tờ")
    FINANCIAL_DUTY = "financial_duty", _("cần thực hiện nghĩa vụ tài chính")
    RESUMED = "resumed", _("tiếp tục giải quyết, ngày hẹn mới")
    APOLOGY = "apology", _("xin lỗi và hẹn lại")
    REFUSED = "refused", _("không tiếp nhận hồ sơ")
    EARLY = "early", _("có kết quả sớm")
    READY = "ready", _("có kết quả")
    RETURNED = "returned", _("đã trả kết quả")
    STOPPED = "stopped", _("dừng giải quyết")


class MessageState(TextChoices):
    WAITING = "waiting", _("chờ gửi")
    SENT = "sent", _("đã gửi")
    FAILED = "failed", _("không gửi được")
    NO_ADDRESS = "no_address", _("không có địa chỉ để gửi")
