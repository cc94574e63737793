"""The sentences of which stories are made: given…, when…, then…."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.people import Officer, Visitor, code_of
from thanthien.core import schedule
from thanthien.dossiers import actions
from thanthien.dossiers.models import Dossier
from thanthien.organisation.models import Staff

WORKERS = {"reception": "mai", "specialist": "duc", "division_head": "thang", "leader": "chutich", "clerk": "vanthu"}


@dataclass(frozen=True)
class Card:
    """An ID card with its seven fields, as the scanner types it. The person is invented."""

    number: str = "038190004512"
    name: str = "Trần Thị Lụa"
    born: str = "15081990"
    sex: str = "Nữ"
    address: str = "Tổ dân phố số 3, phường Sen Hồng, tỉnh Bình Minh"
    phone: str = "0912345678"

    def __str__(self) -> str:
        return f"{self.number}|171234567|{self.name}|{self.born}|{self.sex}|{self.address}|10062021"


LUA = Card()


# ---- given -------------------------------------------------------------------------------------------------
def given_the_counter_is_open_for(officer: Officer, key: str) -> None:
    """The page on which this procedure is received: by its number key, or by typing words of its name."""
    officer.opens("/ho-so/tiep-nhan/")
    if len(key) > 1:
        officer.types(key)
    officer.presses_and_goes(key if len(key) == 1 else "Enter")


def given_a_received_dossier(officer: Officer, key: str, card: Card = LUA, **more: str) -> str:
    """Received in the browser with everything that the list wants; answers its code.

    `key` is the procedure's number key, or a few words of its name, without marks.
    """
    given_the_counter_is_open_for(officer, key)
    when_the_card_is_scanned(officer, card)
    officer.fills(phone=card.phone)
    for name, value in more.items():
        officer.choose(name, value)
    officer.presses("F2")
    officer.presses_and_goes("F9")
    return code_of(officer)


def given_colleagues_did_their_part(code: str, *, until: int, at: Any) -> None:
    """Other stories walk from desk to desk in the browser; here the colleagues do it off the stage, by the actions."""
    dossier = Dossier.objects.get(code=code)
    while dossier.step_position < until:
        dossier = actions.finish_step(dossier, by=Staff.objects.get(username=WORKERS[dossier.desk_role]), at=at)


# ---- when --------------------------------------------------------------------------------------------------
def when_the_card_is_scanned(officer: Officer, card: Card = LUA) -> None:
    """The reader types into the field where the cursor stands, and ends with an Enter of its own."""
    expect(officer.field("full_name")).to_be_focused()
    officer.types(str(card))
    with officer.page.expect_response(lambda answer: answer.url.endswith("/nguoi-dan/quet/")):
        officer.page.keyboard.press("Enter")
    expect(officer.field("full_name")).to_have_value(card.name)


def when_the_clock_strikes(run_tasks: Any, at: Any) -> None:
    """What `thanthien serve` starts by the clock, and what waits in the queue, happens now."""
    schedule.enqueue_due(at=at)
    run_tasks()


def when_the_citizen_looks_up(citizen: Visitor, code: str, digits: str = "5678") -> None:
    citizen.opens("/tra-cuu/")
    citizen.fills(code=code, digits=digits)
    citizen.sends("Tra cứu")


# ---- then --------------------------------------------------------------------------------------------------
def then_the_paper_says(content: bytes, *texts: str) -> None:
    """The text of a printed form, line ends aside."""
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert [wanted for wanted in texts if wanted not in text] == [], text


def then_the_citizen_reads(citizen: Visitor, *texts: str) -> None:
    citizen.sees(*texts)
    citizen.looks_around()


def then_it_is_refused(officer: Officer, address: str, reason: str, status: int = 403) -> None:
    answer = officer.opens(address)
    assert answer and answer.status == status
    officer.sees(reason)


def then_the_desk_shows(officer: Officer, code: str) -> None:
    officer.opens("/can-bo/")
    expect(officer.page.locator(f'main a[href="/ho-so/{code}/"]').first).to_be_visible()


def in_numbers(words: str) -> str:
    """ "thứ Hai, 23/03/2026, 17:00" as "17:00 ngày 23/03/2026", the way of papers and messages."""
    found = re.search(r"([0-9/]{10}), ([0-9:]{5})", words)
    assert found, words
    return f"{found[2]} ngày {found[1]}"
