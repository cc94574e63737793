"""What the tour of every page needs beside the demonstration: one thing of each kind, made by the actions."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from PIL import Image

from thanthien.core.documents import issuing
from thanthien.core.files import PDF, PNG, check_upload
from thanthien.core.working_time import add_working_hours
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Attachment, FeeIn, PaperIn
from thanthien.dossiers.enums import FileKind, Status
from thanthien.dossiers.models import Consultation, Dossier, DossierFile, Guidance, HandOver
from thanthien.filing import factories as filing
from thanthien.filing.queries import key_of
from thanthien.letters import actions as letter_actions
from thanthien.letters import factories as letters
from thanthien.letters.enums import Occasion
from thanthien.notifications.enums import MessageState
from thanthien.notifications.factories import MessageFactory
from thanthien.office.management.demonstration import catalogue
from thanthien.office.management.demonstration.places import PASSWORD
from thanthien.organisation.models import Absence, Counter, Neighbourhood, Staff, Unit
from thanthien.organisation.queries import calendar_for, password_token
from thanthien.people.factories import BusinessFactory, HouseholdFactory, PersonFactory
from thanthien.people.models import Person
from thanthien.prints.actions import issue_document
from thanthien.procedures.models import Offering, Procedure
from thanthien.queue import actions as queue_actions
from thanthien.queue import queries as queue
from thanthien.queue.enums import Source
from thanthien.queue.factories import AppointmentFactory, TicketFactory
from thanthien.queue.models import Call, CounterSession, Hall
from thanthien.satisfaction import actions as rating
from thanthien.satisfaction import queries as rating_queries
from thanthien.satisfaction.models import Assessment, Campaign, RatingTurn, Survey, UnhappyCase

GUARDED = "buudien"
RUNNING = (Status.RECEIVED, Status.PROCESSING)


def things_to_meet() -> dict[str, Any]:
    """Facts by the names that `addresses.py` uses; for each dossier "<name>.secret" as well."""
    at = timezone.now()
    drafts, filed = _filed_online(at)
    dossiers = _found() | _made(at) | {"filed": filed}
    secrets = {f"{name}.secret": dossier.secret for name, dossier in dossiers.items()}
    codes = {name: dossier.code for name, dossier in dossiers.items()}
    consultation = Consultation.objects.latest("pk")
    issued = issue_document(dossiers["running"], "receipt", by=staff("mai"), at=at)
    handed = list(HandOver.objects.filter(acknowledged_at=None, to_unit__code="H56.14.18", list=None)[:2])
    listed = actions.make_hand_over_list(handed, to_unit=handed[0].to_unit, by=staff("mai"), at=at)
    _signed_file(dossiers["returned"], issued, at=at)
    more = {"consultation": consultation.pk, "list": listed.pk, "document": issued.pk, "document.secret": issued.secret}
    things = drafts | codes | secrets | more | _letters(at) | _others() | _people() | _hall(at) | _files()
    return things | _ratings(dossiers, at)


def _filed_online(at: Any) -> tuple[dict[str, Any], Any]:
    """What is on a device that files: a draft that is nearly done, one that was only begun; and what it sent before."""
    offered = Offering.objects.select_related("procedure").filter(unit__code="H56.14.18", valid_to=None)
    codes = (catalogue.BIRTH, catalogue.EXTRACT, catalogue.MARRIAGE)
    offerings = {code: offered.get(procedure__code=code) for code in codes}
    for offering in offerings.values():
        offering.version = offering.procedure.versions.get(valid_to=None)
    full, sent = filing.begin(offerings[catalogue.BIRTH], at=at), filing.begin(offerings[catalogue.EXTRACT], at=at)
    empty = filing.begin(offerings[catalogue.EXTRACT], at=at)
    filing.fill(full.draft, at=at)
    filing.save_step(empty.draft, "cho-ai", {"for_whom": ["other"]}, is_sent=True, at=at)
    filed = filing.sent(sent, at=at)
    married, waiting, joined = (filing.a_marriage(offerings[catalogue.MARRIAGE], at=at) for _time in range(3))
    party = filing.asked(waiting, at=at)[0]
    joined = filing.confirmed(joined, at=at)
    facts = {
        "marriage draft": married.draft.ref, "waiting draft": waiting.draft.ref, "party key": key_of(party),
        "party used key": key_of(joined.parties.get()), "joined": joined.code, "joined.secret": joined.secret,
        "draft": full.draft.ref, "draft key": full.key, "draft file": full.draft.files.get().pk,
        "empty draft": empty.draft.ref,
        "draft cookies": {f"nop_{begun.draft.ref}": begun.key for begun in (full, empty, married, waiting)},
    }  # fmt: skip
    return facts, filed


def _files() -> dict[str, Any]:
    newest = DossierFile.objects.order_by("-pk")
    return {"file": newest.exclude(kind=FileKind.RESULT)[0].pk, "result": newest.filter(kind=FileKind.RESULT)[0].pk}


def staff(username: str) -> Any:
    return Staff.objects.get(username=username)


def one(**facts: Any) -> Any:
    return Dossier.objects.filter(**facts).order_by("pk").last()


def of(code: str, **facts: Any) -> Any:
    return one(offering__procedure__code=code, **facts)


def _found() -> dict[str, Any]:
    """Dossiers that the demonstration tells of."""
    return {
        "running": of(catalogue.MARRIAGE, status__in=RUNNING),
        "waiting": of(catalogue.BUILDING, status=Status.SUPPLEMENT),
        "elsewhere": of(catalogue.MARITAL_STATUS, status=Status.OTHER_AGENCY),
        "late": of(catalogue.HOUSE_NUMBER, apology__sent_at__isnull=False),
        "to sign": one(apology__drafted_at__isnull=False, apology__signed_at=None),
        "to write": one(apology__drafted_at=None, apology__sent_at=None, apology__isnull=False),
        "returned": of(catalogue.EXTRACT, status=Status.RETURNED)
        or one(status=Status.RETURNED, result_return__channel="counter"),
        "home": one(result_return__channel="home"),
        "refused": one(status=Status.DENIED),
        "new": one(status=Status.NEW),
        "certified": of(catalogue.CERTIFIED_COPY),
        "joint": of(catalogue.JOINT_BIRTH),
        "declared": one(declaration__isnull=False),
    }


def _made(at: Any) -> dict[str, Any]:
    """Dossiers in every other state, from new ones."""
    mai, thang, ended = staff("mai"), staff("thang"), of(catalogue.EXTRACT, status__in=RUNNING)
    unpaid, unsigned, at_work, consulted, missing = (_received(catalogue.CORRECTION, at) for _ in range(5))
    to_ask = _received(catalogue.MARITAL_STATUS, at)
    actions.charge(unpaid, FeeIn(name="Lệ phí cải chính hộ tịch", amount=15_000), by=mai, at=at)
    for dossier in (unsigned, at_work, consulted):
        actions.finish_step(dossier, by=mai, at=at)
    for dossier in (at_work, consulted):
        actions.acknowledge(_hand_over(dossier).pk, by=thang, at=at)
    economy = Unit.objects.get(code="H56.14.18.02")
    question = {"question": "Xin cho biết hiện trạng thửa đất.", "due_at": at + timedelta(days=1)}
    actions.consult(Dossier.objects.get(pk=consulted.pk), unit=economy, **question, by=thang, at=at)
    lacking = {"papers": ["Tờ khai"], "reason": "Tờ khai chưa ký", "legal_basis": "Luật Hộ tịch, Điều 28"}
    actions.request_supplement(missing, **lacking, by=mai, at=at)
    _scanned(at_work, by=mai, at=at)
    facts = {"unpaid": unpaid, "unsigned": unsigned, "at work": at_work, "consulted": consulted, "missing": missing}
    facts["to ask"] = to_ask
    last = _to_last_step(_received(catalogue.CORRECTION, at), at)
    ready = actions.sign_off_result(
        _to_last_step(ended, at), reference="15/TLHT", by=staff("vanthu"), at=at
    )  # fmt: skip
    return {name: Dossier.objects.get(pk=dossier.pk) for name, dossier in facts.items()} | {
        "last step": last, "ready": ready, "signed": _signed(at)
    }  # fmt: skip


def _signed_file(dossier: Any, issued: Any, *, at: Any) -> None:
    """The result as a file: here any PDF."""
    signed = check_upload(SimpleUploadedFile("ket-qua.pdf", issuing.read(issued)), (PDF,))
    actions.attach_files(dossier, [signed], FileKind.RESULT, by=staff("vanthu"), at=at)


def _scanned(dossier: Any, *, by: Any, at: Any) -> None:
    """One more paper with its picture, and where the original lies."""
    drawn = BytesIO()
    Image.new("RGB", (60, 80), "white").save(drawn, "PNG")
    picture = check_upload(SimpleUploadedFile("to-khai.png", drawn.getvalue()), (PNG,))
    paper = PaperIn(name="Giấy tờ khác", photocopies=1)
    scanned = Attachment(new_paper=paper, scans=[picture], paper_place="Tủ 2, ngăn 3")
    actions.attach_papers(dossier, scanned, by=by, at=at)


def _received(code: str, at: Any) -> Any:
    """The same as the last one of this procedure, for another person."""
    offering = Offering.objects.get(procedure__code=code, unit__code="H56.14.18", valid_to=None)
    person = actions.receiving.PersonFacts(full_name="Nguyễn Thị Thử", phone="+84912345678", address="Tổ dân phố số 2")
    version = offering.procedure.versions.get(valid_to=None)
    intake = actions.Intake(
        offering=offering, version=version, person=person, papers=[PaperIn(name="Tờ khai", originals=1)]
    )
    return actions.receive_dossier(intake, by=staff("mai"), at=at)


def _hand_over(dossier: Any) -> Any:
    return HandOver.objects.filter(dossier=dossier, acknowledged_at=None).get()


def _to_last_step(dossier: Any, at: Any) -> Any:
    workers = {
        "reception": "mai",
        "specialist": "duc",
        "division_head": "thang",
        "leader": "chutich",
        "clerk": "vanthu",
    }
    steps = [step for step in dossier.offering.steps.all() if step.role != "return"]
    while dossier.step_position < steps[-1].position:
        dossier = actions.finish_step(dossier, by=staff(workers[dossier.desk_role]), at=at)
    return dossier


def _signed(at: Any) -> Any:
    """An apology that was signed and waits to be sent."""
    dossier = _received(catalogue.CORRECTION, at - timedelta(days=6))
    actions.open_owed_apologies(at=at)
    apology = Dossier.objects.get(pk=dossier.pk).apology
    new_due = add_working_hours(calendar_for(dossier.unit), at, Decimal(12))
    words = actions.Draft(
        cause="workload", text="Hồ sơ nhiều hơn thường lệ.", answerable=staff("duc"), new_due_at=new_due
    )
    apology = actions.draft_apology(apology, words, by=staff("thang"), at=at)
    actions.sign_apology(apology, by=staff("chutich"), at=at)
    return dossier


def _letters(at: Any) -> dict[str, Any]:
    """A letter in each state, of invented people."""
    unit = Unit.objects.get(code="H56.14.18")
    signed = letters.signed(letters.a_letter(unit, at=at), by=staff("chutich"), at=at)
    handed = letters.handed(letters.a_letter(unit, at=at), at=at, file=letters.a_stroke(), by=staff("chutich"))
    wrong = letters.signed(letters.a_letter(unit, at=at), by=staff("chutich"), at=at)
    letter_actions.report_wrong_name(wrong, what="In «Sen», đúng là «Sơn»", by=staff("vanthu"), at=at)
    made = {
        "missing": letters.a_letter(unit, at=at),
        "sign": letters.whole(letters.a_letter(unit, at=at), at=at),
        "condolence": letters.whole(letters.a_letter(unit, Occasion.DEATH, at=at), at=at),
        "signed": signed,
        "handed": handed,
        "wrong": wrong,
    }
    return {f"letter {state}": letter.pk for state, letter in made.items()}


def _others() -> dict[str, Any]:
    MessageFactory(state=MessageState.SENT, sent_at=timezone.now())
    failed = MessageFactory(state=MessageState.FAILED, failures=6, error="Máy chủ thư không nhận")
    offered = {
        "birth": catalogue.BIRTH,
        "copies": catalogue.CERTIFIED_COPY,
        "building": catalogue.BUILDING,
        "joint": catalogue.JOINT_BIRTH,
        "extract": catalogue.EXTRACT,
    }
    in_ward = Offering.objects.filter(unit__code="H56.14.18", valid_to=None)
    reference, token = password_token(staff("bhxh"))
    return {
        **{f"offering {name}": in_ward.get(procedure__code=code).pk for name, code in offered.items()},
        "not offered": Procedure.objects.exclude(offerings__isnull=False).first().code,
        "ward": Unit.objects.get(code="H56.14.18").pk,
        "counter": Counter.objects.first().pk,
        "counter with hours": Counter.objects.filter(opening_hours__isnull=False).first().pk,
        "absence": Absence.objects.first().pk,
        "neighbourhood": Neighbourhood.objects.first().pk,
        "colleague": staff("son").pk,
        "guidance": Guidance.objects.first().pk,
        "message": failed.pk,
        "reference": reference,
        "token": token,
        "uid": user_pk_to_url_str(staff("bhxh")),
        "key": default_token_generator.make_token(staff("bhxh")),
    }


def _hall(at: Any) -> dict[str, Any]:
    """The demonstration's hall, with a number in each state and two machines, one of them locked."""
    hall, admin = Hall.objects.get(), staff("quantri")
    line, (kiosk, token), (locked, old) = hall.lines.first(), *(
        queue_actions.make_kiosk(hall, name, by=admin, at=at) for name in ("Máy ở cửa", "Máy cũ")
    )  # fmt: skip
    queue_actions.revoke_kiosk(locked, by=admin, at=at)
    fresh = queue_actions.issue(line, queue_actions.Wish(source=Source.KIOSK, kiosk=kiosk), at=at)
    facts = {"line": line, "day": timezone.localdate(at), "order_at": at, "issued_at": at, "handed_at": at}
    numbers = {
        state: TicketFactory(number=900 + place, state=state, handed_how="printer", **facts)
        for place, state in enumerate(("waiting", "called", "missed", "done"))
    }
    session = CounterSession.objects.get(staff=staff("mai"), closed_at=None)
    slot = next(
        slot.at for day in queue.days_of(hall, at=at)[1:] for slot in queue.slots_of(line, day, at=at) if slot.left
    )
    booked = {
        state: AppointmentFactory(line=line, slot_at=slot, booked_at=at, state=state, full_name="Trần Thị Thử").secret
        for state in ("booked", "cancelled")
    }
    Call.objects.create(
        ticket=numbers["called"],
        session=session,
        line=line,
        waiting_since=at,
        called_at=at,
        ended_at=at,
        outcome="done",
    )
    return {
        "hall": hall.pk, "line": line.pk, "priority": hall.priorities.first().pk, "kiosk": kiosk.pk,
        "kiosk token": token, "kiosk locked": old, "kiosk ticket": fresh.pk, "session": session.pk,
        **{f"appointment {state}.secret": secret for state, secret in booked.items()},
        **{f"ticket {state}": ticket.pk for state, ticket in numbers.items()},
        **{f"ticket {state}.secret": ticket.secret for state, ticket in numbers.items()},
    }  # fmt: skip


