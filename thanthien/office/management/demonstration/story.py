"""Three weeks at the counter, made by the real actions at the hours of those weeks. All people are invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from thanthien.core.working_time import Calendar, add_working_hours, next_working_day, working_day_before
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Collection, FeeIn, Intake, PaperIn
from thanthien.dossiers.enums import HomeReason, PaymentMethod, ReturnChannel
from thanthien.office.management.demonstration import catalogue
from thanthien.people.actions import PersonFacts
from thanthien.procedures.queries import papers_of, version_in_force

FAMILY = tuple("Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split())  # noqa: SIM905
MIDDLE = {"male": ("Văn", "Đức", "Minh", "Quang", "Hữu"), "female": ("Thị", "Thu", "Ngọc", "Thanh", "Bích")}
GIVEN = {
    "male": ("An", "Bình", "Cường", "Dũng", "Hải", "Hùng", "Khánh", "Long", "Nam", "Phúc", "Quân", "Sơn", "Thắng"),
    "female": ("Ánh", "Chi", "Dung", "Giang", "Hạnh", "Hoa", "Lan", "Liên", "Mai", "Nga", "Oanh", "Phượng", "Thảo"),
}
# How often each procedure is asked for, out of a hundred.
MIX = {
    catalogue.CERTIFIED_COPY: 34, catalogue.BIRTH: 12, catalogue.EXTRACT: 12, catalogue.MARITAL_STATUS: 10,
    catalogue.SIGNATURE: 8, catalogue.RESIDENCE: 6, catalogue.MARRIAGE: 4, catalogue.CORRECTION: 4, catalogue.SHOP: 3,
    catalogue.DEATH: 2, catalogue.BUILDING: 2, catalogue.HOUSE_NUMBER: 1,
    catalogue.FUNERAL: 1, catalogue.JOINT_BIRTH: 1,
}  # fmt: skip
A_DAY = 9


@dataclass
class Story:
    """Who works where, what is offered, and the dice (the same for everyone)."""

    places: Any
    offerings: dict[str, Any]
    calendar: Calendar
    now: datetime
    dice: Random

    def staff(self, username: str) -> Any:
        return self.places.staff[username]

    def later(self, at: datetime, hours: float) -> datetime:
        """So many working hours after a moment."""
        return add_working_hours(self.calendar, at, Decimal(str(round(hours, 2))))

    # ---- people and papers ---------------------------------------------------------------------------
    def person(self, **told: Any) -> PersonFacts:
        sex = self.dice.choice(["male", "female"])
        name = f"{self.dice.choice(FAMILY)} {self.dice.choice(MIDDLE[sex])} {self.dice.choice(GIVEN[sex])}"
        year = self.dice.randint(1948, 1999)
        number = f"038{'0' if sex == 'male' else '1'}{year % 100:02d}{self.dice.randint(0, 999999):06d}"
        facts = {
            "full_name": name,
            "personal_id": number,
            "sex": sex,
            "phone": f"+849{self.dice.randint(10_000_000, 99_999_999)}",
            "address": f"Tổ dân phố số {self.dice.randint(1, 6)}, phường Sen Hồng",
            "email": f"nguoi-dan-{number[-6:]}@example.vn" if self.dice.random() < 0.4 else "",
        }
        return PersonFacts(**facts | told)

    def intake(self, code: str, person: PersonFacts | None = None, **facts: Any) -> Intake:
        offering = self.offerings[code]
        version = version_in_force(offering.procedure)
        papers = [PaperIn(name=p.name, code=p.code, originals=1) for p in papers_of(version)[:3]]
        return Intake(offering=offering, version=version, person=person or self.person(), papers=papers, **facts)

    # ---- one dossier ---------------------------------------------------------------------------------
    def at_once(self, code: str, at: datetime) -> Any:
        """Certified on the spot: so many pages, so many copies, paid and receipted."""
        pages, copies = self.dice.randint(1, 6), self.dice.randint(1, 3)
        each = 2000 * min(pages, 2) + 1000 * max(pages - 2, 0) if code == catalogue.CERTIFIED_COPY else 10000
        fee = FeeIn(
            name="Chứng thực", amount=each * copies, pages=pages, quantity=copies, method=PaymentMethod.CASH,
            receipt_number=f"BL{self.dice.randint(1000, 9999)}",
        )  # fmt: skip
        return actions.record_immediate(self.intake(code, fees=[fee]), result_reference="", by=self.staff("mai"), at=at)

    def receive(self, code: str, at: datetime, **facts: Any) -> Any:
        return actions.receive_dossier(self.intake(code, **facts), by=self.staff("mai"), at=at)

    def worker(self, dossier: Any) -> Any:
        """Who does the step on whose desk the dossier lies."""
        if dossier.desk_unit_id == self.places.police.pk:
            return self.staff("congan")
        if dossier.desk_unit_id == self.places.insurance.pk:
            return self.staff("bhxh")
        by_role = {"reception": "mai", "division_head": "thang", "leader": "chutich", "clerk": "vanthu"}
        building = dossier.offering.procedure.code in (catalogue.BUILDING, catalogue.HOUSE_NUMBER)
        return self.staff(by_role.get(dossier.desk_role, "son" if building else "duc"))

    def work(self, dossier: Any, at: datetime, *, pace: float = 0.5, until: int | None = None) -> tuple[Any, datetime]:
        """Goes from step to step, taking this share of each step's time, until now or to a step's end."""
        while until is None or dossier.step_position < until:
            at = self.later(at, max(0.2, pace * self.hours_of_step(dossier, at)))
            if at > self.now:
                return dossier, at
            hand_over = dossier.hand_overs.filter(acknowledged_at=None).first()
            if hand_over:
                actions.acknowledge(hand_over.pk, by=self.worker(dossier), at=at)
            if self.is_last(dossier):
                reference = f"{self.dice.randint(10, 900)}/UBND"
                return actions.sign_off_result(dossier, reference=reference, by=self.worker(dossier), at=at), at
            dossier = actions.finish_step(dossier, by=self.worker(dossier), at=at)
        return dossier, at

    def hours_of_step(self, dossier: Any, at: datetime) -> float:
        span = (dossier.step_due_at - dossier.step_started_at).total_seconds() / 3600
        return min(8.0, max(0.5, span / 3))

    def is_last(self, dossier: Any) -> bool:
        steps = [step for step in dossier.offering.steps.all() if step.role != "return"]
        return dossier.step_position >= steps[-1].position

    def give_out(self, dossier: Any, at: datetime) -> None:
        self.sign_for_result(dossier, self.later(at, 0.5))
        at = self.later(at, self.dice.uniform(1, 6))
        if dossier.finished_at and at <= self.now and self.dice.random() < 0.85:
            how = Collection(
                channel=ReturnChannel.COUNTER, collector_name=dossier.applicant_name,
                collector_id=dossier.personal_id or "038190000001", is_signed_on_paper=True,
            )  # fmt: skip
            actions.return_result(dossier, how, by=self.staff("huong"), at=at)

    def sign_for_result(self, dossier: Any, at: datetime) -> None:
        """The return desk signs within the hour for what came to it; what came last is still to be signed for."""
        coming = dossier.hand_overs.filter(acknowledged_at=None, to_role="return")
        if dossier.finished_at and at < self.now - timedelta(days=1):
            for hand_over in coming:
                actions.acknowledge(hand_over.pk, by=self.staff("huong"), at=at)

    # ---- all days ------------------------------------------------------------------------------------
    def ordinary_days(self, count: int) -> Iterator[str]:
        """Tells day by day what was received (for the progress line)."""
        day = working_day_before(self.calendar, self.now.date(), count)
        for _day in range(count + 1):
            for hour in sorted(self.dice.uniform(0.1, 7.6) for _ in range(A_DAY)):
                at = self.later(
                    self.calendar.next_opening(datetime.combine(day, datetime.min.time(), self.now.tzinfo)), hour
                )
                if at < self.now:
                    self.one(self.dice.choices(list(MIX), weights=list(MIX.values()))[0], at)
            yield day.strftime("%d/%m/%Y")
            day = next_working_day(self.calendar, day)

    def one(self, code: str, at: datetime) -> None:
        if code in catalogue.IMMEDIATE:
            self.at_once(code, at)
            return
        dossier, at = self.work(self.receive(code, at), at, pace=self.dice.uniform(0.3, 0.8))
        self.give_out(dossier, at)


def home_delivery(story: Story, at: datetime) -> None:
    """Brought home to an elderly person."""
    person = story.person(full_name="Trần Thị Lụa", personal_id="038138004512", sex="female")
    dossier = story.receive(catalogue.FUNERAL, at, person=person, return_channel=ReturnChannel.HOME)
    dossier, done = story.work(dossier, at, pace=0.3)
    if dossier.finished_at:
        how = Collection(
            channel=ReturnChannel.HOME, collector_name=person.full_name, collector_id=person.personal_id,
            home_reason=HomeReason.ELDERLY, home_address="Tổ dân phố số 3, phường Sen Hồng", is_signed_on_paper=True,
        )  # fmt: skip
        actions.return_result(dossier, how, by=story.staff("huong"), at=min(story.later(done, 3), story.now))
