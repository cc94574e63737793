from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from thanthien.core.models import NumberSeries, Promise, PromiseChange, TimelineChain
from thanthien.core.prepared import Given, Prepared
from thanthien.core.sessions import SessionStore
from thanthien.core.writing import held, insert, together, update
from thanthien.dossiers import factories
from thanthien.dossiers.models import Dossier, DossierPaper

by_code = Prepared(lambda: Dossier.objects.select_related("unit", "holder", "supplement").filter(code=Given("code")))


@pytest.mark.django_db
def test_it_makes_the_objects_that_django_makes():
    dossier = factories.receive()

    made = by_code.first(code=dossier.code)

    plain = Dossier.objects.get(pk=dossier.pk)
    assert made == plain
    assert vars(made) | {"_state": None} == vars(plain) | {"_state": None}
    assert (made._state.adding, made._state.db) == (False, "default")


@pytest.mark.django_db
def test_related_rows_come_with_it_and_missing_ones_are_known_to_be_missing(django_assert_num_queries):
    code = factories.receive().code
    by_code.first(code=code)

    with django_assert_num_queries(1):
        made = by_code.first(code=code)
        seen = made.unit.name, made.holder, hasattr(made, "supplement")

    assert seen == (Dossier.objects.get(code=code).unit.name, None, False)


@pytest.mark.django_db
def test_the_same_query_asks_for_one_and_then_for_another():
    first, second = factories.receive(), factories.receive()

    found = [by_code.first(code=code) for code in (first.code, second.code, "none", first.code)]

    assert found == [first, second, None, first]


@pytest.mark.django_db
def test_nothing_equals_none():
    NumberSeries.objects.create(key="a", last=1)
    of_key = Prepared(lambda: NumberSeries.objects.filter(key=Given("key")))

    assert of_key.all(key=None) == []


@pytest.mark.django_db
def test_what_is_given_stays_a_value():
    code = factories.receive().code

    assert by_code.all(code=f"{code}' OR '1'='1") == []
    assert by_code.all(code="%s") == []


@pytest.mark.django_db
def test_annotations_and_json_come_as_with_django():
    NumberSeries.objects.create(key="a", last=3)
    dossier = factories.receive()
    more = Prepared(lambda: NumberSeries.objects.annotate(next=F("last") + 1, name=Concat(Value("Sổ "), "key")))
    promised = Prepared(lambda: Promise.objects.filter(subject=Given("subject")))

    series = next(one for one in more.all() if one.key == "a")

    assert (series.next, series.name) == (4, "Sổ a")
    assert promised.first(subject=dossier.subject).explanation == Promise.objects.get().explanation


@pytest.mark.django_db
def test_deferred_columns_are_read_when_they_are_needed(django_assert_num_queries):
    NumberSeries.objects.create(key="a", last=3)
    lazy = Prepared(lambda: NumberSeries.objects.defer("last").filter(key=Given("key")))
    made = lazy.first(key="a")

    with django_assert_num_queries(1):
        assert made.last == 3


@pytest.mark.django_db
def test_a_changed_object_is_saved_as_usual():
    NumberSeries.objects.create(key="a", last=3)
    made = Prepared(lambda: NumberSeries.objects.filter(key=Given("key"))).first(key="a")

    made.last = 4
    made.save()

    assert NumberSeries.objects.get(key="a").last == 4


@pytest.mark.django_db(transaction=True)
def test_threads_share_what_was_written():
    codes = [factories.receive().code for _ in range(4)] * 5

    def ask(code):
        try:
            return by_code.first(code=code).code
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, codes)) == codes


@pytest.mark.django_db
def test_rows_of_many_are_all_there():
    dossier = factories.receive()
    promise = Promise.objects.get(subject=dossier.subject)
    for reason in ("supplement", "financial_duty"):
        PromiseChange.objects.create(
            promise=promise, old_due_at=promise.due_at, new_due_at=promise.due_at, reason=reason, by="x",
            at=promise.made_at,
        )  # fmt: skip
    changes = Prepared(lambda: PromiseChange.objects.filter(promise=Given("promise")).order_by("pk"))

    assert [one.reason for one in changes.all(promise=promise.pk)] == ["supplement", "financial_duty"]


# ---- writing -------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_inserted_rows_are_what_django_would_have_written():
    dossier = factories.receive()
    promise = Promise.objects.get(subject=dossier.subject)
    copy = Promise(**{field.attname: getattr(promise, field.attname) for field in Promise._meta.fields})
    copy.pk, copy.kind = None, "other"

    insert(copy)

    assert vars(Promise.objects.get(kind="other")) | {"_state": None} == vars(copy) | {"_state": None}
    assert (copy.pk > promise.pk, copy._state.adding, copy._state.db) == (True, False, "default")


@pytest.mark.django_db
def test_several_rows_take_one_statement_and_get_their_keys(django_assert_num_queries):
    dossier = factories.receive()
    papers = [DossierPaper(dossier=dossier, position=n, name=f"Giấy {n}") for n in (1, 2, 3)]

    with django_assert_num_queries(1):
        insert(*papers)

    assert [paper.pk for paper in dossier.papers.order_by("position")] == [paper.pk for paper in papers]


@pytest.mark.django_db
def test_blank_in_one_row_and_filled_in_another_each_keep_their_own():
    dossier = factories.receive()
    told = [{"note": "bản cũ"}, {"note": ""}, {"note": "", "is_electronic": True}]
    papers = [DossierPaper(dossier=dossier, position=n, name="Giấy", **facts) for n, facts in enumerate(told, 1)]

    insert(*papers)

    kept = dossier.papers.order_by("position").values_list("note", "is_electronic")
    assert list(kept) == [("bản cũ", False), ("", False), ("", True)]