def _ratings(dossiers: dict[str, Any], at: Any) -> dict[str, Any]:
    """Links that hold and that were used, a tablet asleep, awake and locked, samples, cases, indices."""
    admin = staff("quantri")
    links = [rating.invite_after_result(dossiers[name].pk, at=at) for name in ("ready", "certified")]
    tokens = [rating_queries.token_of(one) for one in links]
    rating.answer_invitation(tokens[1], rating.Filled(values={"overall": 3}), at=at)
    counters = list(Counter.objects.filter(unit__code="H56.14.18"))
    (asleep, sleeps), (awake, wakes), (locked, old) = (
        rating.make_device(counter, by=admin, at=at) for counter in counters[1:4]
    )
    rating.revoke_device(locked, by=admin, at=at)
    RatingTurn.objects.create(counter=awake.counter, dossier=dossiers["home"], officer=staff("huong"), at=at)
    plan = rating.Plan(
        name="Năm sau", version=links[0].version, first=timezone.localdate(at), last=timezone.localdate(at), size=280
    )
    planned = rating.plan_campaign(plan, by=admin, at=at)
    drawn = Campaign.objects.exclude(drawn_at=None).latest("pk")
    waiting = rating_queries.calls_of(drawn).first()
    survey = rating.copy_survey(Survey.objects.get(code="after-result"), by=admin, at=at)
    cases, found = UnhappyCase.objects.all(), Assessment.objects.all()
    return {
        "rating link": tokens[0], "rating link used": tokens[1], "tablet token": sleeps, "tablet awake": wakes,
        "tablet locked": old, "tablet": asleep.pk, "own survey": survey.code, "sample planned": planned.pk,
        "sample drawn": drawn.pk, "sample position": waiting.position,
        "case open": cases.filter(answered_at=None).latest("pk").pk,
        "case answered": cases.exclude(answered_at=None).latest("pk").pk,
        "indices of the ward": found.get(staff=None).pk, "indices of mai": found.get(staff=staff("mai")).pk,
    }  # fmt: skip


