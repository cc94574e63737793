"""R10: whatever is done to a dossier, in whatever order and by whomever: it stays lawful, and its books agree.

Each step tries one action. It either happens, or is refused and has changed nothing.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import count, pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.hardening import LONG
from thanthien.core import timeline
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.core.working_time import PausePolicy, default_calendar
from thanthien.dossiers import actions, factories
from thanthien.dossiers.actions import Collection, Draft, FeeIn, Question
from thanthien.dossiers.enums import (
    CLOSED,
    PAUSED,
    TRANSITIONS,
    DelayCause,
    PauseKind,
    PaymentMethod,
    RefusalReason,
    ResultKind,
    ReturnChannel,
    Status,
)
from thanthien.dossiers.models import Apology, Dossier
from thanthien.organisation.enums import Role

pytestmark = [pytest.mark.hardening, pytest.mark.django_db]

QUARTER = timedelta(minutes=15)
DAYS = 5  # the committed time of the dossier, in working days
OFFICE_HOURS = ((time(7, 30), time(11, 30)), (time(13), time(17)))
REST, WORKED = default_calendar().days_off, default_calendar().make_up
BASIS = "Luật Hộ tịch, Điều 5"
STATUS_AFTER = {
    "registered": {Status.NEW}, "received": {Status.RECEIVED}, "denied": {Status.DENIED},
    "step": {Status.PROCESSING}, "sent_back": {Status.PROCESSING}, "supplement": {Status.SUPPLEMENT},
    "financial_duty": {Status.FINANCIAL_DUTY}, "resumed": {Status.NEW, Status.RECEIVED, Status.PROCESSING},
    "finished": {Status.FINISHED}, "returned": {Status.RETURNED}, "withdrawn": {Status.WITHDRAWN},
    "stopped": {Status.STOPPED}, "other_agency": {Status.OTHER_AGENCY},
    "agency_cancelled": {Status.RECEIVED, Status.PROCESSING},
}  # fmt: skip


class DossierMachine(RuleBasedStateMachine):
    people = st.sampled_from(["everyone", "reception", "specialist", "leader", "inspector", "stranger"])

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(
        is_new=st.booleans(), policy=st.sampled_from(PausePolicy), has_basis=st.sampled_from([True, True, False])
    )
    def begin(self, is_new, policy, has_basis):
        terms = {"committed_amount": Decimal(DAYS), "agency_basis": BASIS if has_basis else ""}
        offering = factories.an_offering(version={"supplement_policy": policy}, **terms)
        unit = offering.unit
        self.staff = {
            "everyone": factories.everyone_of(unit),
            "reception": factories.officer(unit, Role.RECEPTION),
            "specialist": factories.officer(unit, Role.SPECIALIST),
            "leader": factories.officer(unit, Role.LEADER),
            "inspector": factories.officer(unit, Role.INSPECTOR),
            "stranger": factories.everyone_of(factories.UnitFactory()),
        }
        self.policy, self.at = policy, factories.MONDAY.replace(hour=8, minute=15)
        come_in = factories.register if is_new else factories.receive
        self.dossier = come_in(offering=offering, by=self.staff["everyone"], at=self.at)

    # ---- trying ----------------------------------------------------------------------------------------------
    def attempt(self, action, *args, who, **kwargs):
        before = self.everything()
        try:
            with transaction.atomic():
                action(*args, by=self.staff[who], at=self.at, **kwargs)
        except Refused as refusal:
            assert str(refusal)
            assert self.everything() == before
        self.dossier = Dossier.objects.get(pk=self.dossier.pk)
        was, now = Status(before[0]["status"]), Status(self.dossier.status)
        assert now == was or now in TRANSITIONS[was], f"{was} → {now}"

    def everything(self):
        """The dossier with all that hangs on it, as it stands in the database."""
        pk, subject = self.dossier.pk, self.dossier.subject
        parts = [Dossier.objects.filter(pk=pk), Promise.objects.filter(subject=subject), timeline.entries_of(subject)]
        for name in ("pauses", "hand_overs", "fees", "consultations", "papers", "agency_requests"):
            parts.append(getattr(self.dossier, name).all())
        parts.append(Apology.objects.filter(dossier=pk))
        [dossier], *others = [list(part.values()) for part in parts]
        return dossier, *others

    # ---- what may be done ------------------------------------------------------------------------------------
    @rule(quarters=st.integers(1, 8))
    def a_little_later(self, quarters):
        self.at += quarters * QUARTER

    @rule(days=st.integers(1, 4), quarter=st.integers(28, 70))
    def another_day(self, days, quarter):
        day = timezone.localdate(self.at) + timedelta(days=days)
        self.at = datetime.combine(day, time(quarter // 4, quarter % 4 * 15), factories.ZONE)

    @rule(who=people)
    def accept(self, who):
        self.attempt(actions.accept_dossier, self.dossier, who=who)

    @rule(who=people)
    def deny(self, who):
        words = {"reason": RefusalReason.NOT_COMPETENT, "text": "thuộc Sở Tư pháp"}
        self.attempt(actions.deny_dossier, self.dossier, who=who, **words)

    @rule(who=people)
    def request_supplement(self, who):
        words = {"papers": ["Giấy chứng sinh"], "reason": "thiếu", "legal_basis": "NĐ 123/2015 Điều 9"}
        self.attempt(actions.request_supplement, self.dossier, who=who, **words)

    @rule(who=people)
    def confirm_supplement_request(self, who):
        self.attempt(actions.confirm_supplement_request, self.dossier, who=who)

    @rule(who=people)
    def suspend(self, who):
        words = {"reason": "nộp thuế", "legal_basis": "Luật Quản lý thuế"}
        self.attempt(actions.suspend_for_financial_duty, self.dossier, who=who, **words)

    @rule(who=people)
    def resume(self, who):
        self.attempt(actions.resume, self.dossier, answer="đã nộp", who=who)

    @rule(who=people, days=st.integers(-1, 5))
    def ask_agency(self, who, days):
        day = timezone.localdate(self.at) + timedelta(days=days)
        self.attempt(actions.ask_agency, self.dossier, Question(agency="Sở", text="?", expected_on=day), who=who)

    @rule(who=people)
    def record_agency_answer(self, who):
        self.attempt(actions.record_agency_answer, self.dossier, answer="Đúng", who=who)

    @rule(who=people)
    def cancel_agency_request(self, who):
        self.attempt(actions.cancel_agency_request, self.dossier, who=who)

    @rule(who=people)
    def finish_step(self, who):
        self.attempt(actions.finish_step, self.dossier, who=who)

    @rule(who=people)
    def send_back(self, who):
        self.attempt(actions.send_back, self.dossier, note="xem lại", who=who)

    @rule(who=people, to=people)
    def assign(self, who, to):
        self.attempt(actions.assign, self.dossier, to=self.staff[to], who=who)

    @rule(who=people)
    def acknowledge(self, who):
        if hand_over := self.dossier.hand_overs.order_by("-pk").first():
            self.attempt(actions.acknowledge, hand_over.pk, who=who)

    @rule(who=people)
    def consult(self, who):
        asked = {"unit": self.staff["stranger"].unit, "question": "Có vướng không?", "due_at": self.at + 8 * QUARTER}
        self.attempt(actions.consult, self.dossier, who=who, **asked)

    @rule(who=people)
    def answer_consultation(self, who):
        if asked := self.dossier.consultations.order_by("-pk").first():
            self.attempt(actions.answer_consultation, asked.pk, answer="Không", who=who)

    @rule(who=people, kind=st.sampled_from(ResultKind))
    def sign_off(self, who, kind):
        self.attempt(actions.sign_off_result, self.dossier, kind=kind, reference="12/QĐ-UBND", who=who)

    @rule(who=people, channel=st.sampled_from(ReturnChannel), is_proved=st.booleans())
    def return_result(self, who, channel, is_proved):
        proof = {"collector_id": "038190000001", "waybill": "EV1", "home_reason": "elderly"} if is_proved else {}
        how = Collection(channel=channel, collector_name="Lê Thu Lan", **proof)
        self.attempt(actions.return_result, self.dossier, how, who=who)

    @rule(who=people)
    def withdraw(self, who):
        self.attempt(actions.withdraw, self.dossier, reason="không cần nữa", who=who)

    @rule(who=people)
    def stop(self, who):
        self.attempt(actions.stop, self.dossier, reason="không bổ sung", who=who)

    @rule(who=people)
    def charge(self, who):
        self.attempt(actions.charge, self.dossier, FeeIn(name="Lệ phí", amount=8000), who=who)

    @rule(who=people)
    def collect(self, who):
        if fee := self.dossier.fees.first():
            paid = {"method": PaymentMethod.CASH, "receipt_number": "1"}
            self.attempt(actions.collect, self.dossier, fee.pk, who=who, **paid)

    @rule(who=people)
    def hold_for_editing(self, who):
        self.attempt(actions.hold_for_editing, self.dossier, who=who)

    # ---- the apology that is owed ----------------------------------------------------------------------------
    @rule()
    def the_clock_strikes(self):
        actions.open_owed_apologies(at=self.at)

    @property
    def owed(self):
        return Apology.objects.filter(dossier=self.dossier).first()

    @rule(who=people, days=st.integers(1, 3))
    def draft_apology(self, who, days):
        if self.owed:
            due = max(self.at, self.dossier.due_at) + timedelta(days=days)
            new = timezone.localtime(due).replace(hour=17, minute=0)
            draft = Draft(
                cause=DelayCause.WORKLOAD, text="Nhiều hồ sơ.", answerable=self.staff["everyone"], new_due_at=new
            )
            self.attempt(actions.draft_apology, self.owed, draft, who=who)

    @rule(who=people)
    def sign_apology(self, who):
        if self.owed:
            self.attempt(actions.sign_apology, self.owed, who=who)

    @rule(who=people)
    def send_apology(self, who):
        if self.owed:
            self.attempt(actions.send_apology, self.owed, who=who)

    # ---- what must hold after each step ----------------------------------------------------------------------
    @invariant()
    def the_story_is_whole_and_ends_where_the_dossier_is(self):
        assert list(timeline.verify()) == []
        kinds = [entry.kind for entry in timeline.entries_of(self.dossier.subject)]
        told = [STATUS_AFTER[kind] for kind in kinds if kind in STATUS_AFTER]
        assert self.dossier.status in told[-1]

    @invariant()
    def the_promise_says_what_the_dossier_says(self):
        promise = Promise.objects.filter(subject=self.dossier.subject).first()
        dossier = self.dossier
        if dossier.received_at is None:
            assert promise is None
            return
        assert promise.due_at == dossier.due_at
        assert promise.kept_at == dossier.finished_at
        assert bool(promise.dropped_at) == (dossier.status in (Status.WITHDRAWN, Status.STOPPED))
        assert bool(promise.paused_at) == (dossier.status in PAUSED)
        dates = [promise.first_due_at]
        for change in promise.changes.order_by("pk"):
            assert change.old_due_at == dates[-1]
            dates.append(change.new_due_at)
        assert dates[-1] == promise.due_at
        assert all(earlier <= later for earlier, later in pairwise(dates))
        assert promise.changes.filter(reason="extension").count() <= 1

    @invariant()
    def times_and_pauses_fit_the_state(self):
        dossier = self.dossier
        assert bool(dossier.closed_at) == (dossier.status in CLOSED)
        assert bool(dossier.finished_at) == (dossier.status in (Status.FINISHED, Status.RETURNED))
        assert dossier.pauses.filter(ended_at=None).count() == (dossier.status in PAUSED)
        asked = dossier.agency_requests.filter(answered_at=None, cancelled_at=None)
        assert asked.count() == (dossier.status == Status.OTHER_AGENCY)
        waited = dossier.agency_requests.exclude(answered_at=None).values_list("asked_at", "answered_at")
        stood = dossier.pauses.filter(kind=PauseKind.OTHER_AGENCY, ended_at__isnull=False)
        assert set(waited) <= set(stood.values_list("started_at", "ended_at"))

    @invariant()
    def the_date_is_that_of_a_slow_clock(self):
        dossier = self.dossier
        if dossier.received_at and dossier.status not in PAUSED and not self.was_moved_by_apology():
            assert dossier.due_at == slow_due(self.policy, dossier.received_at, self.finished_pauses())

    def was_moved_by_apology(self):
        return Promise.objects.filter(subject=self.dossier.subject, changes__reason="extension").exists()

    def finished_pauses(self):
        """Those that led to a new date: not one that was open when the dossier ended."""
        ended = self.dossier.finished_at or self.dossier.closed_at
        spans = [(p.started_at, p.ended_at, p.kind) for p in self.dossier.pauses.all()]
        return [span for span in spans if span[1] != ended or self.resumed_at(span[1])]

    def resumed_at(self, moment):
        return timeline.entries_of(self.dossier.subject).filter(kind="resumed", at=moment).exists()


def slow_due(policy, received, pauses):
    """The date, found by looking at each quarter of an hour. Pauses that began after the date had passed are none."""
    counted = []
    for pause in sorted(pauses):
        if pause[0] < slow_count(policy, received, counted):
            counted.append(pause)
    return slow_count(policy, received, counted)


def slow_count(policy, received, pauses):
    """What another agency took is given back also where the citizen's own delays let the limit begin anew."""
    anew = [pause for pause in pauses if policy == PausePolicy.RESTART and pause[2] != PauseKind.OTHER_AGENCY]
    begun = max([received, *(end for _start, end, _kind in anew)])
    stood = [pause[:2] for pause in pauses if pause not in anew]
    shifted = tick_slowly(begun, stood)
    return shifted if shifted == tick_slowly(begun, []) else shifted.replace(hour=17, minute=0)


def tick_slowly(begun, pauses):
    """The end of the last quarter of so many working days, the day of receipt not counted."""
    first = datetime.combine(timezone.localdate(begun) + timedelta(days=1), time(), factories.ZONE)
    left = DAYS * 32
    for number in count():
        tick = first + number * QUARTER
        works = (tick.weekday() < 5 and tick.date() not in REST) or tick.date() in WORKED
        works = works and any(opens <= tick.time() < closes for opens, closes in OFFICE_HOURS)
        left -= works and not any(start <= tick < end for start, end in pauses)
        if not left:
            return tick + QUARTER
    raise AssertionError


# Making a failing story shorter takes minutes: only where there is time.
SHORT = {
    "max_examples": 20, "stateful_step_count": 40, "derandomize": True, "phases": [Phase.explicit, Phase.generate],
}  # fmt: skip
THOROUGH = {"max_examples": 1000, "stateful_step_count": 50}
CALM = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def test_any_sequence_of_actions_keeps_a_dossier_lawful():
    size = THOROUGH if LONG else SHORT
    run_state_machine_as_test(
        DossierMachine, settings=settings(**size, deadline=None, database=None, suppress_health_check=CALM)
    )
