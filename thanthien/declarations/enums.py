from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a field asks for."""

    TEXT = "text", _("chữ")
    NUMBER = "number", _("số")
    DATE = "date", _("ngày")
    CHOICE = "choice", _("chọn")
    PERSON = "person", _("người")
    ADDRESS = "address", _("địa chỉ")
    FILE = "file", _("tệp")
    TABLE = "table", _("bảng")


class Need(TextChoices):
    """What is recommended warns and never blocks a lawful filing."""

    REQUIRED = "required", _("bắt buộc")
    RECOMMENDED = "recommended", _("nên có")
    OPTIONAL = "optional", _("không bắt buộc")


class PersonRole(TextChoices):
    """Who somebody is in the matter: letters and registers ask by it."""

    CHILD = "child", _("trẻ em")
    MOTHER = "mother", _("người mẹ")
    FATHER = "father", _("người cha")
    REQUESTER = "requester", _("người yêu cầu")
    DECEASED = "deceased", _("người đã mất")
    SPOUSE = "spouse", _("vợ hoặc chồng")
    RELATIVE = "relative", _("người thân")
    OWNER = "owner", _("chủ sở hữu, chủ đầu tư")
    OTHER = "other", _("người khác")


class Part(TextChoices):
    """What may be asked about a person."""

    FULL_NAME = "full_name", _("Họ, chữ đệm, tên")
    PERSONAL_ID = "personal_id", _("Số định danh cá nhân")
    OLD_ID = "old_id", _("Giấy tờ tùy thân khác")
    ID_ISSUED_DATE = "id_issued_date", _("Ngày cấp giấy tờ")
    BIRTH_DATE = "birth_date", _("Ngày sinh")
    SEX = "sex", _("Giới tính")
    ETHNICITY = "ethnicity", _("Dân tộc")
    NATIONALITY = "nationality", _("Quốc tịch")
    BIRTH_PLACE = "birth_place", _("Nơi sinh")
    HOMETOWN = "hometown", _("Quê quán")
    ADDRESS = "address", _("Nơi cư trú")
    PHONE = "phone", _("Điện thoại")
    EMAIL = "email", _("Thư điện tử")


class AddressPart(TextChoices):
    DETAIL = "detail", _("Số nhà, đường, thôn, tổ dân phố")
    COMMUNE = "commune", _("Xã, phường, đặc khu")
    PROVINCE = "province", _("Tỉnh, thành phố")


class Match(TextChoices):
    ALL = "all", _("đúng tất cả")
    ANY = "any", _("đúng ít nhất một")


class Op(TextChoices):
    """How a clause compares an answer with a value or with another answer."""

    IS = "is", _("là")
    IS_NOT = "is_not", _("không phải là")
    IN = "in", _("là một trong")
    FILLED = "filled", _("đã có")
    EMPTY = "empty", _("chưa có")
    LEAST = "least", _("từ … trở lên, không trước")
    MOST = "most", _("đến … là nhiều nhất, không sau")
    MORE = "more", _("lớn hơn, sau")
    LESS = "less", _("nhỏ hơn, trước")


class Code(TextChoices):
    """Faults that every declaration knows; its own rules bring codes of their own."""

    MISSING = "THIEU", _("mục bắt buộc còn trống")
    ADVISED = "NEN-CO", _("mục nên có còn trống")
    FORMAT = "SAI-DANG", _("viết chưa đúng dạng")
    CHOICE = "NGOAI-DANH-SACH", _("không có trong danh sách")
    RANGE = "NGOAI-KHOANG", _("ngoài khoảng cho phép")
    PERSON = "SO-DINH-DANH", _("số định danh không khớp")
