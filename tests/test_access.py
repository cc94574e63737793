"""Who may enter where: every address × every kind of person (RELIABILITY S1). An address without a row fails, and a row
without an address. Each cell is asked for: the page, or where there is none, the empty form.
"""

from collections.abc import Iterable

import pytest
from django.db import connection, transaction
from django.urls import reverse

from tests.commune import ABOVE, EVERYBODY, GUESTS, STRANGERS, Commune, all_addresses, empty_form
from thanthien.organisation.enums import Role

pytestmark = pytest.mark.django_db
OPEN, LOGIN, REFUSED, HIDDEN = "open", "login", "refused", "hidden"
SIGNED_IN = tuple(who for who in EVERYBODY if who not in GUESTS)
ADMINISTRATORS = (Role.UNIT_ADMIN, Role.PROVINCE_ADMIN)
Row = dict[str, str]


# ---- kinds of rows -----------------------------------------------------------------------------------------
def public() -> Row:
    return dict.fromkeys(EVERYBODY, OPEN)


def staff(outcome: str = OPEN) -> Row:
    """Whoever is signed in gets a page; what is on it is of their own unit."""
    return dict.fromkeys(GUESTS, LOGIN) | dict.fromkeys(SIGNED_IN, outcome)


def hidden() -> Row:
    """For who holds a key that none of these people has: to all others it does not exist."""
    return dict.fromkeys(EVERYBODY, HIDDEN)


def visitors() -> Row:
    """For signing in: whoever is signed in is led away."""
    return dict.fromkeys(EVERYBODY, OPEN)


def nobody() -> Row:
    """Rightly refused to everybody as things stand (what is missing stands beside the row)."""
    return staff(REFUSED)


def with_role(*roles: str, superuser: str = REFUSED) -> Row:
    """Whoever has one of these roles, wherever they work: the page is about their own unit."""
    row = staff(REFUSED) | {"superuser": superuser}
    return row | {who: OPEN for who in SIGNED_IN if _roles_of(who) & set(map(str, roles))}


def _roles_of(who: str) -> set[str]:
    if who == "stranger":
        return {str(role) for role in Role if role not in (Role.PROVINCE_ADMIN, Role.INSPECTOR)}
    return {who.rpartition(" ")[2]}


def readers() -> Row:
    """Everybody of the unit and who watches over it; for others it does not exist."""
    return staff() | dict.fromkeys(STRANGERS, HIDDEN)


def workers(*roles: str) -> Row:
    """These roles of the unit. The others of the unit see it but may not; for others it does not exist."""
    return staff(REFUSED) | dict.fromkeys(map(str, roles), OPEN) | dict.fromkeys(STRANGERS, HIDDEN)


def managers(strangers: str = HIDDEN) -> Row:
    """Administrators of the unit, those above it, and of the installation."""
    return workers(*ADMINISTRATORS) | dict.fromkeys(STRANGERS, strangers) | {ABOVE[0]: OPEN, "superuser": OPEN}


def but(row: Row, outcome: str, *who: str) -> Row:
    return row | dict.fromkeys(map(str, who), outcome)


def citizens_only() -> Row:
    """Answers are citizens': whoever is signed in is refused."""
    return public() | dict.fromkeys(SIGNED_IN, REFUSED)


RECEPTION, SPECIALIST, LEADER = Role.RECEPTION, Role.SPECIALIST, Role.LEADER
BOOKS = (
    RECEPTION, Role.RETURN, Role.CASHIER, Role.CLERK, Role.DIVISION_HEAD, LEADER, Role.UNIT_ADMIN, Role.PROVINCE_ADMIN,
    Role.INSPECTOR,
)  # fmt: skip
AT_WORK = (RECEPTION, SPECIALIST, Role.DIVISION_HEAD, LEADER, Role.CLERK, Role.RETURN, Role.CASHIER)
SERVES_CITIZENS = [role for role in Role if role != Role.POSTAL]
KEEPS_PEOPLE = [role for role in SERVES_CITIZENS if role != Role.INSPECTOR]
AT_COUNTERS = (RECEPTION, Role.RETURN, Role.CASHIER, SPECIALIST)
LETTER_WRITERS = (Role.CLERK, RECEPTION, Role.RETURN, SPECIALIST, Role.DIVISION_HEAD, LEADER)
LETTER_HANDERS = (Role.CLERK, RECEPTION, Role.RETURN, Role.POSTAL, LEADER)
LETTER_READERS = (*LETTER_WRITERS, *ADMINISTRATORS, Role.INSPECTOR, Role.POSTAL)
WATCHES = (Role.DIVISION_HEAD, LEADER, *ADMINISTRATORS, Role.INSPECTOR)

