"""Officers who help: said on the citizens' machine, written down with the filing, listed and counted for the office."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from thanthien.core import figures
from thanthien.core.figures import Scope
from thanthien.core.idempotency import new_key
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, officer
from thanthien.filing import actions
from thanthien.filing.factories import an_online_offering, begin, fill, found
from thanthien.filing.forms.whole import Whole
from thanthien.filing.models import Filing
from thanthien.filing.queries import helper_of_code, helping_code
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
MACHINE = "Máy số 2"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def offering():
    return an_online_offering()


@pytest.fixture
def mai(offering):
    return officer(offering.unit, full_name="Nguyễn Thị Mai")


def filed(offering, helper=None):
    begun = begin(offering)
    draft = fill(begun.draft)
    if helper:
        actions.note_helper(draft, helper, machine=MACHINE, at=MONDAY)
    draft = found(begun)
    return actions.submit(draft, Whole(draft, today=MONDAY.date()).application(), at=MONDAY)


@pytest.fixture
def device(client, offering):
    begun = begin(offering)
    client.cookies[f"nop_{begun.draft.ref}"] = begun.key
    return client, reverse("filing:helper", args=[begun.draft.ref]), begun


def sent(**values):
    return {"idempotency_key": new_key(), "do": "note", "machine": MACHINE} | values


def test_a_code_is_one_officers_and_holds_for_one_day(offering, mai):
    officer(offering.unit)
    code = helping_code(mai, at=MONDAY)

    assert len(code) == 8
    assert helper_of_code(offering.unit, f"{code[:4]} {code[4:]}", at=MONDAY) == mai
    assert helper_of_code(offering.unit, code, at=MONDAY + timedelta(days=1)) is None
    assert helper_of_code(UnitFactory(), code, at=MONDAY) is None


def test_an_officer_says_on_the_citizens_machine_that_they_help(device, mai):
    client, address, begun = device

    answer = client.post(address, sent(code=helping_code(mai, at=MONDAY)))

    begun.draft.refresh_from_db()
    assert answer.status_code == 302
    assert (begun.draft.helper, begun.draft.machine) == (mai, MACHINE)
    assert "Nguyễn Thị Mai" in client.get(answer.headers["Location"]).content.decode()


def test_who_is_signed_in_needs_no_code(device, mai):
    client, address, begun = device
    client.force_login(mai)
    client.cookies[f"nop_{begun.draft.ref}"] = begun.key

    client.post(address, sent(code=""))

    begun.draft.refresh_from_db()
    assert begun.draft.helper == mai


def test_a_wrong_code_is_said_and_after_ten_tries_one_must_wait(device, mai):
    client, address, begun = device

    answers = [client.post(address, sent(code=f"0000000{n}")).status_code for n in range(10)]
    waits = client.post(address, sent(code=helping_code(mai, at=MONDAY)))

    assert answers == [422] * 10
    assert (waits.status_code, int(waits.headers["Retry-After"]) > 0) == (429, True)
    begun.draft.refresh_from_db()
    assert begun.draft.helper is None


def test_the_note_is_taken_back(device, mai):
    client, address, begun = device
    client.post(address, sent(code=helping_code(mai, at=MONDAY)))

    client.post(address, sent(do="nobody"))

    begun.draft.refresh_from_db()
    assert (begun.draft.helper, begun.draft.machine) == (None, "")


def test_who_only_watches_does_not_help(offering):
    watcher = officer(offering.unit, Role.INSPECTOR)

    with pytest.raises(Refused, match="không có nhiệm vụ giúp"):
        actions.note_helper(begin(offering).draft, watcher, machine=MACHINE, at=MONDAY)


def test_who_helped_whom_on_which_machine_stays_with_the_dossier(offering, mai):
    dossier = filed(offering, mai)

    filing = Filing.objects.get(dossier=dossier)
    assert (filing.helper, filing.machine) == (mai, MACHINE)


def test_the_office_sees_its_own_list_and_how_many_filed_alone(client, offering, mai):
    helped, alone = filed(offering, mai), filed(offering)
    client.force_login(mai)

    page = client.get(reverse("filing:assisted")).content.decode()

    assert helped.code in page
    assert alone.code not in page
    assert "trên 2 hồ sơ nộp trực tuyến" in page
    assert f"{helping_code(mai, at=MONDAY)[:4]} {helping_code(mai, at=MONDAY)[4:]}" in page


def test_another_office_sees_nothing_of_it(client, offering, mai):
    helped = filed(offering, mai)
    client.force_login(officer(UnitFactory()))

    page = client.get(reverse("filing:assisted")).content.decode()

    assert helped.code not in page
    assert "trên 0 hồ sơ nộp trực tuyến" in page


def test_the_list_is_had_as_a_workbook(client, offering, mai):
    helped = filed(offering, mai)
    client.force_login(mai)

    answer = client.get(reverse("filing:assisted_excel"))

    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert helped.code in cells
    assert MACHINE in cells


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_for_three(client, offering, mai, count, django_assert_num_queries):
    for _ in range(count):
        filed(offering, mai)
    client.force_login(mai)
    client.get(reverse("filing:assisted"))

    with django_assert_num_queries(6):
        client.get(reverse("filing:assisted"))


def test_figures_name_their_base(offering, mai):
    filed(offering, mai)
    filed(offering)
    filed(offering)
    scope = Scope(unit_codes=[offering.unit.code], first=date(2026, 11, 1), last=date(2026, 11, 30))

    values = {name: figures.get(f"filing.{name}").compute(scope) for name in ("online", "alone", "helped")}

    assert {name: (value.value, value.n) for name, value in values.items()} == {
        "online": (3, None), "alone": (2, 3), "helped": (1, 3),
    }  # fmt: skip


def test_the_officer_reads_on_the_dossiers_page_how_it_was_filed(client, offering, mai):
    dossier = filed(offering, mai)
    client.force_login(mai)

    page = client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()

    assert "Nguyễn Thị Mai giúp, Máy số 2" in page
