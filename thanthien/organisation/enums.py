from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")
    DIVISION = "division", _("phòng, ban")
    OTHER = "other", _("cơ quan khác")


class Role(TextChoices):
    """What a person may do in the unit (DOMAIN 1.2)."""

    RECEPTION = "reception", _("cán bộ tiếp nhận")
    RETURN = "return", _("cán bộ trả kết quả")
    SPECIALIST = "specialist", _("cán bộ thụ lý")
    DIVISION_HEAD = "division_head", _("lãnh đạo phòng")
    LEADER = "leader", _("lãnh đạo UBND (ký)")
    CLERK = "clerk", _("văn thư")
    CASHIER = "cashier", _("thu phí, lệ phí")
    CITIZEN_RECEPTION = "citizen_reception", _("cán bộ tiếp công dân")
    UNIT_ADMIN = "unit_admin", _("quản trị đơn vị")
    PROVINCE_ADMIN = "province_admin", _("quản trị tỉnh")
    INSPECTOR = "inspector", _("thanh tra, giám sát")
    POSTAL = "postal", _("nhân viên bưu chính")


class SuccessionShare(TextChoices):
    WHOLE = "whole", _("toàn bộ")
    PARTLY = "partly", _("một phần")


class HolidayKind(TextChoices):
    OFF = "off", _("ngày nghỉ")
    MAKE_UP = "make_up", _("ngày làm bù")


class AbsenceKind(TextChoices):
    """Why an officer is away."""

    LEAVE = "leave", _("nghỉ phép")
    BUSINESS = "business", _("đi công tác")
    SICK = "sick", _("nghỉ ốm")
    TRAINING = "training", _("đi học, tập huấn")
    OTHER = "other", _("việc khác")


class HalfDay(TextChoices):
    """Absences are written down in halves of a day; noon parts them."""

    MORNING = "morning", _("buổi sáng")
    AFTERNOON = "afternoon", _("buổi chiều")


class CountFrom(TextChoices):
    """From when working days are counted: Bộ luật Dân sự 2015 Điều 147 leaves out the day of receipt."""

    NEXT_DAY = "next_day", _("từ ngày làm việc sau ngày nhận")
    AT_ONCE = "at_once", _("từ giờ nhận")