KEEPS_SURVEYS = (Role.UNIT_ADMIN, Role.DIVISION_HEAD, LEADER)
TYPES_SLIPS = (*KEEPS_SURVEYS, Role.CLERK, Role.CITIZEN_RECEPTION, SPECIALIST, Role.CASHIER)
READS_CASES = (*KEEPS_SURVEYS, Role.CITIZEN_RECEPTION, Role.INSPECTOR, Role.PROVINCE_ADMIN)
EDITOR_OF_FORMS = (
    "list", "load", "preview", "export", "begin", "edit", "act", "frame", "add_group", "change_group", "kinds",
    "add_field", "change_field", "other_kind", "rules", "add_rule", "change_rule", "tests", "try", "publish",
)  # fmt: skip
EDITOR_OF_FLOWS = (
    "manage", "load", "export", "show", "begin", "edit", "act", "frame", "add_question", "change_question", "endings",
    "outcome", "advice", "tree", "try", "tests", "publish", "versions",
)  # fmt: skip
OTHER_PLACES = STRANGERS[1:]  # strangers without a role of a commune

# ---- the table ---------------------------------------------------------------------------------------------
TABLE: dict[str, Row] = {
    "portal:home": public(),
    "portal:language": public(),
    "portal:guide": public(),
    "portal:procedures": public(),
    "portal:procedure": public(),
    "portal:figures": public(),
    "portal:figure": public(),  # what was counted, without anybody's name
    "portal:mine": public(),  # asks for a phone; the list needs a code sent to it
    "portal:prove": public(),
    "portal:leave": public(),
    "portal:track": public(),
    "portal:state": public(),
    "portal:result": public(),  # so does this one
    "portal:tracking": public(),  # the address itself holds the secret
    # ---- filing online: the device holds the key of its draft, the address the secret of the dossier ----
    "filing:start": public(),
    "filing:gone": public(),
    **{f"filing:{name}": public() for name in ("filed", "acknowledgement", "withdraw", "way_back", "consents")},
    "filing:supplement": public(),
    "filing:assisted": staff(),
    "filing:assisted_excel": staff(),
    **{f"filing:{name}": hidden() for name in ("resume", "step", "save", "piece", "file", "delete", "leave", "helper")},
    **{f"filing:{name}": hidden() for name in ("waiting", "confirm")},
    "health": public(),
    "ui:gallery": public(),
    "ui:gallery_page": public(),
    "core:document_by_secret": public(),
    "organisation:choose_password": public(),
    # ---- the desk ----
    "office:desk": staff(),
    "office:act_on_many": staff(),
    "office:find": staff(),
    "office:call_and_receive": staff(),  # at one's own counter only
    "office:promises": staff(),
    "office:numbers": staff(),
    "office:figure_records": staff(),
    "office:silence": with_role(*WATCHES, superuser=OPEN),
    "office:hand_overs": staff(),
    "office:sign_for_many": staff(),
    "office:waiting": staff(),
    "office:keep_list": staff(),
    "office:forget_list": staff(),  # of one's own only
    # ---- the counter ----
    "dossiers:receive": with_role(RECEPTION),
    "dossiers:receive_procedure": but(workers(RECEPTION), HIDDEN, *ABOVE, "superuser"),
    "dossiers:fee_of_copies": but(readers(), HIDDEN, *ABOVE, "superuser"),
    "dossiers:known_people": with_role(RECEPTION),
    "dossiers:known_person": with_role(RECEPTION),
    "dossiers:guided": readers(),
    "prints:guidance": readers(),
    "dossiers:received": readers(),
    # ---- books and lists of one's own office ----
    "dossiers:apologies": staff(),
    "prints:book": with_role(*BOOKS, superuser=OPEN),
    "prints:book_pdf": with_role(*BOOKS, superuser=OPEN),
    "prints:book_excel": with_role(*BOOKS, superuser=OPEN),
    "prints:fees": with_role(*BOOKS, superuser=OPEN),
    "prints:fees_pdf": with_role(*BOOKS, superuser=OPEN),
    "prints:fees_excel": with_role(*BOOKS, superuser=OPEN),
    "prints:hand_over_lists": staff(),
    "prints:hand_over_list": readers(),
    # ---- one dossier ----
    "dossiers:detail": readers(),
    "dossiers:reveal": but(readers(), REFUSED, *ABOVE, "superuser"),
    "dossiers:let_go": readers(),
    "dossiers:file": readers(),
    "prints:paper": readers(),
    "dossiers:accept": workers(RECEPTION),
    "dossiers:deny": workers(RECEPTION),
    "dossiers:request_supplement": workers(RECEPTION),
    "dossiers:confirm_supplement": workers(RECEPTION, SPECIALIST),
    "dossiers:suspend": workers(RECEPTION, SPECIALIST),
    "dossiers:resume": workers(RECEPTION, SPECIALIST),
    "dossiers:finish_step": workers(SPECIALIST),  # it lies at the specialist's step
    "dossiers:send_back": workers(SPECIALIST),
    "dossiers:consult": workers(SPECIALIST),
    "dossiers:ask_agency": workers(RECEPTION, SPECIALIST),
    "dossiers:agency_answered": workers(RECEPTION, SPECIALIST),
    "dossiers:cancel_agency": workers(RECEPTION, SPECIALIST),
    "dossiers:acknowledge": workers(SPECIALIST),
    **dict.fromkeys(
        (f"declarations:{name}" for name in EDITOR_OF_FORMS),
        with_role(Role.PROVINCE_ADMIN, superuser=OPEN),
    ),
    "guidance:flow": public(),
    **dict.fromkeys(
        (f"guidance:{name}" for name in EDITOR_OF_FLOWS),
        with_role(Role.PROVINCE_ADMIN, superuser=OPEN),
    ),
    "dossiers:attach": workers(*AT_WORK),
    "dossiers:declare": workers(RECEPTION, SPECIALIST),
    "dossiers:assign": workers(Role.DIVISION_HEAD, LEADER, Role.UNIT_ADMIN),
    "dossiers:answer_consultation": workers(),  # another unit was asked: see the test below
    "dossiers:sign_off": workers(LEADER),
    "dossiers:return_result": workers(RECEPTION, Role.RETURN, Role.POSTAL),
    "dossiers:withdraw": workers(RECEPTION),
    "dossiers:stop": workers(RECEPTION),
    "dossiers:charge": workers(RECEPTION, Role.RETURN, Role.CASHIER),
    "dossiers:collect": workers(RECEPTION, Role.RETURN, Role.CASHIER),
    "dossiers:apology": readers(),
    "prints:apology_draft": readers(),
    "dossiers:draft_apology": workers(RECEPTION, SPECIALIST, Role.DIVISION_HEAD, LEADER),
    "dossiers:sign_apology": workers(LEADER),
    "dossiers:send_apology": workers(RECEPTION, Role.CLERK, LEADER),
    # ---- procedures ----
    "procedures:list": staff(),
    "procedures:catalogue": staff(),
    "procedures:detail": staff(),
    "procedures:version": staff(),
    # Shared by all units that offer it: the administrator of one unit may not, where another offers it.
    "procedures:policy": but(with_role(*ADMINISTRATORS, superuser=OPEN), REFUSED, "stranger"),
    "procedures:offer": with_role(*ADMINISTRATORS, superuser=OPEN),
    "procedures:change": managers(REFUSED),
    "procedures:withdraw": managers(REFUSED),
    # ---- people: one record for all units of the installation, numbers masked, unmasking written down ----
    "people:people": with_role(*SERVES_CITIZENS, superuser=OPEN),
    "people:scan": but(with_role(*SERVES_CITIZENS, superuser=OPEN), REFUSED, *GUESTS),
    "people:person": with_role(*SERVES_CITIZENS, superuser=OPEN),
    "people:reveal": with_role(*SERVES_CITIZENS, superuser=OPEN),
    "people:household": with_role(*SERVES_CITIZENS, superuser=OPEN),
    "people:business": with_role(*SERVES_CITIZENS, superuser=OPEN),
    "people:add_person": with_role(*KEEPS_PEOPLE, superuser=OPEN),
    "people:change_person": with_role(*KEEPS_PEOPLE, superuser=OPEN),
    "people:merge": with_role(*KEEPS_PEOPLE, superuser=OPEN),
    "people:add_household": with_role(*KEEPS_PEOPLE, superuser=OPEN),
    # ---- organisation ----
    "organisation:units": staff(),
    "organisation:add_unit": with_role(*ADMINISTRATORS, superuser=OPEN),
    "organisation:unit": readers(),
    "organisation:staff_member": readers(),
    "organisation:hours": readers(),
    "organisation:holidays": readers(),
    "organisation:counter_hours": readers(),
    "organisation:absences": staff(),
    "organisation:add_absence": staff(),  # one's own, as a proposal
    "organisation:change_absence": but(managers(), OPEN, LEADER, Role.DIVISION_HEAD),
    "organisation:decide_absence": but(managers(), OPEN, LEADER, Role.DIVISION_HEAD),
    "organisation:import_holidays": but(nobody(), OPEN, "superuser"),  # they hold for all units
    **{
        f"organisation:{name}": managers()
        for name in (
            "change_unit",
            "close_unit",
            "succeed_unit",
            "history",
            "add_counter",
            "change_counter",
            "remove_counter",
            "add_neighbourhood",
            "change_neighbourhood",
            "remove_neighbourhood",
            "add_staff",
            "change_staff",
            "appoint",
            "password",
            "deactivate",
            "reactivate",
            "change_hours",
            "remove_hours",
            "change_counter_hours",
            "remove_counter_hours",
            "remove_holiday",
        )
    },
    # ---- the hall ----
    "queue:take": public(),
    "queue:board": public(),
    "queue:book_line": public(),
    "queue:book": public(),
    "queue:appointment": public(),  # the address itself holds the secret
    "queue:appointments": readers(),
    "queue:rebook": but(
        workers(*AT_COUNTERS, Role.LEADER, Role.DIVISION_HEAD, Role.UNIT_ADMIN), REFUSED, *ABOVE, "superuser"
    ),
    "queue:figures": readers(),
    "queue:staffing": but(workers(*WATCHES), OPEN, *ABOVE, "superuser"),
    "queue:position": public(),  # the address itself holds the secret
    "queue:kiosk": public(),  # … and here the machine's token
    "queue:kiosk_ticket": public(),
    "queue:counter": with_role(*AT_COUNTERS),
    "queue:open_counter": with_role(*AT_COUNTERS),
    "queue:take_for": with_role(*AT_COUNTERS),
    "queue:act": staff(),  # at one's own counter only; who has none is led to the page that opens one
    "queue:call_ticket": staff(),
    "queue:forward": staff(),
    "queue:help": with_role(*AT_COUNTERS, Role.LEADER, Role.DIVISION_HEAD, Role.UNIT_ADMIN),
    "queue:help_came": but(readers(), REFUSED, *ABOVE, "superuser"),
    "queue:slip": readers(),
    "queue:selftest": readers(),
    "queue:test_printer": readers(),
    "queue:halls": with_role(*ADMINISTRATORS, superuser=OPEN),
    "queue:add_hall": with_role(*ADMINISTRATORS, superuser=OPEN),
    **{
        f"queue:{name}": but(staff(HIDDEN), OPEN, *ADMINISTRATORS, ABOVE[0], "superuser")
        for name in (
            "hall",
            "change_hall",
            "add_line",
            "change_line",
            "add_priority",
            "change_priority",
            "make_kiosk",
            "revoke_kiosk",
            "poster",
            "renew_door",
        )
    },
    # ---- letters ----
    **{
        f"letters:{name}": with_role(*LETTER_READERS, superuser=OPEN)
        for name in ("list", "book", "book_excel", "figures", "figure_records")
    },
    **{
        f"letters:{name}": workers(*LETTER_READERS) | dict.fromkeys((*ABOVE, "superuser"), OPEN)
        for name in ("detail", "paper", "evidence")
    },
    "letters:print_many": but(workers(*LETTER_READERS), REFUSED, *STRANGERS)
    | dict.fromkeys((*ABOVE, "superuser"), OPEN),
    "letters:sign_many": but(workers(LEADER), REFUSED, *STRANGERS),
    "letters:new": with_role(*LETTER_WRITERS),
    "letters:write": with_role(*LETTER_WRITERS),
    "letters:change": workers(*LETTER_WRITERS),
    "letters:confirm": workers(*LETTER_WRITERS),
    "letters:sign": workers(LEADER),
    "letters:hand_over": workers(*LETTER_HANDERS),
    "letters:answer": workers(*LETTER_HANDERS),
    "letters:cancel": workers(*LETTER_WRITERS),
    "letters:wrong_name": workers(*LETTER_WRITERS),
    "letters:close_wrong_name": workers(LEADER),
    **{
        f"letters:{name}": with_role(LEADER, Role.UNIT_ADMIN, Role.CLERK)
        for name in ("rules", "rule", "text", "preview")
    },
    "letters:signature": with_role(LEADER, Role.DIVISION_HEAD),
    # ---- satisfaction ----
    "satisfaction:give": citizens_only(),
    "satisfaction:invited": citizens_only(),  # the address itself holds the secret
    "satisfaction:thanks": public(),
    "satisfaction:tablet": public(),  # … and here the machine's token
    "satisfaction:turn": public(),
    "satisfaction:results": with_role(*SERVES_CITIZENS, superuser=OPEN),
    "satisfaction:campaigns": with_role(*SERVES_CITIZENS, superuser=OPEN),
    "satisfaction:indices": with_role(*SERVES_CITIZENS, superuser=OPEN),
    "satisfaction:assessment": readers(),
    "satisfaction:slips": with_role(*TYPES_SLIPS, superuser=OPEN),
    "satisfaction:cases": with_role(*READS_CASES, superuser=OPEN),
    "satisfaction:case": but(workers(*READS_CASES), OPEN, *ABOVE, "superuser"),
    "satisfaction:plan": with_role(*KEEPS_SURVEYS, superuser=OPEN),
    "satisfaction:campaign": but(readers(), REFUSED, Role.POSTAL),
    "satisfaction:draw": but(workers(*KEEPS_SURVEYS), OPEN, "superuser"),
    "satisfaction:close": but(workers(*KEEPS_SURVEYS), OPEN, "superuser"),
    "satisfaction:call": but(workers(*TYPES_SLIPS), REFUSED, *OTHER_PLACES) | {"superuser": OPEN},
    "satisfaction:surveys": with_role(*KEEPS_SURVEYS, superuser=OPEN),
    **{
        f"satisfaction:{name}": but(workers(*KEEPS_SURVEYS), REFUSED, *OTHER_PLACES) | {"superuser": OPEN}
        for name in ("survey", "scale", "preview", "export")
    },
    "satisfaction:copy": but(workers(*KEEPS_SURVEYS), OPEN, "superuser"),
    "satisfaction:devices": with_role(*KEEPS_SURVEYS, superuser=OPEN),
    "satisfaction:revoke": but(workers(*KEEPS_SURVEYS), OPEN, "superuser"),
    # ---- messages and papers ----
    "notifications:list": staff(),
    "notifications:excel": staff(),
    "notifications:message": staff() | dict.fromkeys(STRANGERS, HIDDEN),
    "notifications:send_many_again": staff(),  # of one's own office only
    "notifications:channels": with_role(Role.UNIT_ADMIN, superuser=OPEN),
    "notifications:texts": with_role(Role.UNIT_ADMIN, superuser=OPEN),
    "notifications:edit_text": with_role(Role.UNIT_ADMIN, superuser=OPEN),
    "notifications:preview_text": with_role(Role.UNIT_ADMIN, superuser=OPEN),
    "notifications:send_again": workers(RECEPTION, Role.RETURN, Role.CLERK, Role.UNIT_ADMIN),
    "core:document": readers(),
    "core:templates": with_role(Role.UNIT_ADMIN, superuser=OPEN),
    "core:edit_template": with_role(Role.UNIT_ADMIN, superuser=OPEN),
    "core:preview_template": with_role(Role.UNIT_ADMIN, superuser=OPEN),
    # ---- one's own account (django-allauth) ----
    "account_login": visitors(),
    "account_signup": visitors(),  # says that there is no signing up
    "account_inactive": public(),
    "account_logout": staff(),
    "account_email": staff(),
    "account_email_verification_sent": public(),
    "account_confirm_email": public(),
    "account_change_password": staff(),
    "account_set_password": staff(),
    "account_reset_password": public(),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public(),
    "account_reset_password_from_key_done": public(),
    "account_confirm_login_code": staff(),
    "account_reauthenticate": nobody(),  # none of these accounts has a password
    "mfa_index": staff(),
    "mfa_authenticate": staff(),
    "mfa_reauthenticate": nobody(),
    "mfa_reauthenticate_webauthn": nobody(),
    "mfa_activate_totp": staff(),
    "mfa_deactivate_totp": staff(HIDDEN),  # none of these accounts has a second factor
    "mfa_view_recovery_codes": staff(HIDDEN),
    "mfa_generate_recovery_codes": staff(),
    "mfa_download_recovery_codes": staff(HIDDEN),
    "mfa_list_webauthn": staff(),
    "mfa_add_webauthn": staff(),
    "mfa_remove_webauthn": staff(HIDDEN),
    "mfa_edit_webauthn": staff(HIDDEN),
}
ADDRESSES = {address.name: address for address in all_addresses()}
# With PostgreSQL the same code decides: a sample of people is enough there.
SAMPLE = ("guest", str(RECEPTION), str(LEADER), "stranger", "superuser")


