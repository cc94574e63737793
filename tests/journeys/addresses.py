"""Every address of the house, as somebody meets it. `test_every_page.py` goes through them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver


@dataclass(frozen=True)
class Address:
    """`who` is an account ("" for everybody), `args` are words or names of facts (see `tour.py`)."""

    name: str
    who: str = ""
    args: tuple[str, ...] = ()
    query: str = ""
    status: int = 200

    def __str__(self) -> str:
        return " ".join(filter(None, [self.name, *self.args, self.query and f"?{self.query}", self.who]))

    def values(self, facts: dict[str, Any]) -> list[Any]:
        return [facts.get(arg, arg) for arg in self.args]


def everyone(*names: str) -> list[Address]:
    return [Address(name) for name in names]


def read_by(who: str, *names: str) -> list[Address]:
    return [Address(name, who) for name in names]


def about(what: str, who: str, *names: str) -> list[Address]:
    return [Address(name, who, (what,)) for name in names]


PAGES = [
    # the citizen's door
    *everyone(
        "portal:home",
        "portal:track",
        "ui:gallery",
        "portal:procedures",
        "portal:figures",
        "portal:mine",
        "portal:guide",
    ),
    *[
        Address("portal:procedures", query=query)
        for query in ("q=khai+sinh", "q=may+bay", "viec=khong-co", "viec=birth")
    ],
    *[Address("portal:procedure", args=(code,)) for code in ("1.001193", "2.000815", "1.013225")],
    Address("portal:procedure", args=("9.999999",), status=404),
    *[Address("portal:figure", args=(f"dossiers.{code}",)) for code in ("finished", "apologies_owed", "brought_home")],
    *[Address("portal:state", args=(code,)) for code in ("running", "returned", "KHONG-CO")],
    *[
        Address("portal:tracking", args=(code, f"{code}.secret"))
        for code in ("running", "waiting", "late", "returned", "home", "refused", "new", "ready", "certified")
    ],
    Address("portal:tracking", args=("running", "khong-dung-khoa"), status=404),
    # filing online: the device that looks holds the keys of two drafts
    *[Address("filing:start", "draft", (f"offering {kind}",)) for kind in ("birth", "extract")],
    *[
        Address("filing:step", "draft", ("draft", step))
        for step in ("cho-ai", "nguoi-nop", "giay-to", "nhan-ket-qua", "dong-y", "kiem-tra")
    ],
    Address("filing:step", "draft", ("draft", "khai-child_group")),
    *[Address("filing:step", "draft", ("empty draft", step)) for step in ("chu-ho-so", "giay-to", "kiem-tra")],
    Address("filing:step", "", ("draft", "cho-ai"), status=404),
    *[Address("filing:step", "draft", ("marriage draft", step)) for step in ("xac-nhan", "kiem-tra")],
    Address("filing:waiting", "draft", ("waiting draft",)),
    Address("filing:waiting", "", ("waiting draft",), status=404),
    *[Address("filing:confirm", args=(key,)) for key in ("party key", "party used key")],
    Address("filing:confirm", args=("khong-dung-khoa",), status=404),
    Address("filing:filed", args=("joined", "joined.secret")),
    Address("filing:filed", args=("filed", "filed.secret")),
    Address("filing:filed", args=("filed", "khong-dung-khoa"), status=404),
    *everyone("filing:gone"),
    *[Address(f"filing:{name}", args=("waiting", "waiting.secret")) for name in ("supplement", "withdraw", "way_back")],
    Address("filing:consents", args=("filed", "filed.secret")),
    Address("filing:helper", "draft", ("draft",)),
    *[Address("filing:assisted", who) for who in ("mai", "thanhtra", "luavang")],
    *[
        Address("ui:gallery_page", args=(page,))
        for page in ("bieu-mau", "ban-lam-viec", "tra-cuu", "trang-chu", "tu-choi")
    ],
    Address("guidance:flow", args=("birth",)),
    Address("guidance:flow", args=("birth",), query="registered=no&parents=married"),
    Address("guidance:flow", args=("death",), query="registered=no&allowance=yes"),
    Address("guidance:flow", args=("khong-co",), status=404),
    # the officer's door
    *[Address("office:desk", who) for who in ("mai", "son", "thang", "chutich", "tiepdan", "thanhtra", "congan")],
    Address("office:desk", "mai", query="q=Nguyen"),
    Address("office:desk", "mai", query="q=khong-co-ai"),
    *read_by("mai", "office:promises", "office:numbers", "office:hand_overs", "office:waiting"),
    Address("office:find", "mai", query="q=Nguyen"),
    Address("office:find", "mai", query="q=khong-co-ai"),
    Address("office:hand_overs", "son"),
    Address("office:waiting", "luavang"),
    Address("office:silence", "chutich"),
    Address("office:silence", "quantrihethong"),
    Address("office:figure_records", "mai", ("received",)),
    Address("office:figure_records", "mai", ("early",)),
    Address("office:figure_records", "mai", ("queue-waiting_median",)),
    # one dossier
    *read_by("mai", "dossiers:receive", "dossiers:apologies", "prints:book", "prints:fees", "prints:hand_over_lists"),
    Address("dossiers:receive", "luavang"),
    Address("dossiers:apologies", "luavang"),
    Address("prints:book", "mai", query="first=01%2F03%2F2026&last=31%2F02%2F2026", status=422),
    *[Address("dossiers:receive_procedure", "mai", (f"offering {kind}",)) for kind in ("birth", "copies", "building")],
    *about("guidance", "mai", "dossiers:guided"),
    *[Address("dossiers:received", "mai", (code,)) for code in ("running", "refused", "missing", "certified")],
    *[
        Address("dossiers:detail", "mai", (code,))
        for code in (
            "running",
            "waiting",
            "late",
            "to write",
            "to sign",
            "returned",
            "home",
            "refused",
            "new",
            "ready",
            "certified",
            "joint",
        )
    ],
    Address("dossiers:detail", "chutich", ("to sign",)),
    Address("dossiers:detail", "thang", ("at work",)),
    Address("dossiers:detail", "mai", ("running",), "in=receipt"),
    *[Address("dossiers:declare", "mai", (code,)) for code in ("running", "declared")],
    *about("declared", "mai", "dossiers:detail"),
    *about("joined", "mai", "dossiers:detail"),
    *about("new", "mai", "dossiers:accept", "dossiers:deny"),
    *about("running", "mai", "dossiers:request_supplement", "dossiers:suspend", "dossiers:attach", "dossiers:withdraw"),
    *about("running", "mai", "dossiers:stop", "dossiers:charge", "dossiers:finish_step", "dossiers:consult"),
    *about("waiting", "mai", "dossiers:confirm_supplement", "dossiers:resume"),
    *about("elsewhere", "mai", "dossiers:detail", "dossiers:agency_answered", "dossiers:cancel_agency"),
    *about("to ask", "mai", "dossiers:ask_agency"),
    *about("unpaid", "mai", "dossiers:collect"),
    *about("at work", "thang", "dossiers:send_back", "dossiers:assign"),
    Address("dossiers:acknowledge", "thang", ("unsigned",)),
    Address("dossiers:answer_consultation", "son", ("consulted", "consultation")),
    Address("dossiers:sign_off", "vanthu", ("last step",)),
    *about("ready", "huong", "dossiers:return_result"),
    *about("to write", "thang", "dossiers:draft_apology"),
    *about("to sign", "chutich", "dossiers:sign_apology"),
    *about("signed", "mai", "dossiers:send_apology"),
    # letters
    *read_by("chutich", "letters:list", "letters:book", "letters:figures", "letters:signature", "letters:rules"),
    Address("letters:list", "mai", query="words=khong-co-ai"),
    Address("letters:book", "mai", query="first=01%2F03%2F2026&last=31%2F02%2F2026", status=422),
    Address("letters:new", "mai"),
    Address("letters:write", "mai", ("gift",)),
    *[Address("letters:detail", "chutich", (f"letter {state}",)) for state in ("missing", "sign", "signed", "handed")],
    *[Address("letters:detail", "chutich", (f"letter {state}",)) for state in ("condolence", "wrong")],
    *[Address("letters:figure_records", "chutich", (code,)) for code in ("birth", "birth_with_letter")],
    Address("letters:rule", "vanthu", ("death",)),
    Address("letters:text", "vanthu", ("death",)),
    Address("letters:change", "vanthu", ("letter missing",)),
    Address("letters:confirm", "vanthu", ("letter condolence",)),
    Address("letters:sign", "chutich", ("letter sign",)),
    *about("letter signed", "vanthu", "letters:hand_over", "letters:cancel", "letters:wrong_name"),
    Address("letters:answer", "vanthu", ("letter handed",)),
    Address("letters:close_wrong_name", "chutich", ("letter wrong",)),
    # procedures
    *read_by("mai", "procedures:list", "procedures:catalogue"),
    *read_by("quantri", "procedures:list", "procedures:catalogue"),
    Address("procedures:list", "mai", query="q=khong-co-thu-tuc-nay"),
    *[Address("procedures:detail", "quantri", (code,)) for code in ("1.001193", "1.013225")],
    Address("procedures:version", "quantrihethong", ("1.013225", "1")),
    Address("procedures:version", "mai", ("1.013225", "1")),
    Address("procedures:offer", "quantri", ("not offered",)),
    Address("procedures:change", "quantri", ("offering building",)),
    Address("procedures:change", "quantri", ("offering joint",)),
    # people
    *read_by("mai", "people:people", "people:add_person"),
    Address("people:people", "mai", query="q=Nguyen"),
    *about("person", "mai", "people:person", "people:change_person", "people:add_household"),
    Address("people:merge", "quantri", ("person", "nameless")),
    *about("household", "mai", "people:household"),
    *about("business", "mai", "people:business"),
    # the organisation
    *read_by("quantrihethong", "organisation:units", "organisation:add_unit"),
    *about("ward", "quantrihethong", "organisation:unit", "organisation:change_unit", "organisation:close_unit"),
    *about("ward", "quantrihethong", "organisation:succeed_unit", "organisation:history", "organisation:add_counter"),
    *about("ward", "quantrihethong", "organisation:add_neighbourhood", "organisation:add_staff", "organisation:hours"),
    *about("ward", "quantrihethong", "organisation:change_hours"),
    *about("ward", "quantri", "organisation:unit"),
    *read_by("chutich", "organisation:absences", "organisation:add_absence"),
    *read_by("mai", "organisation:absences", "organisation:add_absence"),
    *about("absence", "chutich", "organisation:change_absence"),
    *about("counter", "quantri", "organisation:counter_hours", "organisation:change_counter_hours"),
    *about("counter with hours", "quantri", "organisation:counter_hours"),
    Address("organisation:holidays", "quantrihethong", ("ward", "2026")),
    *about("counter", "quantrihethong", "organisation:change_counter"),
    *about("neighbourhood", "quantrihethong", "organisation:change_neighbourhood"),
    *about(
        "colleague", "quantrihethong", "organisation:staff_member", "organisation:change_staff", "organisation:appoint"
    ),
    *about("colleague", "quantrihethong", "organisation:password"),
    Address("organisation:choose_password", args=("reference", "token")),
    Address("organisation:choose_password", args=("reference", "khong-dung"), status=404),
    # the hall
    *about("hall", "", "queue:take", "queue:board", "queue:book_line"),
    Address("queue:book", args=("hall", "line")),
    *[Address("queue:appointment", args=(f"appointment {state}.secret",)) for state in ("booked", "cancelled")],
    Address("queue:appointments", "mai", ("hall",)),
    Address("queue:figures", "mai", ("hall",)),
    Address("queue:figures", "chutich", ("hall",)),
    Address("queue:staffing", "chutich", ("hall",)),
    *[Address("queue:position", args=(f"ticket {state}.secret",)) for state in ("waiting", "called", "missed", "done")],
    Address("queue:kiosk", args=("kiosk token",)),
    Address("queue:kiosk", args=("kiosk token",), query="lang=en"),
    Address("queue:kiosk", args=("kiosk locked",), status=403),
    Address("queue:kiosk_ticket", args=("kiosk token", "kiosk ticket")),
    *read_by("mai", "queue:counter", "queue:take_for", "queue:help"),
    Address("queue:help", "chutich"),
    Address("queue:open_counter", "luavang"),
    Address("queue:counter", "duc"),
    Address("queue:open_counter", "duc"),
    Address("queue:slip", "mai", ("ticket called",)),
    Address("queue:selftest", "mai", ("hall",)),
    *read_by("quantri", "queue:halls", "queue:add_hall"),
    *about(
        "hall", "quantri", "queue:hall", "queue:change_hall", "queue:add_line", "queue:add_priority", "queue:poster"
    ),
    Address("queue:change_line", "quantri", ("hall", "line")),
    Address("queue:change_priority", "quantri", ("hall", "priority")),
    # satisfaction
    *everyone("satisfaction:give", "satisfaction:thanks"),
    *[Address("satisfaction:invited", args=("rating link",))],
    Address("satisfaction:invited", args=("rating link used",), status=410),
    Address("satisfaction:invited", args=("khong-dung",), status=404),
    Address("satisfaction:tablet", args=("tablet token",)),
    Address("satisfaction:tablet", args=("tablet awake",)),
    Address("satisfaction:tablet", args=("tablet locked",), status=403),
    *[
        Address("satisfaction:results", "chutich", query=f"first=01%2F01%2F2026&last=31%2F12%2F2026&by={by}")
        for by in ("month", "officer", "unit")
    ],
    Address("satisfaction:results", "mai", query="first=31%2F12%2F2026&last=01%2F01%2F2026", status=422),
    *read_by("chutich", "satisfaction:cases", "satisfaction:campaigns", "satisfaction:plan", "satisfaction:indices"),
    *read_by("vanthu", "satisfaction:slips"),
    *read_by("quantri", "satisfaction:surveys", "satisfaction:devices"),
    *[Address("satisfaction:case", "chutich", (case,)) for case in ("case open", "case answered")],
    *[Address("satisfaction:campaign", "chutich", (one,)) for one in ("sample drawn", "sample planned")],
    Address("satisfaction:call", "vanthu", ("sample drawn", "sample position")),
    *about("own survey", "quantri", "satisfaction:survey", "satisfaction:preview"),
    Address("satisfaction:scale", "quantri", ("own survey", "overall")),
    Address("satisfaction:survey", "quantri", ("sipas",)),
    Address("satisfaction:assessment", "chutich", ("indices of the ward",)),
    Address("satisfaction:assessment", "mai", ("indices of mai",)),
    *read_by("quantrihethong", "guidance:manage", "guidance:begin"),
    *[
        Address(f"guidance:{name}", "quantrihethong", ("birth", *args))
        for name, *args in (
            ("edit",),
            ("frame",),
            ("add_question",),
            ("change_question", "registered"),
            ("endings",),
            ("outcome", "1"),
            ("advice", "0"),
            ("tree",),
            ("try",),
            ("tests",),
            ("publish",),
            ("versions",),
        )
    ],
    Address("guidance:try", "quantrihethong", ("birth",), query="registered=no&parents=married"),
    Address("declarations:list", "quantrihethong"),
    Address("declarations:preview", "quantrihethong", ("1.001193",)),
    Address("declarations:begin", "quantrihethong", query="q=khai"),
    *[
        Address(f"declarations:{name}", "quantrihethong", ("1.001193",))
        for name in ("edit", "frame", "add_group", "rules", "add_rule", "tests", "try", "publish")
    ],
    *[
        Address(f"declarations:{name}", "quantrihethong", ("1.001193", *args))
        for name, *args in (
            ("change_group", "mother_group"),
            ("kinds", "mother_group"),
            ("add_field", "mother_group", "table"),
            ("change_field", "requester"),
            ("change_field", "birth_proof"),
            ("other_kind", "relation"),
            ("change_rule", "KS-05"),
        )
    ],
    # messages and printed forms
    *read_by("mai", "notifications:list"),
    *about("message", "mai", "notifications:message"),
    *read_by("quantri", "notifications:texts", "notifications:channels"),
    *[Address("notifications:edit_text", "quantri", ("supplement", channel)) for channel in ("sms", "email")],
    *read_by("quantrihethong", "core:templates"),
    *[Address("core:edit_template", "quantrihethong", (kind,)) for kind in ("receipt", "apology")],
    # accounts
    *everyone("account_login", "account_signup", "account_inactive", "account_reset_password"),
    *everyone("account_reset_password_done", "account_reset_password_from_key_done", "account_email_verification_sent"),
    Address("account_reset_password_from_key", args=("uid", "key")),
    Address("account_reset_password_from_key", args=("uid", "khong-dung")),
    Address("account_confirm_email", args=("khong-dung",)),
    *read_by("ngoc", "account_logout", "account_change_password", "account_reauthenticate", "account_email"),
    *read_by("ngoc", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
    *read_by("guarded", "mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *read_by("guarded", "mfa_list_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *about("security key", "guarded", "mfa_remove_webauthn", "mfa_edit_webauthn"),
    Address("mfa_authenticate", "half inside"),
]

# What shows no page when it is opened, and what it answers instead.
HTML, PDF, JSON = "text/html; charset=utf-8", "application/pdf", "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Other(Address):
    kind: str = ""


def only_sent(who: str, *names: str, about: tuple[str, ...] = ()) -> list[Other]:
    """Forms are sent there; opening it is refused."""
    return [Other(name, who, about, status=405, kind=HTML) for name in names]


def paper(name: str, *args: str, kind: str = PDF) -> Other:
    return Other(name, "mai", args, kind=kind)


def moves(name: str, who: str = "", *args: str) -> Other:
    return Other(name, who, args, status=302, kind=HTML)


ADMIN = "quantrihethong"
OTHERS = [
    *only_sent("mai", "office:act_on_many", "office:sign_for_many", "office:keep_list", "people:scan"),
    *only_sent("mai", "dossiers:known_people"),
    *only_sent("mai", "dossiers:known_person", about=("person",)),
    *only_sent("mai", "office:forget_list", about=("1",)),
    *only_sent("mai", "dossiers:reveal", "dossiers:let_go", about=("running",)),
    *only_sent("mai", "people:reveal", about=("person",)),
    *only_sent("mai", "notifications:send_again", about=("message",)),
    *only_sent("mai", "notifications:send_many_again"),
    *only_sent("quantri", "notifications:preview_text", about=("supplement", "sms")),
    paper("notifications:excel", kind=XLSX),
    *only_sent("quantri", "procedures:withdraw", about=("offering birth",)),
    *only_sent("chutich", "letters:sign_many", "letters:print_many"),
    *only_sent("vanthu", "letters:preview", about=("gift",)),
    paper("letters:book_excel", kind=XLSX),
    paper("letters:paper", "letter signed"),
    paper("letters:evidence", "letter handed", kind="image/png"),
    *only_sent(ADMIN, "procedures:policy", about=("1.013225", "1")),
    *only_sent(ADMIN, "core:preview_template", about=("receipt",)),
    *only_sent("mai", "queue:act", "queue:forward", "office:call_and_receive"),
    *only_sent("mai", "queue:call_ticket", about=("ticket missed",)),
    *only_sent("mai", "queue:help_came", about=("session",)),
    *only_sent("mai", "queue:test_printer", "queue:rebook", about=("hall",)),
    *only_sent("quantri", "satisfaction:draw", "satisfaction:close", about=("sample planned",)),
    *only_sent("quantri", "satisfaction:revoke", about=("tablet",)),
    *only_sent("quantri", "satisfaction:copy", about=("own survey",)),
    Other("satisfaction:export", "quantri", ("own survey",), kind=JSON),
    Other("satisfaction:turn", "", ("tablet token",), kind=JSON),
    *only_sent("quantri", "queue:make_kiosk", "queue:renew_door", about=("hall",)),
    *only_sent("quantri", "queue:revoke_kiosk", about=("hall", "kiosk")),
    *only_sent(ADMIN, "organisation:deactivate", "organisation:reactivate", about=("colleague",)),
    *only_sent(ADMIN, "organisation:remove_counter", about=("counter",)),
    *only_sent(ADMIN, "organisation:remove_neighbourhood", about=("neighbourhood",)),
    *only_sent(ADMIN, "organisation:remove_hours", about=("ward",)),
    *only_sent(ADMIN, "organisation:remove_counter_hours", about=("counter",)),
    *only_sent("chutich", "organisation:decide_absence", about=("absence",)),
    *only_sent(ADMIN, "organisation:import_holidays", about=("ward", "2026")),
    *only_sent(ADMIN, "organisation:remove_holiday", about=("ward", "1")),
    *[
        paper(f"prints:{book}_{kind}", kind=PDF if kind == "pdf" else XLSX)
        for book in ("book", "fees")
        for kind in ("pdf", "excel")
    ],
    paper("prints:paper", "running", "receipt"),
    paper("prints:paper", "running", "control_sheet"),
    paper("prints:paper", "declared", "declaration"),
    paper("prints:guidance", "guidance"),
    paper("prints:hand_over_list", "list"),
    paper("prints:apology_draft", "to sign"),
    paper("dossiers:fee_of_copies", "offering copies", kind=JSON),
    paper("dossiers:file", "at work", "file", kind="image/png"),
    paper("core:document", "document"),
    *only_sent(ADMIN, "guidance:load", "declarations:load"),
    *only_sent(ADMIN, "declarations:act", about=("1.001193",)),
    Other("declarations:export", ADMIN, ("1.001193", "1"), kind=JSON),
    *only_sent(ADMIN, "guidance:show", "guidance:act", about=("birth",)),
    Other("guidance:export", ADMIN, ("birth",), kind=JSON),
    Other("portal:result", "", ("returned", "returned.secret", "result"), kind=PDF),
    Other("core:document_by_secret", "", ("document.secret",), kind=PDF),
    *[Other(f"filing:{name}", "draft", ("draft",), status=405, kind=HTML) for name in ("delete", "leave")],
    Other("filing:save", "draft", ("draft", "cho-ai"), status=405, kind=HTML),
    Other("filing:piece", "draft", ("draft",), "paper=1&upload=anh-thu-nhat", kind=JSON),
    Other("filing:file", "draft", ("draft", "draft file"), kind="image/jpeg"),
    paper("filing:assisted_excel", kind=XLSX),
    moves("filing:resume", "draft", "draft key"),
    moves("filing:acknowledgement", "", "filed", "filed.secret"),
    Other("health", status=503, kind=JSON),  # no worker runs here, and it says so
    moves("dossiers:apology", "mai", "to write"),
    moves("portal:language", "", "en"),
    moves("portal:prove"),
    *only_sent("", "portal:leave"),
    moves("account_confirm_login_code"),
    moves("account_set_password", "ngoc"),
    Other("mfa_download_recovery_codes", "guarded", kind="text/plain"),
]


def names() -> list[str]:
    """The name of every address, "room:name", from the resolver itself."""
    return sorted(set(_names(get_resolver(), "")))


def _names(resolver: Any, room: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern, f"{room}{pattern.namespace}:" if pattern.namespace else room)
        else:
            yield f"{room}{pattern.name}"
