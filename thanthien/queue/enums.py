from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TicketState(TextChoices):
    UNCONFIRMED = "unconfirmed", _("chưa trao số")
    WAITING = "waiting", _("đang chờ gọi")
    CALLED = "called", _("đang được mời đến quầy")
    SERVING = "serving", _("đang được phục vụ")
    PARKED = "parked", _("tạm để lại")
    MISSED = "missed", _("lỡ lượt gọi")
    DONE = "done", _("đã xong")
    CANCELLED = "cancelled", _("người dân bỏ số")
    VOID = "void", _("số không trao được")


AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)
STILL_HERE = (TicketState.WAITING, *AT_COUNTER, TicketState.PARKED)


class Source(TextChoices):
    KIOSK = "kiosk", _("máy lấy số")
    DOOR = "door", _("điện thoại, mã QR tại cửa")
    HOME = "home", _("điện thoại, từ xa")
    OFFICER = "officer", _("cán bộ lấy giúp")
    APPOINTMENT = "appointment", _("lịch hẹn")


class Handing(TextChoices):
    """How somebody came to know the number: only then does a ticket count."""

    PRINTER = "printer", _("máy in phiếu")
    BROWSER = "browser", _("in từ trình duyệt")
    PHONE = "phone", _("mở trên điện thoại")
    SPOKEN = "spoken", _("đọc số bằng lời")


class CallOutcome(TextChoices):
    DONE = "done", _("xong việc")
    MISSED = "missed", _("không có mặt")
    PARKED = "parked", _("tạm để lại")
    FORWARDED = "forwarded", _("chuyển quầy khác")
    CANCELLED = "cancelled", _("người dân bỏ số")


class EventKind(TextChoices):
    ISSUED = "issued", _("cấp số")
    HANDED = "handed", _("trao số")
    REPRINTED = "reprinted", _("in lại phiếu")
    VOIDED = "voided", _("bỏ số không trao được")
    CALLED = "called", _("gọi số")
    RECALLED = "recalled", _("gọi lại")
    STARTED = "started", _("bắt đầu phục vụ")
    NEXT_MATTER = "next_matter", _("thêm việc trong cùng lượt")
    PARKED = "parked", _("tạm để lại")
    RESUMED = "resumed", _("trở lại hàng chờ")
    MISSED = "missed", _("không có mặt khi gọi")
    FORWARDED = "forwarded", _("chuyển quầy, giữ nguyên chỗ")
    FINISHED = "finished", _("xong việc")
    CANCELLED = "cancelled", _("người dân bỏ số")
    OPENED = "opened", _("mở quầy")
    CLOSED = "closed", _("đóng quầy")
    EMERGENCY = "emergency", _("cần hỗ trợ khẩn tại quầy")
    EMERGENCY_OVER = "emergency_over", _("đã hỗ trợ xong")
    REBOOKED = "rebooked", _("dời hoặc hủy lịch hẹn vì cơ quan")


class AppointmentState(TextChoices):
    BOOKED = "booked", _("đã đặt")
    CAME = "came", _("đã đến lấy số")
    CANCELLED = "cancelled", _("đã hủy")
    EXPIRED = "expired", _("quá giờ hẹn")


class Voice(TextChoices):
    """Which voice reads a number out in the hall."""

    BROWSER = "browser", _("giọng có sẵn của máy chiếu bảng")
    SYLLABLES = "syllables", _("giọng ghép âm của phần mềm, không cần mạng")
    CHIME = "chime", _("chỉ tiếng chuông")