# ---- the walk ----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Commune()
        transaction.set_rollback(True)


def asked() -> Iterable[str]:
    return EVERYBODY if connection.vendor == "sqlite" else SAMPLE


def outcome_for(client, path: str, form: dict[str, str]) -> str:
    """What this person gets at that address; whatever it changed is undone."""
    with transaction.atomic():
        answer = client.get(path)
        if answer.status_code == 405:
            answer = client.post(path, form)
        transaction.set_rollback(True)
    if answer.status_code in (302, 303) and answer.headers["Location"].startswith(reverse("account_login")):
        return LOGIN
    if answer.status_code >= 500 and answer.wsgi_request.path != reverse("health"):
        return f"broken ({answer.status_code})"
    return {401: REFUSED, 403: REFUSED, 404: HIDDEN}.get(answer.status_code, OPEN)


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(set(ADDRESSES) - set(TABLE)) == []
    assert sorted(set(TABLE) - set(ADDRESSES)) == []
    assert all(set(row) == set(EVERYBODY) for row in TABLE.values())


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_everybody_gets_what_the_table_says(name, commune):
    path, form = commune.path(ADDRESSES[name]), empty_form() | commune.forms.get(name, {})

    found = {who: outcome_for(commune.clients[who], path, form) for who in asked()}

    assert found == {who: TABLE[name][who] for who in found}


