"""Files of a draft: in pieces over a broken line, looked at by their content, only so many, gone with the draft."""

import math

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as quick
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from thanthien.core.files import FileRefused
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY
from thanthien.filing import actions, rules
from thanthien.filing.actions import Piece
from thanthien.filing.factories import a_photo, begin, found
from thanthien.filing.models import DraftFile, UploadPiece
from thanthien.filing.queries import next_piece

pytestmark = pytest.mark.django_db
NAME = "f-abc-12345"


@pytest.fixture(autouse=True)
def storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft():
    return found(begin())


def pieces_of(content: bytes, size: int, **facts) -> list[Piece]:
    total = math.ceil(len(content) / size)
    cut = [content[place * size : (place + 1) * size] for place in range(total)]
    told = {"paper": "1", "upload": NAME, "total": total, "name": "anh.jpg"} | facts
    return [Piece(number=number, content=part, **told) for number, part in enumerate(cut)]


def photo_bytes() -> bytes:
    return a_photo().read()


def test_pieces_become_one_file_with_the_last(draft):
    pieces = pieces_of(photo_bytes(), 100)

    kept = [actions.keep_piece(draft, piece, at=MONDAY) for piece in pieces]

    assert kept[:-1] == [None] * (len(pieces) - 1)
    assert default_storage.open(kept[-1].path).read() == photo_bytes()
    assert UploadPiece.objects.count() == 0


def test_after_a_broken_line_it_goes_on_where_it_was(draft):
    pieces = pieces_of(photo_bytes(), 100)
    for piece in pieces[:2]:
        actions.keep_piece(draft, piece, at=MONDAY)

    assert next_piece(draft, "1", NAME) == 2


def test_a_piece_sent_twice_and_a_last_piece_sent_again_count_once(draft):
    pieces = pieces_of(photo_bytes(), 200)
    for piece in [pieces[0], *pieces]:
        actions.keep_piece(draft, piece, at=MONDAY)

    again = actions.keep_piece(draft, pieces[-1], at=MONDAY)

    assert again == DraftFile.objects.get()


def test_a_file_cut_differently_begins_anew(draft):
    content = photo_bytes()
    for piece in pieces_of(content, 50)[:-1]:
        actions.keep_piece(draft, piece, at=MONDAY)

    [whole] = pieces_of(content, 10_000)
    kept = actions.keep_piece(draft, whole, at=MONDAY)

    assert default_storage.open(kept.path).read() == content


@pytest.mark.parametrize(
    ("number", "total", "size"),
    [(3, 3, 10), (0, 0, 10), (0, 1, 0), (0, 1, rules.PIECE_BYTES + 1), (0, 99_999, 10)],
)
def test_pieces_that_cannot_be_are_refused(draft, number, total, size):
    piece = Piece(paper="1", upload=NAME, number=number, total=total, name="x.jpg", content=b"x" * size)

    with pytest.raises(FileRefused):
        actions.keep_piece(draft, piece, at=MONDAY)


def test_a_paper_that_is_not_asked_takes_no_files(draft):
    with pytest.raises(FileRefused, match="không có trong danh sách"):
        actions.keep_file(draft, "99", a_photo(), device_name=NAME, at=MONDAY)


def test_a_program_in_pieces_is_refused_and_nothing_stays(draft):
    [piece] = pieces_of(b"MZ" + b"\0" * 500, 1000)

    with pytest.raises(FileRefused, match="chương trình máy tính"):
        actions.keep_piece(draft, piece, at=MONDAY)

    assert (UploadPiece.objects.count(), DraftFile.objects.count()) == (0, 0)


def test_a_paper_takes_ten_files_and_no_more(draft):
    for number in range(rules.MOST_FILES_A_PAPER):
        actions.keep_file(draft, "1", a_photo(), device_name=f"anh-so-{number}", at=MONDAY)

    with pytest.raises(Refused, match="không quá 10 tệp"):
        actions.keep_file(draft, "1", a_photo(), device_name="mot-anh-nua", at=MONDAY)


