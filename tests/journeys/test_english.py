"""The citizen's door in English: no Vietnamese is left but names and what a person wrote, marked as Vietnamese."""

import re
from html.parser import HTMLParser

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse

from tests.journeys.addresses import PAGES
from tests.journeys.tour import things_to_meet
from tests.journeys.ward import MORNING, copy_of, files_of, use_database
from thanthien.core.said import LETTERS
from thanthien.filing.models import Party
from thanthien.organisation.models import Staff, Unit
from thanthien.people.models import Person
from thanthien.procedures.models import ProcedureVersion
from thanthien.procedures.queries import papers_of

# No browser is opened here; the ward of the stories is what is needed.
pytestmark = pytest.mark.browser
ROOMS = ("portal:", "filing:", "guidance:")
ON_PURPOSE = (
    "Thân Thiện",
    "Tiếng Việt",
    "‘khai sinh cho con’",
    "‘xây nhà’",
    "khai sinh (birth), sao y (copy), xây nhà",
)
EMPTY = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
SEEN, HEARD = frozenset({"placeholder", "title", "aria-label", "alt"}), re.compile(r"[0-9] đ\b")


class Reader(HTMLParser):
    """What a person reads or hears on a page that is not marked as Vietnamese; values of boxes are theirs, and the
    name of the browser's tab cannot be marked."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.words: list[str] = []

    def language(self) -> str:
        return next((language for _tag, language in reversed(self.open) if language), "")

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if (named.get("lang") or self.language()) != "vi":
            self.words += [said for name, said in attrs if name in SEEN and said]
        if tag not in EMPTY:
            self.open.append((tag, named.get("lang") or ""))

    def handle_endtag(self, tag):
        places = [place for place, (known, _language) in enumerate(self.open) if known == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data):
        if self.language() != "vi" and not {"title", "script", "textarea"} & {tag for tag, _language in self.open}:
            self.words.append(" ".join(data.split()))


def left_over(html: str, names: list[str]) -> list[str]:
    reader = Reader()
    reader.feed(html)
    assert "lang=&quot;" not in html  # marks belong around words, never into an attribute
    return [words for words in reader.words if LETTERS.search(without(HEARD.sub("", words), names))]


def without(words: str, names: list[str]) -> str:
    for name in names:
        words = words.replace(name, "")
    return words


def all_names() -> list[str]:
    """Of places, people, procedures and papers; the longest first, as one may be a part of another."""
    found = set(ON_PURPOSE)
    found |= {name for unit in Unit.objects.all() for name in (unit.name, unit.desk_name)}
    for model in (Staff, Person, Party):
        found |= set(model.objects.values_list("full_name", flat=True))
    for version in ProcedureVersion.objects.select_related("procedure"):
        found |= {version.name, *(paper.name for paper in papers_of(version))}
    return sorted(filter(None, found), key=len, reverse=True)


def test_citizens_door_leaves_no_vietnamese_to_an_english_reader(built_ward, django_db_blocker, tmp_path):
    left = {}
    with (
        django_db_blocker.unblock(), use_database(copy_of(built_ward, tmp_path / "english.sqlite3")),
        override_settings(MEDIA_ROOT=files_of(built_ward, tmp_path / "files")),
        time_machine.travel(MORNING, tick=False),
    ):  # fmt: skip
        facts, names = things_to_meet(), all_names()
        for address in PAGES:
            if address.who in ("", "draft") and address.name.startswith(ROOMS):
                client = Client()
                client.cookies.load(facts["draft cookies"] | {"ngon-ngu": "en"})
                page = client.get(reverse(address.name, args=address.values(facts)) + f"?{address.query}")
                left[str(address)] = left_over(page.content.decode(), names)

    assert {address: words for address, words in left.items() if words} == {}
    assert len(left) > 50
