"""A commune with something behind each of the house's addresses, its officers of every role, and the neighbours.

For tests that walk over all addresses: who may enter, what a damaged request does, who can forge one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from thanthien.core.documents import issuing, samples
from thanthien.core.idempotency import FIELD, new_key
from thanthien.declarations.factories import A_RULE, DeclarationVersionFactory, small_content
from thanthien.dossiers import actions, factories
from thanthien.dossiers.actions import Draft, FeeIn, GuidanceFacts, Question
from thanthien.dossiers.enums import DelayCause, FileKind
from thanthien.dossiers.models import Apology, DossierFile, SavedFilter
from thanthien.filing import factories as filing
from thanthien.guidance.factories import FlowFactory
from thanthien.letters import actions as letter_actions
from thanthien.letters import factories as letters
from thanthien.letters.enums import Occasion, Way
from thanthien.notifications.factories import MessageFactory
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import (
    AbsenceFactory,
    CounterFactory,
    HolidayFactory,
    NeighbourhoodFactory,
    StaffFactory,
    UnitFactory,
)
from thanthien.organisation.queries import password_token
from thanthien.people.factories import BusinessFactory, HouseholdFactory, PersonFactory
from thanthien.queue.actions import make_kiosk
from thanthien.queue.factories import (
    AppointmentFactory,
    HallFactory,
    LineFactory,
    PriorityFactory,
    TicketFactory,
    a_session,
)
from thanthien.satisfaction import actions as rating
from thanthien.satisfaction import factories as ratings
from thanthien.satisfaction.models import Survey, UnhappyCase

LOCAL = tuple(role for role in Role if role not in (Role.PROVINCE_ADMIN, Role.INSPECTOR))
GUESTS = ("guest", "citizen")
OF_THE_UNIT = tuple(str(role) for role in Role)
STRANGERS = ("stranger", "stranger province_admin", "stranger inspector")
ABOVE = ("above province_admin", "above inspector")
EVERYBODY = (*GUESTS, *OF_THE_UNIT, *STRANGERS, *ABOVE, "superuser")


@dataclass(frozen=True)
class Address:
    """One line of the URL tables: its name with the namespace, and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]


def all_addresses() -> list[Address]:
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: Any, namespace: str, arguments: tuple[str, ...]) -> Iterator[Address]:
    for part in resolver.url_patterns:
        own = (*arguments, *(part.pattern.converters or part.pattern.regex.groupindex))
        if isinstance(part, URLPattern):
            yield Address(f"{namespace}{part.name}", own)
        else:
            yield from _walk(part, f"{namespace}{part.namespace}:" if part.namespace else namespace, own)


