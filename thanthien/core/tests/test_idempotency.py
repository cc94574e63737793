from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from thanthien.core.idempotency import idempotent, idempotent_hot, new_key
from thanthien.core.models import IdempotentReply, NumberSeries
from thanthien.core.numbering import next_number
from thanthien.core.rules import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@idempotent
def receive(request, answer=302):
    number = next_number("received")
    if answer == 302:
        return HttpResponseRedirect(f"/ho-so/{number}/")
    return HttpResponse(f"{number}", status=answer)


def press(key, view=receive, path="/nhan/", staff=1, **kwargs):
    request = RequestFactory().post(path, {"idempotency_key": key})
    request.user = SimpleNamespace(pk=staff, is_authenticated=True)
    return view(request, **kwargs)


def received() -> int:
    series = NumberSeries.objects.filter(key="received").first()
    return series.last if series else 0


def test_a_repeat_gets_the_first_answer_and_changes_nothing():
    key = new_key()

    answers = [press(key) for _ in range(3)]

    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(302, "/ho-so/1/")] * 3
    assert received() == 1


def test_a_repeat_of_a_created_thing_gets_its_body_again():
    key = new_key()

    answers = [press(key, answer=201).content for _ in range(2)]

    assert answers == [b"1", b"1"]


def test_another_page_is_another_change():
    press(new_key())
    press(new_key())

    assert received() == 2


def test_the_same_key_of_another_person_is_another_change():
    key = new_key()
    press(key, staff=1)
    press(key, staff=2)

    assert received() == 2


@pytest.mark.parametrize("status", [200, 422])
def test_a_page_with_errors_is_no_answer(status):
    key = new_key()
    press(key, answer=status)

    assert not IdempotentReply.objects.exists()
    assert press(key).status_code == 302


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "a b c d e f g h i j", "đ" * 20])
def test_a_form_without_a_sound_key_is_refused(key):
    with pytest.raises(Refused, match="mở lại trang"):
        press(key)

    assert received() == 0


def test_a_key_that_served_another_page_is_refused():
    key = new_key()
    press(key)

    with pytest.raises(Refused, match="việc khác"):
        press(key, path="/khac/")


@pytest.mark.hardening
def test_twenty_presses_at_the_same_moment_get_one_answer():
    key, gate = new_key(), Barrier(20)

    def press_at_once(_number):
        gate.wait()
        try:
            return press(key).headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=20) as pool:
        answers = set(pool.map(press_at_once, range(20)))

    assert answers == {"/ho-so/1/"}
    assert received() == 1


def test_a_fault_of_another_kind_is_not_swallowed():
    @idempotent
    def broken(request):
        raise IntegrityError

    with pytest.raises(IntegrityError):
        press(new_key(), view=broken)


def test_reading_needs_no_key():
    @idempotent
    def page(request):
        return HttpResponse("trang")

    assert page(RequestFactory().get("/nhan/")).content == b"trang"


@idempotent_hot
def receive_hot(request, answer=302):
    number = next_number("received")
    if answer == 302:
        return HttpResponseRedirect(f"/ho-so/{number}/")
    return HttpResponse(f"{number}", status=answer)


def test_repeat_of_a_hot_view_is_undone_and_gets_the_first_answer():
    key = new_key()

    answers = [press(key, view=receive_hot).headers["Location"] for _ in range(3)]

    assert (answers, received()) == (["/ho-so/1/"] * 3, 1)


def test_repeat_of_a_hot_view_that_finds_errors_now_gets_the_first_answer():
    key = new_key()
    press(key, view=receive_hot)

    again = press(key, view=receive_hot, answer=422)

    assert again.headers["Location"] == "/ho-so/1/"
