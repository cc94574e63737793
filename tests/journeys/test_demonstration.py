"""What the demonstration shows of how a dossier waits and ends, asked by those who may and by those who may not."""

import io

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from thanthien.core.models import IssuedDocument
from thanthien.core.words import long_date
from thanthien.dossiers.enums import FileKind, Status
from thanthien.dossiers.models import Dossier, DossierFile
from thanthien.organisation.models import Staff

pytestmark = pytest.mark.browser  # it needs the ward of the stories


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Staff.objects.get(username=username))
    return client


@pytest.fixture
def result(ward, clock) -> DossierFile:
    return DossierFile.objects.select_related("dossier").get(kind=FileKind.RESULT)


def test_a_result_goes_home_as_a_file_to_who_holds_the_slip_and_to_nobody_else(result):
    dossier, client = result.dossier, Client()
    own = reverse("portal:result", args=[dossier.code, dossier.secret, result.pk])
    other = Dossier.objects.filter(status=Status.RETURNED).exclude(pk=dossier.pk)[0]

    page = client.get(reverse("portal:tracking", args=[dossier.code, dossier.secret])).content.decode()
    taken = client.get(own)
    strangers = [
        client.get(reverse("portal:result", args=[dossier.code, "sai-ma-bi-mat", result.pk])),
        client.get(reverse("portal:result", args=[other.code, other.secret, result.pk])),
        signed_in("luavang").get(reverse("dossiers:file", args=[dossier.code, result.pk])),
    ]
    officer = signed_in("vanthu").get(reverse("dossiers:file", args=[dossier.code, result.pk]))

    assert dossier.status == Status.FINISHED
    assert own in page
    words = PdfReader(io.BytesIO(b"".join(taken.streaming_content))).pages[0].extract_text()
    assert [word in words for word in ("TRÍCH LỤC KHAI SINH", dossier.applicant_name, dossier.code, "hư cấu")] == [
        True
    ] * 4
    assert [answer.status_code for answer in strangers] == [404, 404, 404]
    assert officer.status_code == 200


def test_somebody_waits_for_another_commune_and_reads_which(ward, clock):
    dossier = Dossier.objects.get(status=Status.OTHER_AGENCY)

    page = Client().get(reverse("portal:tracking", args=[dossier.code, dossier.secret])).content.decode()

    assert "Chúng tôi chờ UBND xã Bình Minh trả lời" in page


def test_the_chairwoman_sees_which_dossier_falls_due_while_its_officer_is_away(ward, clock):
    dossier = Dossier.objects.get(holder__username="ngoc")

    page, stranger = (
        signed_in(name).get(reverse("organisation:absences")).content.decode() for name in ("chutich", "luavang")
    )

    warned = "Hồ sơ đến hạn trong lúc cán bộ vắng"
    assert (warned in page, dossier.code in page, "Nguyễn Minh Đức thay" in page) == (True, True, True)
    assert (warned in stranger, dossier.code in stranger) == (False, False)


def test_papers_of_old_dossiers_carry_the_day_on_which_they_were_handed_out(ward, clock):
    old = Dossier.objects.filter(result_return__isnull=False).exclude(received_at=F("finished_at")).earliest("pk")
    client = signed_in("mai")

    papers = [client.get(reverse("prints:paper", args=[old.code, kind])) for kind in ("receipt", "result_receipt")]
    words = [PdfReader(io.BytesIO(paper.content)).pages[0].extract_text() for paper in papers]
    issued = IssuedDocument.objects.filter(kind="result_receipt").order_by("issued_at", "pk")

    days = [long_date(old.received_at), long_date(old.result_return.at)]
    assert [f"Sen Hồng, {day}" in text for day, text in zip(days, words, strict=True)] == [True, True]
    assert [paper.number for paper in issued] == [f"{place:02d}/GNKQ" for place in range(1, len(issued) + 1)]


def test_family_that_changed_its_mind_has_a_notice_that_says_what_it_had_paid(ward, clock):
    dossier = Dossier.objects.get(status=Status.WITHDRAWN)

    paper = signed_in("mai").get(reverse("prints:paper", args=[dossier.code, "stop_notice"]))
    words = PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()

    assert ["Gia đình đổi thiết kế nhà" in words, "Phí, lệ phí đã nộp: 75.000 đồng" in words] == [True, True]
    assert signed_in("luavang").get(reverse("prints:paper", args=[dossier.code, "stop_notice"])).status_code == 404
