"""One organisation is one record too."""

import pytest

from thanthien.people.actions import remember_business
from thanthien.people.actions.business import _insert
from thanthien.people.factories import BusinessFactory, PersonFactory
from thanthien.people.models import Business

pytestmark = pytest.mark.django_db


def test_an_organisation_is_found_by_its_tax_code_and_gets_new_facts():
    first = remember_business("Công ty Mẫu", "2801234567", phone="+842373852123")

    again = remember_business("CÔNG TY MẪU", "2801234567", representative=PersonFactory(), phone="")

    kept = Business.objects.get()
    assert first.pk == again.pk == kept.pk
    assert (kept.phone, kept.representative) == ("+842373852123", again.representative)


def test_without_tax_code_it_is_found_by_name_and_gets_the_code_later():
    remember_business("Hộ kinh doanh Mẫu")
    remember_business("hộ kinh doanh mẫu")
    remember_business("Hộ kinh doanh Mẫu", "8012345678")

    assert Business.objects.get().tax_code == "8012345678"


def test_another_tax_code_is_another_organisation():
    remember_business("Công ty Mẫu", "2801234567")
    remember_business("Công ty Mẫu", "2801234567-001")

    assert Business.objects.count() == 2


def test_a_twin_request_that_came_between_is_no_duplicate():
    known = BusinessFactory(tax_code="2801234567", address="Thôn 1")

    business = _insert("Công ty Mẫu", {"tax_code": "2801234567"})

    assert (business.pk, Business.objects.get().address) == (known.pk, "Thôn 1")