def test_files_go_with_the_draft(draft, django_capture_on_commit_callbacks):
    kept = actions.keep_file(draft, "1", a_photo(), device_name=NAME, at=MONDAY)

    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_draft(draft, at=MONDAY)

    assert not default_storage.exists(kept.path)


def test_old_drafts_go_each_day_and_younger_ones_stay(draft, django_capture_on_commit_callbacks):
    kept = actions.keep_file(draft, "1", a_photo(), device_name=NAME, at=MONDAY)
    younger = begin(at=MONDAY + rules.KEPT_FOR)

    with django_capture_on_commit_callbacks(execute=True):
        first = actions.delete_expired(at=MONDAY + rules.KEPT_FOR)
        second = actions.delete_expired(at=MONDAY + rules.KEPT_FOR)

    assert (first, second) == (1, 0)
    assert not default_storage.exists(kept.path)
    assert found(younger, at=MONDAY + rules.KEPT_FOR)


class PiecesTest(TestCase):
    @quick(max_examples=15, deadline=None)
    @given(size=some.integers(40, 700), order=some.randoms(use_true_random=False))
    def test_in_whatever_order_pieces_come_the_file_is_the_same(self, size, order):
        draft, content = found(begin()), photo_bytes()
        pieces = pieces_of(content, size)
        order.shuffle(pieces)

        kept = [actions.keep_piece(draft, piece, at=MONDAY) for piece in pieces]

        assert default_storage.open(kept[-1].path).read() == content


# ---- the address ---------------------------------------------------------------------------------------------
@pytest.fixture
def device(client):
    begun = begin()
    client.cookies[f"nop_{begun.draft.ref}"] = begun.key
    with time_machine.travel(MONDAY, tick=False):
        yield client, reverse("filing:piece", args=[begun.draft.ref]), begun


def form(number: int, total: int, content: bytes, **facts):
    piece = SimpleUploadedFile("manh", content)
    told = {"paper": "1", "upload": NAME, "number": number, "total": total, "name": "anh.jpg", "piece": piece}
    return told | facts


def test_the_device_asks_which_piece_comes_next(device):
    client, address, _begun = device
    content = photo_bytes()
    client.post(address, form(0, 2, content[:300]))

    told = client.get(address, {"paper": "1", "upload": NAME}).json()

    assert told == {"next": 1, "size": rules.PIECE_BYTES}


def test_the_last_piece_answers_with_the_file_as_it_stands_on_the_page(device):
    client, address, begun = device

    told = client.post(address, form(0, 1, photo_bytes())).json()

    assert told["done"] is True
    assert "anh.jpg" in told["html"]
    file = begun.draft.files.get()
    shown = client.get(reverse("filing:file", args=[begun.draft.ref, file.pk]))
    assert shown.headers["Content-Type"] == "image/jpeg"


def test_a_bad_file_is_refused_in_words(device):
    client, address, _begun = device

    answer = client.post(address, form(0, 1, b"MZ" + b"\0" * 500))

    assert answer.status_code == 422
    assert "chương trình máy tính" in answer.json()["error"]


@pytest.mark.parametrize("wrong", [{"upload": "x"}, {"number": "-1"}, {"total": "viele"}, {"piece": ""}])
def test_what_no_device_sends_is_not_found(device, wrong):
    client, address, _begun = device

    assert client.post(address, form(0, 1, photo_bytes()) | wrong).status_code == 404


def test_another_device_adds_nothing_and_sees_no_photo(device):
    client, address, begun = device
    client.post(address, form(0, 1, photo_bytes()))
    stranger = Client()

    added = stranger.post(address, form(0, 1, photo_bytes(), upload="f-khac-0001"))
    seen = stranger.get(reverse("filing:file", args=[begun.draft.ref, begun.draft.files.get().pk]))

    assert (added.status_code, seen.status_code) == (404, 404)
    assert begun.draft.files.count() == 1
