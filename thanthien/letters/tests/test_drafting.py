"""What happens in the house drafts letters: once each, for the right occasions only, and never sends them."""

from datetime import timedelta

import pytest
from django.http import Http404

from thanthien.core.rules import Refused
from thanthien.declarations.actions import load_starting_forms
from thanthien.dossiers import actions as dossier_actions
from thanthien.dossiers.actions import Declared
from thanthien.dossiers.actions import Draft as Apology
from thanthien.dossiers.enums import DelayCause, ResultKind
from thanthien.dossiers.events import ApologySent, DossierFinished
from thanthien.dossiers.factories import (
    MONDAY,
    ProcedureFactory,
    an_offering,
    everyone_of,
    finish,
    officer,
    receive,
)
from thanthien.dossiers.queries import declared_page
from thanthien.letters import actions, listeners, queries
from thanthien.letters.actions import RuleFacts
from thanthien.letters.enums import Occasion, Paper, SignerPost, State, Way
from thanthien.letters.factories import (
    BIRTH,
    DEATH,
    MARRIAGE,
    a_letter,
    an_offering_of,
    clerk,
    deputy,
    head,
    registered,
    whole,
)
from thanthien.letters.models import Letter
from thanthien.letters.queries import Draft
from thanthien.organisation.enums import Level, Role
from thanthien.organisation.factories import UnitFactory
from thanthien.organisation.models import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "kind", "addressee"),
    [
        (BIRTH, "birth", "Gia đình ông/bà Trần Thị Lụa"),
        (MARRIAGE, "marriage", ""),
        (DEATH, "condolence", "Ông/bà Trần Thị Lụa cùng gia quyến"),
    ],
)
def test_a_finished_dossier_drafts_its_letter_and_signs_nothing(code, kind, addressee, committed):
    with committed():
        dossier = registered(code, full_name="Trần Thị Lụa", sex="female")

    letter = Letter.objects.get()
    assert (letter.kind, letter.addressee, letter.state, letter.signed_at) == (kind, addressee, State.DRAFT, None)
    assert (letter.dossier, letter.source, letter.unit) == (dossier, dossier.subject, dossier.unit)


def test_the_same_event_twice_drafts_one_letter(committed):
    with committed():
        dossier = registered(BIRTH)

    listeners.write_for_a_life_event(DossierFinished(dossier_id=dossier.pk, timeliness="early"))

    assert Letter.objects.count() == 1


def test_what_the_dossier_knows_is_filled_in_and_the_rest_is_missing(committed):
    with committed():
        registered(MARRIAGE, full_name="Trần Văn Tơ", sex="male")

    facts = Letter.objects.get().facts
    assert (facts["tên chồng"], facts.get("tên vợ"), facts["ngày đăng ký"]) == (
        "Trần Văn Tơ", None, "23 tháng 11 năm 2026",
    )  # fmt: skip


def test_the_declaration_names_the_couple_and_both_are_greeted(committed):
    procedure = ProcedureFactory(code=MARRIAGE, name="Đăng ký kết hôn")
    load_starting_forms(by="thử", at=MONDAY)
    dossier = receive(offering=an_offering(procedure=procedure))
    told = {"birth_date": "1995-01-02", "ethnicity": "Kinh", "nationality": "Việt Nam", "address": "Thôn 1"}
    both = {
        "husband": told | {"full_name": "Phạm Văn Nam", "sex": "male"}, "husband_status": "single",
        "wife": told | {"full_name": "Vũ Thị Hoa", "sex": "female"}, "wife_status": "single",
        "voluntary": "yes", "related": "no",
    }  # fmt: skip
    declared = Declared(version=declared_page(dossier).form.pk, answers=both)
    dossier_actions.declare(dossier, declared, by=officer(dossier.unit), at=MONDAY)

    with committed():
        finish(dossier)

    letter = Letter.objects.get()
    assert (letter.addressee, letter.is_whole) == ("Anh Phạm Văn Nam và chị Vũ Thị Hoa", True)


def test_other_procedures_draft_nothing(committed):
    with committed():
        finish(receive("Cấp giấy xác nhận tình trạng hôn nhân"))

    assert Letter.objects.count() == 0


def test_a_written_refusal_earns_no_congratulation(committed):
    offering = an_offering_of(BIRTH)
    by = everyone_of(offering.unit)
    dossier = receive(offering=offering)
    for _step in range(2):
        dossier = dossier_actions.finish_step(dossier, by=by, at=MONDAY)

    with committed():
        dossier_actions.sign_off_result(dossier, kind=ResultKind.REFUSED, reference="1", by=by, at=MONDAY)

    assert Letter.objects.count() == 0


