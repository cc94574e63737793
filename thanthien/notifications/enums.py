from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Situation(TextChoices):
    """Why a citizen is told something: the standard situations of a dossier (FEATURES 37), and the one-time code."""

    REGISTERED = "registered", _("đã ghi nhận hồ sơ trực tuyến")
    RECEIVED = "received", _("đã tiếp nhận hồ sơ")
    REFUSED = "refused", _("không tiếp nhận hồ sơ")
    SUPPLEMENT = "supplement", _("cần bổ sung giấy tờ")
    SUPPLEMENTED = "supplemented", _("đã nhận giấy tờ bổ sung")
    FINANCIAL_DUTY = "financial_duty", _("cần thực hiện nghĩa vụ tài chính")
    OTHER_AGENCY = "other_agency", _("chờ cơ quan khác trả lời")
    WAITED = "waited", _("không phải chờ cơ quan khác nữa, ngày hẹn")
    CONSULTED = "consulted", _("đang lấy ý kiến, ngày hẹn giữ nguyên")
    RESUMED = "resumed", _("tiếp tục giải quyết, ngày hẹn mới")
    SOON = "soon", _("ba giờ trước giờ hẹn chưa có kết quả")
    APOLOGY = "apology", _("xin lỗi và hẹn lại")
    LATE = "late", _("xin lỗi, kết quả đã có chậm")
    EARLY = "early", _("có kết quả sớm")
    READY = "ready", _("có kết quả")
    DECLINED = "declined", _("có văn bản từ chối giải quyết")
    POSTED = "posted", _("đã gửi kết quả qua bưu chính")
    RETURNED = "returned", _("đã trả kết quả")
    PAYMENT_DUE = "payment_due", _("đề nghị nộp phí, lệ phí")
    PAID = "paid", _("đã nhận phí, lệ phí")
    WITHDRAWN = "withdrawn", _("đã rút hồ sơ")
    STOPPED = "stopped", _("dừng giải quyết")
    QUEUE_NEAR = "queue_near", _("sắp đến lượt tại quầy")
    BOOKED = "booked", _("đã đặt lịch hẹn")
    BOOKING_SOON = "booking_soon", _("nhắc lịch hẹn")
    BOOKING_CHANGED = "booking_changed", _("lịch hẹn phải dời hoặc hủy vì cơ quan")
    HELP = "help", _("quầy cần người hỗ trợ (gửi lãnh đạo)")
    CODE = "code", _("mã xác nhận một lần")
    SURVEY = "survey", _("mời đánh giá sau khi nhận kết quả")
    CONFIRM = "confirm", _("mời người cùng đứng tên xác nhận lời khai")
    DISPUTED = "disputed", _("người cùng đứng tên báo lời khai chưa đúng")


class MessageState(TextChoices):
    WAITING = "waiting", _("chờ gửi")
    HELD = "held", _("tạm giữ")
    SENT = "sent", _("đã gửi")
    FAILED = "failed", _("không gửi được")
    NO_ADDRESS = "no_address", _("không có địa chỉ để gửi")


class Channel(TextChoices):
    """By which way a message reaches a person."""

    SMS = "sms", _("tin nhắn SMS")
    ZALO = "zalo", _("Zalo")
    EMAIL = "email", _("thư điện tử")


BY_PHONE = (Channel.SMS, Channel.ZALO)
UNDER_WAY = (MessageState.WAITING, MessageState.HELD)
ANY_UNDER_WAY = "under_way"  # in a filter: all of these
