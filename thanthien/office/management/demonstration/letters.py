"""Letters in every state, from the births, marriages and deaths of the story. Names are invented."""

from datetime import timedelta
from typing import Any

from thanthien.dossiers.queries import dossiers_seen_by
from thanthien.letters import actions
from thanthien.letters.actions import Handing
from thanthien.letters.enums import Occasion, Way
from thanthien.letters.queries import Draft
from thanthien.letters.rules import names_in
from thanthien.office.management.demonstration import catalogue
from thanthien.office.management.demonstration.story import Story

OF_LIFE = (catalogue.BIRTH, catalogue.JOINT_BIRTH, catalogue.MARRIAGE, catalogue.DEATH)
INVENTED = {
    "tên trẻ": ("Nguyễn Minh Khôi", "Trần Bảo Ngọc", "Lê Gia Hân", "Phạm An Nhiên", "Hoàng Đức Anh"),
    "ngày sinh": ("02 tháng 11 năm 2026", "05 tháng 11 năm 2026", "09 tháng 11 năm 2026"),
    "tên chồng": ("Vũ Quang Hải", "Đặng Hữu Nghĩa"),
    "tên vợ": ("Bùi Thu Trang", "Đỗ Ngọc Diệp"),
    "người mất": ("cụ Nguyễn Thị Sen", "cụ Lê Văn Thọ"),
    "quan hệ": ("thân mẫu", "thân phụ"),
    "ngày mất": ("12 tháng 11 năm 2026", "15 tháng 11 năm 2026"),
    "việc làm ngay": ("cử cán bộ đến tận nhà giải quyết",),
    "lý do lần này": ("hồ sơ bị chuyển nhầm bộ phận",),
}  # fmt: skip
THANKS = (
    (Occasion.GIFT, "Bà Trần Thị Tư, tổ dân phố số 2", "Ủng hộ hai chiếc xe lăn cho Bộ phận Một cửa",
     {"quà tặng": "hai chiếc xe lăn", "dùng vào việc": "đưa đón người già yếu từ cổng vào quầy"}),
    (Occasion.OPINION, "Ông Lý Văn Bình, tổ dân phố số 5", "Góp ý về ghế chờ, phiếu khảo sát tháng 10",
     {"ý kiến": "ghế chờ không có tựa, người già khó ngồi lâu", "thay đổi": "sảnh chờ đã thay mười ghế có tựa"}),
    (Occasion.DIALOGUE, "Bà Ngô Thị Hạnh, tổ dân phố số 1", "Hội nghị đối thoại tổ dân phố số 1",
     {"buổi đối thoại": "hội nghị đối thoại của tổ dân phố số 1", "ý kiến": "ngõ 12 thiếu đèn, buổi tối đi lại khó",
      "kết quả": "ngõ 12 đã có sáu bóng đèn, thắp sáng từ ngày 10 tháng 11 năm 2026"}),
)  # fmt: skip


def tell_letters(story: Story) -> None:
    """Of four letters one is handed over, one waits for that, one for its signature, one to be filled in."""
    finished = dossiers_seen_by(story.staff("mai")).filter(
        offering__procedure__code__in=OF_LIFE, finished_at__isnull=False
    )
    for place, dossier in enumerate(finished.order_by("finished_at", "pk")):
        letter = actions.draft_for_dossier(dossier.pk, at=dossier.finished_at)
        if letter and place % 4 != 3:
            _carry_on(story, _filled(story, letter, place), place)
    _thanks(story)
    for dossier in dossiers_seen_by(story.staff("mai")).filter(apology__sent_at__isnull=False):
        actions.draft_letter_of_delay(dossier.pk, at=dossier.apology.sent_at)


def _filled(story: Story, letter: Any, place: int) -> Any:
    """What the dossier does not say, as a clerk finds it in the papers."""
    facts = {name: letter.facts.get(name) or _invented(name, place) for name in names_in(letter.body)}
    couple = f"Anh {facts.get('tên chồng')} và chị {facts.get('tên vợ')}"
    return actions.change_letter(
        letter, facts, by=story.staff("duc"), at=letter.drafted_at, addressee=letter.addressee or couple
    )


def _invented(name: str, place: int) -> str:
    choices = INVENTED.get(name, ("",))
    return choices[place % len(choices)]


def _carry_on(story: Story, letter: Any, place: int) -> None:
    at = min(letter.drafted_at + timedelta(minutes=20), story.now)
    if letter.occasion == Occasion.DEATH:
        actions.confirm_names(letter, by=story.staff("duc"), at=at)
        if place % 2:
            return
        actions.confirm_names(letter, by=story.staff("vanthu"), at=at)
    if place % 4 == 2:
        return
    letter = actions.sign_letters([letter], by=story.staff("chutich"), at=at)[0]
    if place % 4 == 0:
        how = Handing(way=Way.CERTIFICATE, recipient=letter.dossier.applicant_name)
        actions.hand_over(letter, how, by=story.staff("huong"), at=min(at + timedelta(hours=2), story.now))


def _thanks(story: Story) -> None:
    """One handed over at home, one signed, one still a draft."""
    ward, clerk, now = story.places.ward, story.staff("vanthu"), story.now
    for place, (occasion, addressee, cause, facts) in enumerate(THANKS):
        at = now - timedelta(days=9 - place)
        draft = Draft(unit=ward, occasion=occasion, cause=cause, addressee=addressee, facts=facts)
        letter = actions.draft_letter(draft, by=clerk, at=at)
        if place < 2:
            letter = actions.sign_letters([letter], by=story.staff("chutich"), at=at)[0]
        if place == 0:
            proof = "Tổ trưởng tổ dân phố số 2 trao tại nhà"
            how = Handing(way=Way.HOME, recipient="Bà Trần Thị Tư", evidence=proof)
            letter = actions.hand_over(letter, how, by=clerk, at=at + timedelta(days=1))
            words = "Tôi rất vui vì món quà nhỏ được dùng đúng chỗ."
            actions.record_answer(letter, answer=words, by=clerk, at=at + timedelta(days=2))