def test_a_unit_that_writes_none_for_the_occasion_gets_none(committed):
    offering = an_offering_of(BIRTH)
    facts = RuleFacts(
        is_on=False, signer=SignerPost.LEADER, paper=Paper.CARD, way=Way.CERTIFICATE, procedures=(BIRTH,)
    )  # fmt: skip
    actions.set_rule(offering.unit, Occasion.BIRTH, facts, by=officer(offering.unit, Role.LEADER), at=MONDAY)

    with committed():
        registered(BIRTH, offering=offering)

    assert Letter.objects.count() == 0


# ---- delays --------------------------------------------------------------------------------------------------
@pytest.fixture
def late():
    """A dossier whose date passed, for which form 04 was sent with a new date."""
    dossier = receive()
    by = everyone_of(dossier.unit)
    after = dossier.due_at + timedelta(minutes=1)
    dossier_actions.open_owed_apologies(at=after)
    new = dossier.due_at + timedelta(days=7)
    words = Apology(cause=DelayCause.WORKLOAD, text="Nhiều hồ sơ.", answerable=by, new_due_at=new)
    apology = dossier_actions.draft_apology(_apology(dossier), words, by=by, at=after)
    apology = dossier_actions.sign_apology(apology, by=by, at=after)
    dossier_actions.send_apology(apology, by=by, at=after)
    dossier.refresh_from_db()
    return dossier


def _apology(dossier):
    dossier.refresh_from_db()
    return dossier.apology


def test_the_head_writes_after_form_04_with_the_cause_and_who_answers_for_it(late):
    listeners.apologise_in_person(ApologySent(dossier_id=late.pk, new_due_at=late.due_at.isoformat()))
    listeners.apologise_in_person(ApologySent(dossier_id=late.pk, new_due_at=late.due_at.isoformat()))

    letter = Letter.objects.get()
    answerable = late.apology.answerable
    assert (letter.occasion, letter.round, letter.signer) == ("delay", 1, SignerPost.LEADER)
    assert letter.facts["lý do"] == "khối lượng hồ sơ lớn. Nhiều hồ sơ"
    assert letter.facts["người chịu trách nhiệm"] == f"{answerable.full_name}, {answerable.title}"


def test_a_second_delay_goes_one_level_higher_in_other_words_once(late):
    actions.draft_letter_of_delay(late.pk, at=late.due_at)
    at = late.due_at + timedelta(minutes=1)

    drafted = [listeners.apologise_for_second_delays(at=at) for _time in range(2)]

    first, second = Letter.objects.order_by("round")
    assert drafted == [1, 0]
    assert (second.round, second.signer) == (2, SignerPost.HEAD)
    assert second.body != first.body


def test_a_dossier_inside_its_new_date_owes_no_second_letter(late):
    assert actions.draft_second_apologies(at=late.due_at - timedelta(minutes=1)) == 0


def heads_sign(unit):
    facts = RuleFacts(is_on=True, signer=SignerPost.HEAD, paper=Paper.A4, way=Way.POST)
    actions.set_rule(unit, Occasion.DELAY, facts, by=officer(unit, Role.LEADER), at=MONDAY)


def second_of(late):
    actions.draft_second_apologies(at=late.due_at + timedelta(days=1))
    return Letter.objects.get(round=2)


@pytest.fixture
def province(late):
    """The agency above the commune, with its head."""
    above = UnitFactory(name="UBND tỉnh Mẫu", level=Level.PROVINCE, head_title="CHỦ TỊCH")
    Unit.objects.filter(pk=late.unit_id).update(parent=above)
    return above


def test_where_nobody_is_above_the_head_signs_once_more_and_the_page_says_so(late):
    heads_sign(late.unit)

    letter = second_of(late)

    assert (letter.signer, letter.unit, letter.text_code) == (SignerPost.HEAD, late.unit, "delay_again")
    assert queries.letter_page(letter, by=clerk(late.unit)).nobody_above


def test_above_the_head_the_second_apology_is_the_superior_agencys(late, province):
    heads_sign(late.unit)
    boss = head(province)

    letter = second_of(late)

    page = queries.letter_page(letter, by=boss)
    assert (letter.signer, letter.unit, letter.text_code) == (SignerPost.HEAD, province, "delay_above")
    assert letter.facts["cơ quan trễ hẹn"] == queries.draft_for_delay(late).facts["cơ quan"]
    assert letter.facts["cơ quan"] == "Ủy ban nhân dân tỉnh Mẫu"
    assert (page.nobody_above, page.opens_dossier) == (False, False)


