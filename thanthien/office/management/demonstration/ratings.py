"""What the people of the demonstration say about it: slips, links, a sample, unhappy answers. All of it is invented."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from thanthien.core.figures import Scope
from thanthien.dossiers.queries import figures
from thanthien.organisation.queries import counters_of, neighbourhoods_of
from thanthien.procedures.queries import sectors_offered
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.actions import About, Contact, Filled, Found, Plan
from thanthien.satisfaction.enums import CaseOutcome, Channel, Reached, RemarkKind

SLIPS, SAMPLE, MONTHS_BACK = 84, 12, 150  # days
RATED = ("mai", "huong", "duc", "son", "ngoc")
VOICES = [
    (["wait"], "Tôi phải chờ gần một tiếng mới đến lượt.", Contact()),
    (["guidance", "again"], "Chưa được dặn kỹ cần mang giấy gì, tôi phải đi lại hai lần.", Contact(
        name="Phạm Thị Lài", phone="+84912000111", wants_review=True)),
    (["late"], "Giấy hẹn ghi thứ Năm, thứ Sáu mới có kết quả.", Contact()),
]  # fmt: skip


class Listening:
    """Who works where, and the dice (the same for everyone)."""

    def __init__(self, places: Any, now: datetime) -> None:
        self.places, self.ward, self.staff, self.now = places, places.ward, places.staff, now
        self.dice = Random(280)  # noqa: S311  (the same for all)
        self.today = now.date()

    def values(self, *, good: float = 0.97) -> dict[str, int]:
        if self.dice.random() > good:
            return {"overall": 1}
        return {"overall": self.dice.choices([3, 2], weights=[8, 2])[0]}

    def scope(self, first: date, last: date) -> Scope:
        return Scope(unit_codes=[self.ward.code], first=first, last=last)


def tell_ratings(places: Any, now: datetime) -> None:
    told = Listening(places, now)
    type_slips(told)
    answer_links(told)
    draw_a_sample(told)
    settle_one(told)
    reckon_indices(told)
    write_own_scale(told)
    actions.make_device(counters_of(places.ward)[0], by=places.staff["quantri"], at=now)


def type_slips(told: Listening) -> None:
    """Paper slips of the last five months, typed by the clerk."""
    version = next(one for one in queries.versions_to_type(told.staff["vanthu"]) if "paper" in one.survey.channels)
    sectors, villages = sectors_offered(told.ward), list(neighbourhoods_of(told.ward))
    for number in range(SLIPS):
        day = told.today - timedelta(days=1 + number * MONTHS_BACK // SLIPS)
        about = About(
            unit_id=told.ward.pk, sector_id=int(told.dice.choice(sectors)[0]),
            neighbourhood_id=told.dice.choice(villages).pk, officer_id=told.staff[told.dice.choice(RATED)].pk,
        )  # fmt: skip
        actions.type_slip(
            version, Filled(values=told.values()), about, day=day, by=told.staff["vanthu"], at=told.now
        )  # fmt: skip


def answer_links(told: Listening) -> None:
    """Every other person who got a result answers; three of them are not happy and say why."""
    found = figures.returned_in(told.scope(told.today - timedelta(days=40), told.today))
    voices = iter(VOICES)
    for number, dossier in enumerate(found):
        invitation = actions.invite_after_result(dossier.pk, at=dossier.returned_at)
        if invitation is None or number % 2:
            continue
        values = {"overall": 3, "attitude": told.dice.choice([3, 3, 2]), "time": told.dice.choice([3, 2])}
        filled = Filled(values=values)
        if number % 8 == 4 and (voice := next(voices, None)):
            reasons, comment, contact = voice
            filled = Filled(values={"overall": 1, "time": 1}, reasons=reasons, comment=comment, contact=contact)
        actions.answer_invitation(queries.token_of(invitation), filled, at=dossier.returned_at)


def draw_a_sample(told: Listening) -> None:
    """Some weeks' dossiers, a random dozen of them, most already asked by phone."""
    admin, asks = told.staff["quantri"], told.staff["vanthu"]
    version = next(one for one in queries.versions_to_type(asks) if "paper" in one.survey.channels)
    first, last = told.today - timedelta(days=40), told.today - timedelta(days=1)
    plan = Plan(name="Khảo sát ngẫu nhiên, kỳ này", version=version, first=first, last=last, size=SAMPLE)
    campaign = actions.plan_campaign(plan, by=admin, at=told.now)
    if not queries.frame_of(campaign):
        return
    campaign = actions.draw_sample(campaign, by=admin, at=told.now)
    for one in campaign.drawn.select_related("dossier"):
        if one.position % 4 == 0:
            actions.note_call(one, Reached.NO_ANSWER, note="Chưa nghe máy", by=asks, at=told.now)
        elif one.position % 5:
            filled = Filled(values=told.values(good=0.9))
            actions.answer_for_drawn(one, filled, channel=Channel.PHONE, by=asks, at=told.now)


def settle_one(told: Listening) -> None:
    head = told.staff["thang"]
    case = queries.open_cases(head).filter(wants_review=False).first()
    if case:
        words = "Đã gọi điện xin lỗi; quầy 1 có thêm người vào giờ đông."
        actions.settle(case, Found(outcome=CaseOutcome.APOLOGISED, answer=words), by=head, at=told.now)


def write_own_scale(told: Listening) -> None:
    """A questionnaire of the ward's own, for whoever wants to ask by it: its levels are its own too."""
    admin = told.staff["quantri"]
    survey = actions.copy_survey(queries.survey_for(admin, "three-levels"), by=admin, at=told.now)
    content, words = queries.newest_of(survey).content, (("Rất vui", True), ("Tạm được", True), ("Chưa vui", False))
    options = [
        {"value": len(words) - place, "label": {"vi": label}, "is_satisfied": good}
        for place, (label, good) in enumerate(words)
    ]
    own = [one | {"scale": "", "look": "levels", "options": options} for one in content["questions"]]
    note = "Thang riêng cho ngày hội tổ dân phố"
    actions.change_survey(survey, content | {"questions": own}, note=note, channels=[], by=admin, at=told.now)


def reckon_indices(told: Listening) -> None:
    leader, mai = told.staff["chutich"], told.staff["mai"]
    actions.assess(told.today - timedelta(days=40), told.today - timedelta(days=1), by=leader, at=told.now)
    own = queries.assessments_seen_by(mai, at=told.now).filter(staff=mai).first()
    if own:
        actions.note_seen(own, by=mai, at=told.now)
        words = "Ba hồ sơ quá hạn là do chờ ý kiến cơ quan phối hợp."
        actions.remark(own, RemarkKind.CONTEST, words, by=mai, at=told.now)
