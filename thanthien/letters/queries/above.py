"""Who answers for a second delay: one level above whoever answered for the first (FEATURES 5.4)."""

from typing import TYPE_CHECKING

from thanthien.letters.enums import POSTS_UPWARDS, Occasion, SignerPost, State
from thanthien.letters.models import Letter
from thanthien.letters.queries.settings import rule_of
from thanthien.letters.rules import is_head
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import desks_of, staff_with_role

if TYPE_CHECKING:
    from thanthien.organisation.models import Unit


def first_signer(source: str, unit: "Unit") -> str:
    """The post that signed the first apology for this cause, or was to: the head, also where a deputy might have."""
    found = Letter.objects.filter(occasion=Occasion.DELAY, source=source, round=1).exclude(state=State.CANCELLED)
    letter = found.select_related("unit", "signed_by").first()
    if letter is None:
        return rule_of(unit, Occasion.DELAY).signer
    by_head = letter.signed_by is not None and is_head(letter.unit, letter.signed_by)
    return SignerPost.HEAD if by_head else letter.signer


def answers_for_second(source: str, unit: "Unit") -> tuple["Unit", str]:
    """Whose letter the second one is, and which post signs it: above the head it is the superior agency's, whose head
    signs; where nobody above works with this software, the head of the unit signs once more."""
    post = first_signer(source, unit)
    if post != SignerPost.HEAD:
        return unit, POSTS_UPWARDS[POSTS_UPWARDS.index(SignerPost(post)) + 1]
    return superior_of(unit) or unit, SignerPost.HEAD


def superior_of(unit: "Unit") -> "Unit | None":
    """The nearest agency above that has its head here."""
    above = unit.parent
    while above is not None and not _has_head(above):
        above = above.parent
    return above


def _has_head(unit: "Unit") -> bool:
    """Leaders of the communes below a province are heads too, but not its."""
    leaders = staff_with_role(unit, Role.LEADER)
    return any(is_head(unit, one) for one in leaders if unit.pk in desks_of(one))


def is_of_superior(letter: Letter) -> bool:
    return letter.dossier is not None and letter.dossier.unit_id != letter.unit_id


def nobody_above(letter: Letter) -> bool:
    """The head signs a second time, because there is nobody here to whom it could go."""
    is_second = letter.round > 1 and letter.state == State.DRAFT and not is_of_superior(letter)
    return is_second and first_signer(letter.source, letter.unit) == SignerPost.HEAD
