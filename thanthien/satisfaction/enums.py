"""The words of asking, answering and of what follows from it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """By which way an answer came (NĐ 61/2018/NĐ-CP Điều 29)."""

    LINK = "link", _("liên kết sau khi nhận kết quả")
    PORTAL = "portal", _("trang công dân")
    TABLET = "tablet", _("máy tại quầy")
    PAPER = "paper", _("phiếu giấy")
    PHONE = "phone", _("phỏng vấn qua điện thoại")


BY_OFFICERS = (Channel.PAPER, Channel.PHONE)


class Look(TextChoices):
    LEVELS = "levels", _("các mức bằng chữ")
    STARS = "stars", _("ngôi sao")
    SMILEYS = "smileys", _("khuôn mặt")


class Element(TextChoices):
    """The five elements of SIPAS (QĐ 2640/QĐ-BNV)."""

    ACCESS = "access", _("tiếp cận dịch vụ")
    PROCEDURE = "procedure", _("thủ tục hành chính")
    OFFICER = "officer", _("công chức trực tiếp giải quyết công việc")
    RESULT = "result", _("kết quả dịch vụ")
    FEEDBACK = "feedback", _("tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị")


class Topic(TextChoices):
    """The nine contents that people judge (NĐ 61/2018/NĐ-CP Điều 31 khoản 1)."""

    TIME = "time", _("thời gian trả kết quả so với quy định")
    AGENCIES = "agencies", _("số lượng cơ quan phải liên hệ")
    CONTACTS = "contacts", _("số lần phải liên hệ với nơi tiếp nhận")
    INFORMATION = "information", _("thông tin thủ tục công khai chính xác, đầy đủ, kịp thời")
    ATTITUDE = "attitude", _("thái độ ứng xử")
    LAWFUL = "lawful", _("kết quả và chi phí đúng pháp luật")
    COMPLAINTS = "complaints", _("giải trình phản ánh, kiến nghị, khiếu nại, tố cáo")
    ONLINE = "online", _("dịch vụ công trực tuyến")
    OTHER = "other", _("nội dung khác")


class CaseOutcome(TextChoices):
    """What an unhappy answer came to."""

    EXPLAINED = "explained", _("đã giải thích")
    APOLOGISED = "apologised", _("đã xin lỗi")
    CORRECTED = "corrected", _("đã sửa cách làm")
    REVIEWED = "reviewed", _("đã xem lại hồ sơ")
    UNFOUNDED = "unfounded", _("phản ánh không đúng sự thật")
    UNREACHABLE = "unreachable", _("không liên lạc được")


class Reached(TextChoices):
    """How asking one person of a drawn sample went."""

    WAITING = "waiting", _("chưa hỏi")
    ANSWERED = "answered", _("đã trả lời")
    REFUSED = "refused", _("từ chối trả lời")
    NO_ANSWER = "no_answer", _("chưa liên lạc được")
    WRONG_NUMBER = "wrong_number", _("số điện thoại sai")
    QUIET = "quiet", _("không hỏi (gia đình có việc buồn)")


TO_BE_ASKED = (Reached.WAITING, Reached.NO_ANSWER)


class Grade(TextChoices):
    """Classification of TT 01/2018/TT-VPCP Điều 15: of units, then of officers."""

    EXCELLENT = "excellent", _("xuất sắc")
    GOOD = "good", _("tốt")
    FAIR = "fair", _("khá")
    AVERAGE = "average", _("trung bình")
    WEAK = "weak", _("yếu")
    FULL = "full", _("hoàn thành 100 % phần việc")
    MOSTLY = "mostly", _("hoàn thành từ 70 đến dưới 100 % phần việc")
    PARTLY = "partly", _("hoàn thành dưới 70 % phần việc")


class RemarkKind(TextChoices):
    NOTE = "note", _("ghi chú")
    CONTEST = "contest", _("đề nghị xem lại")