def test_the_head_who_signed_in_person_does_not_answer_for_the_second_delay_too(late, province):
    head(province)
    first = whole(actions.draft_letter_of_delay(late.pk, at=late.due_at))
    actions.sign_letters([first], by=head(late.unit), at=late.due_at)

    assert second_of(late).unit == province


def test_a_deputys_apology_is_followed_by_the_heads(late, province):
    head(province)
    first = whole(actions.draft_letter_of_delay(late.pk, at=late.due_at))
    actions.sign_letters([first], by=deputy(late.unit), at=late.due_at)

    letter = second_of(late)

    assert (letter.unit, letter.signer) == (late.unit, SignerPost.HEAD)
    assert not queries.letter_page(letter, by=clerk(late.unit)).nobody_above


def test_heads_of_other_communes_are_not_the_head_of_the_province(late, province):
    heads_sign(late.unit)
    head(UnitFactory(parent=province))
    deputy(province)

    assert second_of(late).unit == late.unit


def test_the_superiors_letter_is_read_by_both_and_signed_above_alone(late, province):
    heads_sign(late.unit)
    boss, below = head(province), head(late.unit)
    letter = whole(second_of(late), by=clerk(province))

    with pytest.raises(Refused, match="UBND tỉnh Mẫu"):
        actions.sign_letters([letter], by=below, at=late.due_at)
    (letter,) = actions.sign_letters([letter], by=boss, at=late.due_at)

    assert (letter.state, queries.letter_for(below, letter.pk), queries.counts_of(below)[State.SIGNED]) == (
        State.SIGNED, letter, 0,
    )  # fmt: skip
    with pytest.raises(Http404):
        queries.letter_for(clerk(UnitFactory()), letter.pk)


def test_the_superior_does_not_say_again_what_the_commune_said(late, province):
    boss = head(province)
    first = whole(actions.draft_letter_of_delay(late.pk, at=late.due_at))
    actions.sign_letters([first], by=head(late.unit), at=late.due_at)

    letter = whole(second_of(late), by=clerk(province), body=first.body)

    with pytest.raises(Refused, match="không dùng lại lời"):
        actions.sign_letters([letter], by=boss, at=late.due_at)


def test_a_second_apology_does_not_come_down_again(late):
    letter = second_of(late)

    with pytest.raises(Refused, match="không chuyển xuống"):
        actions.change_letter(letter, {}, signer=SignerPost.LEADER, by=clerk(late.unit), at=late.due_at)


def test_a_unit_that_writes_no_apologies_drafts_none(late):
    facts = RuleFacts(is_on=False, signer=SignerPost.HEAD, paper=Paper.A4, way=Way.POST)
    actions.set_rule(late.unit, Occasion.DELAY, facts, by=officer(late.unit, Role.LEADER), at=MONDAY)

    assert actions.draft_letter_of_delay(late.pk, at=late.due_at) is None
    assert actions.draft_second_apologies(at=late.due_at + timedelta(days=1)) == 0


# ---- by hand -------------------------------------------------------------------------------------------------
def test_a_thank_you_may_be_written_twice_for_two_gifts():
    unit = UnitFactory()

    a_letter(unit)
    a_letter(unit)

    assert Letter.objects.filter(kind="thanks", source="").count() == 2


def test_who_only_collects_money_writes_no_letters():
    unit = UnitFactory()
    draft = Draft(unit=unit, occasion=Occasion.GIFT, cause="Tặng ghế")

    with pytest.raises(Refused):
        actions.draft_letter(draft, by=officer(unit, Role.CASHIER), at=MONDAY)


def test_the_words_are_the_units_newest_version():
    unit = UnitFactory()
    text = queries.Text(title="Lời tri ân", body="Cảm ơn {quà tặng}.")
    actions.save_text(unit, "gift", text, note="Theo ý lãnh đạo", by=clerk(unit), at=MONDAY)

    letter, other = a_letter(unit), a_letter(UnitFactory())

    assert (letter.title, letter.body, letter.text_version) == ("Lời tri ân", "Cảm ơn {quà tặng}.", 1)
    assert (other.title, other.text_version) == ("Thư cảm ơn", 0)
