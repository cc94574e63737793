"""The papers of those weeks, each handed out on its own day: an old dossier does not carry the day of whoever looks."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from thanthien.dossiers.queries import book_rows
from thanthien.office.management.demonstration.story import Story
from thanthien.prints.actions import issue_document
from thanthien.prints.rules import ISSUED_ONCE, can_print

# When each kind is handed out, and by whom. The apology brings its own day: that of the signature.
HANDED = {
    "acknowledgement": (lambda dossier: dossier.registered_at, "mai"),
    "receipt": (lambda dossier: dossier.received_at, "mai"),
    "supplement": (lambda dossier: dossier.supplement.requested_at, "mai"),
    "refusal": (lambda dossier: dossier.closed_at, "mai"),
    "apology": (lambda dossier: dossier.apology.signed_at, "mai"),
    "stop_notice": (lambda dossier: dossier.closed_at, "mai"),
    "result_receipt": (lambda dossier: dossier.result_return.at, "huong"),
}


def hand_out_papers(story: Story) -> None:
    """In the order of the days, so that their numbers run as the days do."""
    for at, _pk, kind, dossier in sorted(_papers(story), key=lambda paper: paper[:3]):
        issue_document(dossier, kind, by=story.staff(HANDED[kind][1]), at=at)


def _papers(story: Story) -> Iterator[tuple[datetime, int, str, Any]]:
    """What is done on the spot has no slip unless somebody asks for one (Nghị định 61/2018, Điều 17)."""
    first = story.now.replace(year=story.now.year - 1).date()
    for dossier in book_rows(story.staff("quantri"), first, story.now.date()):
        if dossier.received_at is None or dossier.finished_at != dossier.received_at:
            for kind in ISSUED_ONCE:
                if can_print(dossier, kind):
                    yield HANDED[kind][0](dossier), dossier.pk, kind, dossier
