from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PromiseChangeReason(TextChoices):
    """Why a promised date moved. Only `EXTENSION` is the office's own delay, and it is granted once
    (Nghị định 61/2018/NĐ-CP Điều 19 khoản 9)."""

    SUPPLEMENT = "supplement", _("chờ bổ sung giấy tờ")
    FINANCIAL_DUTY = "financial_duty", _("chờ thực hiện nghĩa vụ tài chính")
    OTHER_AGENCY = "other_agency", _("chờ cơ quan khác trả lời")
    EXTENSION = "extension", _("xin lỗi và hẹn lại")
    FORWARDED = "forwarded", _("cơ quan có thẩm quyền nhận hồ sơ")
    CALENDAR = "calendar", _("lịch làm việc thay đổi")