def test_the_unit_that_was_asked_for_its_opinion_may_answer(commune):
    path = commune.path(ADDRESSES["dossiers:answer_consultation"])

    assert outcome_for(commune.clients["asked"], path, {}) == OPEN


def test_a_citizen_without_the_secret_sees_nothing_of_the_dossier(commune):
    path = commune.path(ADDRESSES["portal:tracking"], secret="not-the-secret-of-it")

    answer = commune.clients["citizen"].get(path)

    assert answer.status_code == 404
    assert commune.running.applicant_name not in answer.content.decode()


def test_a_dossier_of_another_unit_looks_like_none_at_all(commune):
    client, code = commune.clients["stranger"], commune.running.code
    missing = f"{code[:-4]}9999"

    theirs = client.get(reverse("dossiers:detail", args=[code]))
    none = client.get(reverse("dossiers:detail", args=[missing]))

    assert (theirs.status_code, none.status_code) == (404, 404)
    assert theirs.content.decode().replace(code, "") == none.content.decode().replace(missing, "")


def test_lists_of_a_stranger_hold_nothing_of_the_unit(commune):
    client, dossier = commune.clients["stranger"], commune.running
    pages = ("office:desk", "office:promises", "office:waiting", "office:hand_overs", "prints:book", "office:find")

    for name in pages:
        page = client.get(reverse(name), {"whose": "office", "q": dossier.code}).content.decode()
        assert reverse("dossiers:detail", args=[dossier.code]) not in page, name
        assert dossier.applicant_name not in page, name
