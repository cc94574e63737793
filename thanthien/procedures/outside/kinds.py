"""What kind of matter a procedure is: the event of life it belongs to, and whether its result is given at once."""

from thanthien.core.text import plain
from thanthien.procedures.enums import FeeRule, LifeEvent

# Certified copies and signatures are given while the citizen waits (Nghị định 23/2015/NĐ-CP Điều 7); the office can
# change it for each version.
IMMEDIATE = ("2.000815", "2.000884", "2.000942", "2.000992", "2.001008")
BASE_CODE = 8

# Words of the name, then words of the sector, as search keys; the first that fits counts.
NAMES = (
    (
        LifeEvent.BIRTH,
        ("khai sinh", "nuoi con nuoi", "nhan cha, me, con", "tre em duoi 6 tuoi", "thai san", "sinh con"),
    ),
    (LifeEvent.MARRIAGE, ("ket hon", "tinh trang hon nhan", "ly hon")),
    (LifeEvent.DEATH, ("khai tu", "mai tang", "tu tuat", "tu tran", "hoa tang")),
    (LifeEvent.HOUSE, ("giay phep xay dung", "so nha", "nha o rieng le", "cai tao nha")),
    (LifeEvent.BUSINESS, ("ho kinh doanh", "hop tac xa", "to hop tac", "doanh nghiep", "ban le", "kinh doanh")),
    (LifeEvent.SUPPORT, ("tro cap", "khuyet tat", "ho ngheo", "bao tro xa hoi", "huu tri xa hoi", "nguoi co cong")),
)
SECTORS = (
    (LifeEvent.RESIDENCE, ("cu tru", "can cuoc", "xuat nhap canh")),
    (LifeEvent.PAPERS, ("chung thuc", "cong chung", "ho tich", "ly lich tu phap", "quoc tich")),
    (LifeEvent.HOUSE, ("xay dung", "nha o", "dat dai")),
    (LifeEvent.SUPPORT, ("bao tro", "giam ngheo", "nguoi co cong", "tre em", "bao hiem xa hoi", "bao hiem y te")),
    (LifeEvent.STUDY, ("giao duc", "dao tao", "tuyen sinh", "van bang", "nghe nghiep")),
    (LifeEvent.BUSINESS, ("kinh doanh", "doanh nghiep", "thuong mai", "luu thong hang hoa", "thue")),
)


def life_event_of(name: str, sector: str) -> LifeEvent:
    for said, table in ((plain(name), NAMES), (plain(sector), SECTORS)):
        for event, words in table:
            if any(word in said for word in words):
                return event
    return LifeEvent.OTHER


def is_immediate(code: str) -> bool:
    """Also for a province's own code (2.000815.000.00.00.H61)."""
    return code[:BASE_CODE] in IMMEDIATE


# Thông tư 226/2016/TT-BTC: copies by pages; signatures, transactions and corrections by matter. Thông tư
# 281/2016/TT-BTC: extracts of civil status by copy.
FEE_RULES = {
    "2.000815": FeeRule.CERTIFIED_COPY,
    "2.000942": FeeRule.CERTIFIED_COPY,
    "2.000884": FeeRule.PER_UNIT,
    "2.000992": FeeRule.PER_UNIT,
    "2.001008": FeeRule.PER_UNIT,
    "2.001035": FeeRule.PER_UNIT,
    "2.001019": FeeRule.PER_UNIT,
    "2.001016": FeeRule.PER_UNIT,
    "2.001406": FeeRule.PER_UNIT,
    "2.000913": FeeRule.PER_UNIT,
    "2.000927": FeeRule.PER_UNIT,
    "2.000635": FeeRule.PER_UNIT,
    "2.002516": FeeRule.PER_UNIT,
}


def fee_rule_of(code: str, fee: int | None) -> FeeRule:
    """How the fee of a procedure is reckoned; without a known amount the cashier types it."""
    return FEE_RULES.get(code[:BASE_CODE], FeeRule.FIXED if fee is not None else FeeRule.UNKNOWN)