def _people() -> dict[str, Any]:
    person = Person.objects.order_by("pk")[0]
    household, business = HouseholdFactory(head=person), BusinessFactory()
    nameless = PersonFactory(full_name=person.full_name, without_papers=True)
    return {"person": person.pk, "nameless": nameless.pk, "household": household.pk, "business": business.pk}


# ---- those who look ----------------------------------------------------------------------------------------
def session_of(who: str) -> str:
    """The cookie of somebody who has just signed in with the password, and where asked with the second factor."""
    client = Client()
    account = {"guarded": GUARDED, "half inside": GUARDED}.get(who, who)
    sent = {"login": account, "password": PASSWORD, "idempotency_key": "tour-of-every-page"}
    assert client.post(reverse("account_login"), sent).status_code == 302
    client.post(reverse("account_reauthenticate"), sent)  # pages of security keys ask once more
    return client.cookies["sessionid"].value


def guard() -> int:
    """A code generator, codes for a rainy day and a security key for one account; answers the key's number."""
    person = staff(GUARDED)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    data = {"name": "Khóa của tôi", "credential": _credential()}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data).pk


def _credential() -> dict[str, Any]:
    """What a security key answers when it is registered: made by hand, since no key is plugged in here."""
    public = ES256.from_ctap1(b"\x04" + b"\x01" * 64)
    attested = AttestedCredentialData.create(Aaguid.NONE, b"khoa-trinh-dien!", public)
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP
    told = AuthenticatorData.create(b"\x02" * 32, flags, 0, attested)
    asked = CollectedClientData.create("webauthn.create", b"\x03" * 32, "http://127.0.0.1")
    answer = {
        "attestationObject": websafe_encode(AttestationObject.create("none", told, {})),
        "clientDataJSON": websafe_encode(asked),
    }
    number = websafe_encode(attested.credential_id)
    return {"id": number, "rawId": number, "type": "public-key", "response": answer, "clientExtensionResults": {}}