class Commune:
    """Made once for many tests, inside a transaction that each of them may roll back to."""

    def __init__(self) -> None:
        self.at = timezone.now()
        province, far_province = UnitFactory(province=True), UnitFactory(province=True)
        self.unit, self.other = UnitFactory(parent=province), UnitFactory(parent=far_province)
        self.people = self._people(province)
        self.everyone = factories.everyone_of(self.unit)
        self._dossiers()
        self.letters = self._letters()
        self.values = self._values()
        self.clients = {who: self.client(who) for who in (*EVERYBODY, "asked")}

    def _people(self, province: Any) -> dict[str, Any]:
        people: dict[str, Any] = {str(role): factories.officer(self.unit, role, password=None) for role in Role}
        people["stranger"] = factories.officer(self.other, *LOCAL, password=None)
        for wide in (Role.PROVINCE_ADMIN, Role.INSPECTOR):
            people[f"stranger {wide}"] = factories.officer(self.other, wide, password=None)
            people[f"above {wide}"] = factories.officer(province, wide, password=None)
        people["asked"] = factories.officer(UnitFactory(parent=province), *LOCAL, password=None)
        return people | {"superuser": StaffFactory(superuser=True, unit=province, password=None)}

    # ---- dossiers in every state ---------------------------------------------------------------------------
    def _dossiers(self) -> None:
        by, at = self.everyone, self.at - timedelta(hours=2)
        self.offering = factories.an_offering(unit=self.unit, agency_basis="Luật Hộ tịch")
        content = small_content(rules=[A_RULE])
        DeclarationVersionFactory(form__procedure=self.offering.procedure, content=content)
        FlowFactory(code="luong")
        new = {"offering": self.offering, "by": by, "at": at}
        self.received, self.fresh = factories.receive(**new), factories.register(**new)
        applicant = {"full_name": "Nghiêm Thị Dạ Hương"}  # whom the tests look for: no officer is called so
        self.running = actions.finish_step(factories.receive(**new, person=applicant), by=by, at=at)
        self.running = actions.charge(self.running, FeeIn(name="Lệ phí", amount=8000), by=by, at=at)
        words = {"reason": "thiếu", "legal_basis": "Luật Hộ tịch"}
        self.paused = factories.receive(**new)
        self.paused = actions.request_supplement(self.paused, papers=["Giấy chứng sinh"], **words, by=by, at=at)
        question = Question(agency="Sở Tư pháp", text="Xác minh", expected_on=timezone.localdate(self.at))
        self.elsewhere = actions.ask_agency(factories.receive(**new), question, by=by, at=at)
        self.last_step = factories.receive(**new)
        for _ in range(2):
            self.last_step = actions.finish_step(self.last_step, by=by, at=at)
        self.finished, self.returned = factories.finish(factories.receive(**new), by=by, at=at), None
        self.returned = factories.hand_out(factories.receive(**new), by=by, at=at)
        self.owed, self.drafted, self.signed = (self._apology(stage) for stage in range(3))
        asked = {
            "unit": self.people["asked"].unit,
            "question": "Có vướng không?",
            "due_at": self.at + timedelta(days=1),
        }
        actions.consult(self.running, **asked, by=by, at=at)

    def _apology(self, stage: int) -> Any:
        """A dossier whose date has passed: the apology is owed, drafted, or signed."""
        by, at = self.everyone, self.at
        dossier = factories.receive(offering=self.offering, by=by, at=at - timedelta(days=40))
        actions.open_owed_apologies(at=at)
        owed, new = Apology.objects.get(dossier=dossier), self._working_moment()
        draft = Draft(cause=DelayCause.WORKLOAD, text="Nhiều hồ sơ.", answerable=by, new_due_at=new)
        if stage:
            owed = actions.draft_apology(owed, draft, by=by, at=at)
        if stage > 1:
            actions.sign_apology(owed, by=by, at=at)
        return dossier

    def _working_moment(self) -> Any:
        return self.received.due_at

    DOSSIER_OF = {
        "accept": "fresh", "deny": "fresh", "resume": "paused", "confirm_supplement": "paused",
        "ask_agency": "received", "agency_answered": "elsewhere", "cancel_agency": "elsewhere",
        "sign_off": "last_step", "return_result": "finished", "draft_apology": "owed", "apology_draft": "drafted",
        "sign_apology": "drafted", "send_apology": "signed", "apology": "owed", "request_supplement": "received",
    }  # fmt: skip

    def _letters(self) -> dict[str, Any]:
        """A letter in each state; names are those of the addresses that are about it."""
        draft, signed = letters.whole(letters.a_letter(self.unit)), letters.signed(letters.a_letter(self.unit))
        condolence = letters.whole(letters.a_letter(self.unit, Occasion.DEATH))
        handed = letters.handed(letters.a_letter(self.unit), way=Way.HOME, file=letters.a_stroke())
        wrong, by = letters.signed(letters.a_letter(self.unit)), letters.clerk(self.unit)
        letter_actions.report_wrong_name(wrong, what="Sai tên", by=by, at=self.at)
        about_signed = dict.fromkeys(("detail", "paper", "hand_over", "wrong_name", "print_many"), signed)
        about_handed = dict.fromkeys(("evidence", "answer"), handed)
        others = dict.fromkeys(("change", "sign", "cancel", "sign_many"), draft)
        return about_signed | about_handed | others | {"confirm": condolence, "close_wrong_name": wrong}

    # ---- one of each other thing ---------------------------------------------------------------------------
    def _values(self) -> dict[str, Any]:
        """What stands for each argument, for one room ("room:argument") or for all."""
        self.free = factories.VersionFactory().procedure  # offered by nobody yet
        by, person, figure = self.everyone, PersonFactory(without_papers=True), "received"
        hand_over = self.running.hand_overs.get()
        listed = actions.make_hand_over_list([hand_over], to_unit=hand_over.to_unit, by=by, at=self.at)
        facts = GuidanceFacts(procedure=self.offering.procedure, full_name="Lê Thu Lan", text="Mang giấy chứng sinh.")
        issued = issuing.issue(
            "receipt", subject=self.running.subject, unit_code=self.unit.code, data=samples.receipt(), by=by, at=self.at
        )
        reference, token = password_token(by)
        dossier_person = self.running.applicant
        filed = self._filed_online()
        message = MessageFactory(subject=self.running.subject, unit_code=self.unit.code, state="failed", failures=6)
        return filed | {
            "guidance:code": "luong", "declarations:code": self.offering.procedure.code,
            "declarations:kind": "text", "group_code": "first", "field_code": "way", "rule_code": "QT-01",
            "question_code": "kind", "place": 1,
            "office:code": figure, "core:code": "receipt",
            "procedures:code": self.offering.procedure.code,
            "portal:procedure:code": self.offering.procedure.code, "language": "en",
            "portal:figure:code": "dossiers.late", "portal:result:code": self.returned.code,
            "portal:result:secret": self.returned.secret,
            "portal:result:file_id": self._file(self.returned, kind=FileKind.RESULT).pk,
            "portal:code": self.running.code, "portal:secret": self.running.secret, "core:secret": issued.secret,
            "offering_id": self.offering.pk, "document_id": issued.pk, "message_id": message.pk,
            "situation": "received", "channel": "sms",
            "person_id": dossier_person.pk, "other_id": person.pk, "number": 1, "kind": "receipt",
            "guidance_id": actions.record_guidance(facts, by=by, at=self.at).pk, "list_id": listed.pk,
            "file_id": self._file(self.running).pk, "consultation_id": self.running.consultations.get().pk,
            "household_id": HouseholdFactory(head=dossier_person).pk,
            "business_id": BusinessFactory(representative=dossier_person).pk,
            "absence_id": AbsenceFactory(staff=self.people["reception"]).pk,
            "unit_id": self.unit.pk, "counter_id": CounterFactory(unit=self.unit).pk,
            "neighbourhood_id": NeighbourhoodFactory(unit=self.unit).pk, "staff_id": by.pk,
            "reference": reference, "token": token, "year": 2026, "holiday_id": HolidayFactory(unit=self.unit).pk,
            "filter_id": SavedFilter.objects.create(staff=by, name="Của tôi", query="whose=mine").pk,
            **self._hall(), **self._ratings(),
            "letters:code": "birth", "occasion": "gift", "text_code": "gift",
            "pk": 1, "page": "bieu-mau", "key": "abc-def", "uidb36": "1",
        }  # fmt: skip

    def _hall(self) -> dict[str, Any]:
        hall = HallFactory(unit=self.unit)
        line, priority = LineFactory(hall=hall, slot_places=1), PriorityFactory(hall=hall)
        kiosk, token = make_kiosk(hall, "Máy ở cửa", by=self.people["superuser"], at=self.at)
        facts = {"line": line, "day": timezone.localdate(self.at), "order_at": self.at, "issued_at": self.at}
        ticket = TicketFactory(kiosk=kiosk, **facts)
        session = a_session(hall, line, by=self.everyone, at=self.at)
        booked = AppointmentFactory(line=line, slot_at=self.at + timedelta(days=1), booked_at=self.at)
        return {
            "hall_id": hall.pk, "line_id": line.pk, "priority_id": priority.pk, "kiosk_id": kiosk.pk,
            "session_id": session.pk, "ticket_id": ticket.pk, "queue:secret": ticket.secret,
            "appointment secret": booked.secret, "queue:token": token,
        }  # fmt: skip

    def _filed_online(self) -> dict[str, Any]:
        """A dossier that a citizen filed, and a draft whose key nobody here has."""
        intake = factories.an_intake(self.offering, channel="online")
        filed = actions.file_online(intake, [], by="Người nộp", at=self.at)
        begun = filing.begin(self.offering_with_version(), at=self.at)
        return {
            "filing:code": filed.code, "filing:secret": filed.secret,
            "filing:supplement:code": self.paused.code, "filing:supplement:secret": self.paused.secret,
            "filing:key": "khong-dung-khoa",
            "filing:ref": begun.draft.ref, "filing:step": "cho-ai", "filing:file_id": 1,
        }  # fmt: skip

    def offering_with_version(self) -> Any:
        self.offering.version = self.offering.procedure.versions.get(valid_to=None)
        return self.offering

    def _ratings(self) -> dict[str, Any]:
        """An unhappy answer, a sample that was drawn and one that was not, a tablet, the indices of the unit."""
        admin, clerk, at = self.people["unit_admin"], self.people["clerk"], self.at
        ratings.slip(1, unit=self.unit, by=clerk, at=at)
        yesterday, by = at - timedelta(days=1), self.everyone
        factories.finish(factories.receive(offering=self.offering, by=by, at=yesterday), by=by, at=yesterday)
        day = timezone.localdate(yesterday)
        plan = rating.Plan(name="Năm nay", version=ratings.version_of(), first=day, last=day, size=1)
        drawn, planned = (rating.plan_campaign(plan, by=admin, at=at) for _ in range(2))
        rating.draw_sample(drawn, by=admin, at=at)
        counter = CounterFactory(unit=self.unit)
        device, token = rating.make_device(counter, by=admin, at=at)
        survey = rating.copy_survey(Survey.objects.get(code="three-levels"), by=admin, at=at)
        _invitation, link = ratings.invited(self.returned, at=at)
        return {
            "satisfaction:case_id": UnhappyCase.objects.get(unit=self.unit).pk, "satisfaction:invited:token": link,
            "satisfaction:token": token, "satisfaction:code": survey.code, "satisfaction:key": "overall",
            "device_id": device.pk, "position": 1,
            "satisfaction:campaign_id": drawn.pk, "satisfaction:draw:campaign_id": planned.pk,
            "assessment_id": rating.assess(day, day, by=admin, at=at).pk,
        }  # fmt: skip

    def _file(self, dossier: Any, **facts: Any) -> DossierFile:
        path = default_storage.save("files/test.png", ContentFile(b"\x89PNG"))
        facts |= {"name": "anh.png", "media_type": "image/png", "size": 4, "sha256": "0" * 64}
        return DossierFile.objects.create(dossier=dossier, path=path, uploaded_by="x", uploaded_at=self.at, **facts)

    @property
    def forms(self) -> dict[str, dict[str, str]]:
        """For addresses that have no page of their own: what their button sends."""
        chosen = str(self.running.pk)
        return {
            "office:act_on_many": {"do": "finish", "pick": chosen},
            "office:sign_for_many": {"pick": str(self.running.hand_overs.get().pk)},
            "procedures:policy": {"supplement_policy": "pause"},
            "organisation:decide_absence": {"do": "cancel"},
            "letters:sign_many": {"pick": str(self.letters["sign_many"].pk)},
            "letters:print_many": {"pick": str(self.letters["print_many"].pk)},
            "dossiers:known_people": {"full_name": "Lan"},
        }

    # ---- walking -------------------------------------------------------------------------------------------
    def path(self, address: Address, **other: Any) -> str:
        room, _, name = address.name.rpartition(":")
        filled = {argument: self._value(room, name, argument) for argument in address.arguments}
        return reverse(address.name, kwargs=filled | other)

    def _value(self, room: str, name: str, argument: str) -> Any:
        if (room, name) == ("queue", "appointment"):
            return self.values["appointment secret"]
        if room in ("dossiers", "prints") and argument == "code":
            return getattr(self, self.DOSSIER_OF.get(name, "running")).code
        if argument == "letter_id":
            return self.letters[name].pk
        if name == "offer":
            return self.free.code
        own = self.values.get(f"{room}:{name}:{argument}")  # what only this address means by the word
        return own or self.values.get(f"{room}:{argument}", self.values.get(argument))

    def client(self, who: str, **options: Any) -> Client:
        """A browser for one of `EVERYBODY`; the staff are signed in."""
        client = Client(raise_request_exception=False, **options)
        if who in self.people:
            client.force_login(self.people[who])
        return client


def empty_form() -> dict[str, str]:
    """A form that nobody filled in, sent from a page that is still fresh."""
    return {FIELD: new_key()}
