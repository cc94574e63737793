"""The tờ khai on paper: all that was stated, and a place for whoever signs."""

import io

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from thanthien.declarations.actions import load_starting_forms
from thanthien.declarations.factories import DeclarationVersionFactory
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Declared
from thanthien.dossiers.factories import MONDAY, ProcedureFactory, an_offering, officer, receive
from thanthien.dossiers.queries import declared_page
from thanthien.dossiers.tests.deeds import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def paper(client, dossier):
    answer = client.get(reverse("prints:paper", args=[dossier.code, "declaration"]))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return answer, " ".join(page.extract_text() for page in pages)


def test_sheet_to_sign_says_all_that_was_stated(client):
    procedure = ProcedureFactory(code="1.000894", name="Đăng ký kết hôn")
    load_starting_forms(by="thử", at=MONDAY)
    offering = an_offering(procedure=procedure)
    dossier, by = receive(offering=offering), officer(offering.unit)
    told = {"birth_date": "1995-01-02", "ethnicity": "Kinh", "nationality": "Việt Nam", "address": "Thôn 1"}
    both = {
        "husband": told | {"full_name": "Phạm Văn Nam", "sex": "male"}, "husband_status": "single",
        "wife": told | {"full_name": "Vũ Thị Hoa", "sex": "female"}, "wife_status": "single",
        "voluntary": "yes", "related": "no",
    }  # fmt: skip
    stated = Declared(version=declared_page(dossier).form.pk, answers=both)
    actions.declare(dossier, stated, by=by, at=NOW)
    client.force_login(by)

    answer, text = paper(client, dossier)

    words = ["TỜ KHAI ĐĂNG KÝ KẾT HÔN", "PHẠM VĂN NAM", "VŨ THỊ HOA", "Tình trạng hôn nhân trước đó", "02/01/1995"]
    assert answer.headers["Content-Type"] == "application/pdf"
    assert [word for word in words if word not in text] == []
    assert text.index("BÊN NỮ\n") < text.index("BÊN NAM\n")


def test_nothing_is_printed_before_something_was_stated(client):
    procedure = ProcedureFactory()
    DeclarationVersionFactory(form__procedure=procedure)
    dossier = receive(offering=an_offering(procedure=procedure))
    client.force_login(officer(dossier.unit))

    answer = client.get(reverse("prints:paper", args=[dossier.code, "declaration"]))

    assert answer.status_code == 403