@pytest.mark.django_db
def test_where_the_value_is_taken_the_fields_named_are_written_and_no_others():
    insert(NumberSeries(key="a", last=7))

    insert(NumberSeries(key="a", last=9), unique="key", update=["last"])

    assert NumberSeries.objects.get(pk="a").last == 9
    with pytest.raises(IntegrityError):
        insert(NumberSeries(key="a", last=10))


@pytest.mark.django_db
def test_rows_written_together_are_what_each_alone_would_be(django_assert_num_queries):
    dossier = factories.receive()

    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 2), together():
        insert(
            DossierPaper(dossier=dossier, position=7, name="Giấy chứng sinh"), DossierPaper(dossier=dossier, position=8)
        )
        insert(NumberSeries(key="50%", last=2))

    assert list(dossier.papers.filter(position__gte=7).values_list("position", "name")) == [
        (7, "Giấy chứng sinh"),
        (8, ""),
    ]
    assert NumberSeries.objects.get(key="50%").last == 2


@pytest.mark.django_db(transaction=True)
def test_together_means_all_or_none():
    with pytest.raises(IntegrityError), transaction.atomic(), together():
        insert(NumberSeries(key="a", last=1))
        insert(NumberSeries(key="b", last=1), NumberSeries(key="b", last=2))

    assert not NumberSeries.objects.exists()


@pytest.mark.django_db
def test_what_fails_before_the_end_leaves_nothing_waiting(django_assert_num_queries):
    with pytest.raises(LookupError), django_assert_num_queries(0), together():
        insert(NumberSeries(key="a", last=1))
        raise LookupError

    insert(NumberSeries(key="b", last=1))
    assert [series.key for series in NumberSeries.objects.all()] == ["b"]


@pytest.mark.django_db
def test_what_is_held_is_there_for_whoever_asks_and_at_the_end(django_assert_num_queries):
    on_postgresql = connection.vendor == "postgresql"
    with django_assert_num_queries(2 if on_postgresql else 3), held():
        with together():
            insert(NumberSeries(key="a", last=1))
        with together():
            insert(NumberSeries(key="b", last=2), NumberSeries(key="c", last=3))
        assert NumberSeries.objects.count() == 3

    with django_assert_num_queries(1 if on_postgresql else 2), held():
        with together():
            insert(NumberSeries(key="d", last=4))
        with together():
            insert(TimelineChain(subject="a", length=1, head=""))
    assert (NumberSeries.objects.count(), TimelineChain.objects.count()) == (4, 1)


@pytest.mark.django_db
def test_what_is_held_is_undone_with_the_savepoint_in_which_it_was_written():
    with held():
        with pytest.raises(LookupError), transaction.atomic():
            with together():
                insert(NumberSeries(key="a", last=1))
            raise LookupError
        with together():
            insert(NumberSeries(key="b", last=1))

    assert [series.key for series in NumberSeries.objects.all()] == ["b"]


@pytest.mark.django_db
def test_of_a_held_block_that_fails_nothing_is_written(django_assert_num_queries):
    with pytest.raises(LookupError), django_assert_num_queries(0), held():
        with together():
            insert(NumberSeries(key="a", last=1))
        raise LookupError

    assert not NumberSeries.objects.exists()


@pytest.mark.django_db
def test_nothing_together_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0), together():
        insert()


@pytest.mark.django_db
def test_no_rows_cost_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert()


@pytest.mark.django_db
def test_a_key_that_is_no_counter_is_written_as_it_is():
    insert(NumberSeries(key="a", last=7))

    assert NumberSeries.objects.get(pk="a").last == 7


@pytest.mark.django_db
def test_an_update_writes_these_fields_and_no_others(django_assert_num_queries):
    series = NumberSeries.objects.create(key="a", last=7)
    papers = [DossierPaper(dossier=factories.receive(), position=n, name=f"Giấy {n}") for n in (1, 2)]
    insert(*papers)
    papers[0].name, papers[0].position, series.last = "Giấy khác", 5, 8

    with django_assert_num_queries(2):
        update(papers[0], "name")
        update(series, "last")

    assert list(DossierPaper.objects.order_by("position").values_list("name", flat=True)) == ["Giấy khác", "Giấy 2"]
    assert NumberSeries.objects.get(pk="a").last == 8


@pytest.mark.django_db
def test_an_update_of_a_row_that_is_gone_fails():
    with pytest.raises(DatabaseError):
        update(NumberSeries(key="gone", last=1), "last")


@pytest.mark.django_db
def test_words_of_ours_stand_in_the_statement_and_nothing_else():
    NumberSeries.objects.create(key="abc", last=3)
    ours = Prepared(lambda: NumberSeries.objects.filter(key="abc", last=Given("last")))
    other = Prepared(lambda: NumberSeries.objects.filter(key="O'Brien", last=Given("last")))

    assert ([row.key for row in ours.all(last=3)], ours.all(last=4), other.all(last=3)) == (["abc"], [], [])


# ---- sessions ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_session_is_found_again_until_it_ends():
    kept = SessionStore()
    kept["who"] = "canbo1"
    kept.save()

    found, unknown = SessionStore(kept.session_key), SessionStore("x" * 32)

    assert (found["who"], unknown.get("who")) == ("canbo1", None)
    assert unknown.session_key is None


@pytest.mark.django_db
def test_a_session_that_has_ended_is_none():
    kept = SessionStore()
    kept["who"] = "canbo1"
    kept.set_expiry(-1)
    kept.save()

    assert SessionStore(kept.session_key).get("who") is None
