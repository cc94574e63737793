"""Handing out, keeping and reading back; who may see a document; versions of templates."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from thanthien.core.documents import issuing, sandbox, templates
from thanthien.core.documents.issuing import DocumentDamaged, documents_of, issue, read
from thanthien.core.documents.kinds import KINDS
from thanthien.core.documents.templates import Draft, current_template, save_version, versions_of
from thanthien.core.models import DocumentTemplate, IssuedDocument
from thanthien.core.rules import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 5, 1, 30, 0, 123456, tzinfo=UTC)
TODAY = date(2026, 2, 5)
KIND = KINDS["guidance"]
PLAIN = '#import "/lib.typ": *\n#show: sheet.with(title: "Phiếu")\n#data.office_name\n'


def make_staff(code: str, *, superuser: bool = False, roles: tuple[str, ...] = ()):
    unit_model = apps.get_model("organisation", "Unit")
    unit, _ = unit_model.objects.get_or_create(code=code, defaults={"name": f"Xã {code}", "level": "commune"})
    person = get_user_model()(username=f"canbo-{code}-{superuser}-{roles}", full_name="Lê Thị Thử", unit=unit)
    person.roles, person.is_superuser = list(roles), superuser
    person.save()
    return person


@pytest.fixture
def officer():
    return make_staff("H99.01")


@pytest.fixture
def administrator():
    return make_staff("H99", superuser=True)


@pytest.fixture
def unit_administrator():
    return make_staff("H99.01", roles=("unit_admin",))


def hand_out(by, **more):
    arguments = {"subject": "dossier:1", "unit_code": "H99.01", "data": KIND.sample(), "by": by, "at": AT}
    return issue(KIND.code, **arguments | more)


def draft(**more):
    arguments = {"kind": KIND.code, "source": PLAIN, "valid_from": TODAY, "note": "thử"}
    return Draft(**arguments | more)


def test_an_issued_document_is_stored_with_its_hash_and_data(officer):
    document = hand_out(officer)

    pdf = read(document)
    assert pdf.startswith(b"%PDF")
    assert document.sha256 == hashlib.sha256(pdf).hexdigest()
    assert (document.number, document.issued_by, document.issued_at) == ("12/HD", "Lê Thị Thử", AT)
    assert document.template_version == 0
    assert IssuedDocument.objects.get().data["party"]["full_name"] == "Nguyễn Thị Mẫu"


def test_a_given_number_goes_before_that_of_the_letterhead(officer):
    assert hand_out(officer, number="99/HD").number == "99/HD"


def test_a_document_carries_the_address_of_its_original(officer, settings, monkeypatch):
    settings.SITE_URL = "https://motcua.vidu.vn"
    seen = []
    monkeypatch.setattr(issuing, "render", lambda source, data, **more: seen.append(data["check_qr_text"]) or b"%PDF")

    document = hand_out(officer)

    assert seen == [f"https://motcua.vidu.vn/giay-to/xem/{document.secret}/"]


def test_documents_are_read_as_they_were_after_the_template_changed(officer, administrator):
    document = hand_out(officer)
    before = read(document)

    save_version(draft(), by=administrator, at=AT)

    assert read(IssuedDocument.objects.get()) == before


def test_file_names_cannot_be_guessed_from_each_other(officer):
    first, second = hand_out(officer), hand_out(officer)

    assert first.pdf_path.startswith("documents/2026/02/")
    assert len({first.pdf_path, second.pdf_path, first.secret, second.secret}) == 4
    assert str(first.pk) not in first.pdf_path.rpartition("/")[2].split(".")


def test_a_changed_file_is_refused(officer):
    document = hand_out(officer)
    default_storage.delete(document.pdf_path)
    with default_storage.open(document.pdf_path, "wb") as file:
        file.write(b"%PDF forged")

    with pytest.raises(DocumentDamaged, match="đã bị thay đổi so với lúc cấp"):
        read(document)


def test_a_lost_file_is_named(officer):
    document = hand_out(officer)
    default_storage.delete(document.pdf_path)

    with pytest.raises(DocumentDamaged, match="Không còn tệp"):
        read(document)


def test_an_edited_template_that_fails_on_real_data_gives_way_to_the_built_in_one(officer, administrator, caplog):
    source = PLAIN + '#if data.party.full_name != "Nguyễn Thị Mẫu" { data.nothing }'
    save_version(draft(source=source), by=administrator, at=AT)
    sample = KIND.sample()

    document = hand_out(officer, data=replace(sample, party=replace(sample.party, full_name="Trần Văn Khác")))

    assert document.template_version == 0
    assert "template guidance version 1 failed" in caplog.text


def test_a_draft_says_so_and_is_not_kept():
    pdf = issuing.draft("apology", unit_code="H99.01", data=KINDS["apology"].sample(), at=AT)

    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "BẢN NHÁP" in text
    assert "Kính gửi" in text
    assert IssuedDocument.objects.count() == 0


def test_control_characters_do_not_reach_the_database(officer):
    sample = KIND.sample()

    document = hand_out(officer, data=replace(sample, request="Khai\x00 sinh\ud800"))

    assert IssuedDocument.objects.get(pk=document.pk).data["request"] == "Khai sinh"


def test_documents_of_a_subject_are_listed_newest_first(officer):
    first = hand_out(officer)
    second = hand_out(officer, at=AT + timedelta(hours=1))
    hand_out(officer, subject="dossier:2")

    assert list(documents_of("dossier:1")) == [second, first]


# ---- who may see -----------------------------------------------------------------------------------------


def test_staff_of_the_unit_open_the_pdf_in_the_browser(client, officer):
    document = hand_out(officer)
    client.force_login(officer)

    response = client.get(reverse("core:document", args=[document.pk]))

    assert (response.status_code, response.content) == (200, read(document))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="guidance-{document.pk}.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_staff_of_another_unit_do_not_find_it(client, officer):
    document = hand_out(officer)
    client.force_login(make_staff("H99.02"))

    assert client.get(reverse("core:document", args=[document.pk])).status_code == 404


def test_the_administrator_opens_documents_of_every_unit(client, officer, administrator):
    document = hand_out(officer)
    client.force_login(administrator)

    assert client.get(reverse("core:document", args=[document.pk])).status_code == 200


def test_a_room_lets_more_people_read(client, officer, monkeypatch):
    monkeypatch.setattr(issuing, "_readers", {})
    document = hand_out(officer)
    issuing.let_read("dossier", lambda staff, document: staff.unit.code == "H99.02")

    assert issuing.may_read(document, make_staff("H99.02"))
    assert not issuing.may_read(document, make_staff("H99.03"))


def test_a_stranger_is_asked_to_sign_in(client, officer):
    document = hand_out(officer)
    address = reverse("core:document", args=[document.pk])

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, f"{reverse('account_login')}?next={address}")


def test_who_holds_the_paper_sees_the_original(client, officer):
    document = hand_out(officer)

    response = client.get(reverse("core:document_by_secret", args=[document.secret]))

    assert response.content == read(document)
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("secret", ["x", "1", "a" * 32])
def test_a_wrong_secret_finds_nothing(client, officer, secret):
    hand_out(officer)

    assert client.get(reverse("core:document_by_secret", args=[secret])).status_code == 404


def test_a_damaged_document_is_explained_not_shown(client, officer):
    document = hand_out(officer)
    default_storage.delete(document.pdf_path)

    response = client.get(reverse("core:document_by_secret", args=[document.secret]))

    assert response.status_code == 410
    assert "Không còn tệp của giấy này trong kho." in response.content.decode()


# ---- versions of templates -------------------------------------------------------------------------------


def test_without_versions_the_built_in_template_is_used():
    template = current_template("guidance", "H99.01", on=TODAY)

    assert (template.version, template.source) == (0, KIND.source)


def test_a_version_is_in_force_from_its_day_on(administrator):
    save_version(draft(valid_from=TODAY), by=administrator, at=AT)
    save_version(draft(valid_from=TODAY + timedelta(days=1), source=PLAIN + "b"), by=administrator, at=AT)

    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]
    assert [current_template("guidance", "H99.01", on=day).version for day in days] == [0, 1, 2]


def test_a_units_own_template_goes_before_everyones(administrator, unit_administrator):
    save_version(draft(), by=administrator, at=AT)
    save_version(draft(unit_code="H99.01", source=PLAIN + "riêng"), by=unit_administrator, at=AT)

    assert current_template("guidance", "H99.01", on=TODAY).source == PLAIN + "riêng"
    assert current_template("guidance", "H99.02", on=TODAY).source == PLAIN


def test_an_issued_document_remembers_the_version_it_was_made_with(officer, administrator):
    save_version(draft(), by=administrator, at=AT)

    assert hand_out(officer).template_version == 1


def test_a_version_that_cannot_be_drawn_is_refused_with_the_line(administrator):
    with pytest.raises(Refused, match="Dòng 4, cột 2: Không có tên «hoSo»"):
        save_version(draft(source=PLAIN + "#hoSo"), by=administrator, at=AT)

    assert DocumentTemplate.objects.count() == 0


def test_a_package_from_outside_is_refused(administrator):
    with pytest.raises(Refused, match="gói ở ngoài"):
        save_version(draft(source='#import "@preview/cetz:0.2.2": *'), by=administrator, at=AT)


def test_a_template_without_end_is_refused_in_time(administrator, monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 2)

    with pytest.raises(Refused, match="quá nhiều trang"):
        save_version(draft(source=PLAIN + "#for a in range(10000) { pagebreak() }\n" * 50), by=administrator, at=AT)


def test_a_form_sent_twice_makes_one_version(administrator):
    first = save_version(draft(), by=administrator, at=AT)
    again = save_version(draft(), by=administrator, at=AT + timedelta(seconds=1))

    assert (again.pk, versions_of("guidance", "").count()) == (first.pk, 1)


def test_a_version_saved_by_somebody_else_meanwhile_is_not_overwritten(administrator, monkeypatch):
    save_version(draft(), by=administrator, at=AT)
    monkeypatch.setattr(templates, "versions_of", lambda kind, unit_code: DocumentTemplate.objects.none())

    with pytest.raises(Refused, match="Có người vừa lưu"):
        save_version(draft(source=PLAIN + "khác"), by=administrator, at=AT)


@pytest.mark.parametrize("unit_code", ["", "H99.02"])
def test_a_unit_administrator_edits_only_the_own_unit(unit_administrator, unit_code):
    with pytest.raises(Refused, match="mẫu giấy tờ của đơn vị mình"):
        save_version(draft(unit_code=unit_code), by=unit_administrator, at=AT)


def test_an_officer_edits_no_template(officer):
    with pytest.raises(Refused):
        save_version(draft(unit_code="H99.01"), by=officer, at=AT)


def test_two_versions_cannot_have_one_number(administrator):
    save_version(draft(), by=administrator, at=AT)
    double = DocumentTemplate.objects.get()
    double.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        double.save(force_insert=True)
