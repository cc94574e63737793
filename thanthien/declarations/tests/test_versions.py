"""Versions: which one counts on a day, and that none ever changes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from thanthien.core.rules import Refused
from thanthien.declarations.actions import load_starting_forms, publish_version
from thanthien.declarations.actions.starting import built_in
from thanthien.declarations.factories import DeclarationVersionFactory, small_content
from thanthien.declarations.models import DeclarationForm, DeclarationVersion
from thanthien.declarations.queries import procedures_with_form, version_by_id, version_for
from thanthien.declarations.rules import content_from
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory
from thanthien.procedures.factories import OfferingFactory, ProcedureFactory, ProcedureVersionFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = AT.date()


def publish(procedure, valid_from=TODAY, by=None, **change):
    by = by or StaffFactory(is_superuser=True)
    return publish_version(procedure, content_from(small_content(**change)), valid_from=valid_from, by=by, at=AT)


def test_version_counts_from_its_first_day_and_the_one_before_ends_the_day_before():
    procedure = ProcedureFactory()
    first = publish(procedure)
    second = publish(procedure, date(2026, 4, 1), title="Tờ khai mới")

    days = [date(2026, 3, 1), TODAY, date(2026, 3, 31), date(2026, 4, 1)]

    found = [version_for(procedure, on=day) for day in days]
    assert [one and one.pk for one in found] == [None, first.pk, first.pk, second.pk]
    assert found[3].content.title == "Tờ khai mới"


def test_version_of_the_same_day_takes_over_and_the_older_stays_readable():
    procedure, tomorrow = ProcedureFactory(), date(2026, 3, 3)
    publish(procedure)
    second, third = (publish(procedure, tomorrow, title=title) for title in ("Sửa", "Sửa lại"))

    assert version_for(procedure, on=tomorrow).pk == third.pk
    assert version_by_id(second.pk).content.title == "Sửa"


def test_same_content_again_makes_no_new_version():
    procedure = ProcedureFactory()

    assert publish(procedure).pk == publish(procedure, date(2026, 4, 1)).pk


def test_form_is_found_by_procedure_version_and_offering_alike(django_assert_num_queries):
    declared = DeclarationVersionFactory()
    procedure = declared.form.procedure
    version, offering = ProcedureVersionFactory(procedure=procedure), OfferingFactory(procedure=procedure)

    with django_assert_num_queries(3):
        found = [version_for(thing, on=TODAY).pk for thing in (procedure, version, offering)]

    assert found == [declared.pk] * 3


def test_procedure_without_a_form_has_none():
    assert version_for(ProcedureFactory(), on=TODAY) is None
    assert version_by_id(0) is None
    assert procedures_with_form(on=TODAY) == set()


def test_procedures_with_a_form_are_those_of_the_day():
    declared = DeclarationVersionFactory()

    assert procedures_with_form(on=TODAY) == {declared.form.procedure_id}
    assert procedures_with_form(on=date(2025, 6, 30)) == set()


@pytest.mark.parametrize("more", [{"roles": [Role.UNIT_ADMIN]}, {"roles": [Role.LEADER]}, {"roles": []}])
def test_only_administrators_of_all_publish(more):
    with pytest.raises(Refused, match="chỉ quản trị hệ thống hoặc quản trị tỉnh"):
        publish(ProcedureFactory(), by=StaffFactory(**more))

    assert not DeclarationVersion.objects.exists()


def test_administrator_of_a_province_publishes():
    assert publish(ProcedureFactory(), by=StaffFactory(roles=[Role.PROVINCE_ADMIN])).number == 1


def test_version_never_begins_in_the_past():
    procedure = ProcedureFactory()
    with pytest.raises(Refused, match="sớm nhất từ ngày mai"):
        publish(procedure, date(2026, 3, 1))

    publish(procedure)
    with pytest.raises(Refused, match="sớm nhất từ ngày mai"):
        publish(procedure, title="Sửa lại")


def test_form_that_fails_its_own_test_is_not_published():
    wrong = {"name": "Thử", "on": "2026-03-01", "answers": {}, "shown": ["place"]}

    with pytest.raises(Refused, match="Nơi mang đến.*lẽ ra phải hiện"):
        publish(ProcedureFactory(), tests=[wrong])


def test_built_in_forms_are_given_once_and_never_over_what_somebody_made():
    codes = dict(built_in())
    own, *_ = [ProcedureFactory(code=code) for code in codes]
    publish(own)

    counts = [load_starting_forms(by="thử", at=AT) for _time in range(2)]

    assert counts == [len(codes) - 1, 0]
    assert version_for(own, on=TODAY).content.title == "Tờ khai thử"
    assert DeclarationForm.objects.count() == len(codes)


def test_built_in_form_of_a_procedure_that_is_not_in_the_catalogue_is_left_out():
    assert load_starting_forms(by="thử", at=AT) == 0
