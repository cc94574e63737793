"""What a unit does on each occasion, and with which words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404

from thanthien.letters.enums import KIND_OF, OF_LIFE, Kind, Occasion, Paper, SignerPost, Way
from thanthien.letters.models import LetterText, OccasionRule, Signature

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit

DATA = Path(__file__).parents[1] / "data"
BUILT_IN = 0
QUIET_DAYS = 10
# Whose result makes the occasion. Registering again, or a grown person's birth, is none (codes of the national base).
PROCEDURES: dict[str, list[str]] = {
    Occasion.BIRTH: ["1.001193", "1.000689", "1.003583", "2.000986"],
    Occasion.MARRIAGE: ["1.000894", "1.000593"],
    Occasion.DEATH: ["1.000656", "1.000419", "2.002913"],
}


@dataclass(frozen=True, kw_only=True)
class Text:
    """The words of a letter; version 0 is the built-in one."""

    title: str
    body: str
    version: int = BUILT_IN


@cache
def built_in(text_code: str) -> Text:
    """The first line of the file is the title, the rest the body."""
    title, _blank, body = (DATA / f"{text_code}.txt").read_text("utf-8").partition("\n\n")
    return Text(title=title.strip(), body=body.strip())


def text_of(unit: "Unit", text_code: str) -> Text:
    """The unit's newest version, else the built-in text."""
    found = versions_of(unit, text_code).first()
    return Text(title=found.title, body=found.body, version=found.version) if found else built_in(text_code)


def versions_of(unit: "Unit", text_code: str) -> QuerySet[LetterText]:
    return LetterText.objects.filter(unit=unit, occasion=text_code).order_by("-version")


def text_version(unit: "Unit", text_code: str, version: int) -> Text:
    """An older version to go back to; 404 when there is none."""
    if version == BUILT_IN:
        return built_in(text_code)
    found = versions_of(unit, text_code).filter(version=version).first()
    if found is None:
        raise Http404
    return Text(title=found.title, body=found.body, version=found.version)


def rule_of(unit: "Unit", occasion: str) -> OccasionRule:
    """What the unit decided for this occasion, else what is usual (not saved)."""
    return OccasionRule.objects.filter(unit=unit, occasion=occasion).first() or _usual(unit, occasion)


def rules_of(unit: "Unit") -> list[OccasionRule]:
    """One rule for each occasion, in two statements at most."""
    own = {rule.occasion: rule for rule in OccasionRule.objects.filter(unit=unit).select_related("unit")}
    return [own.get(str(occasion)) or _usual(unit, occasion) for occasion in Occasion]


def _usual(unit: "Unit", occasion: str) -> OccasionRule:
    apology = KIND_OF[Occasion(occasion)] == Kind.APOLOGY
    return OccasionRule(
        unit=unit, occasion=occasion, signer=SignerPost.LEADER, paper=Paper.A4 if apology else Paper.CARD,
        way=Way.CERTIFICATE if occasion in OF_LIFE else Way.POST if apology else Way.HOME,
        procedures=list(PROCEDURES.get(occasion, [])), quiet_days=QUIET_DAYS if occasion == Occasion.DEATH else 0,
    )  # fmt: skip


def occasion_of(unit: "Unit", procedure_code: str) -> OccasionRule | None:
    """The rule of the occasion in somebody's life that this procedure registers; None for most procedures."""
    rules = [rule for rule in rules_of(unit) if rule.occasion in OF_LIFE]
    return next((rule for rule in rules if rule.is_on and procedure_code in rule.procedures), None)


def procedures_of(unit: "Unit") -> dict[str, list[str]]:
    return {rule.occasion: rule.procedures for rule in rules_of(unit) if rule.occasion in OF_LIFE}


def signature_of(staff: "Staff | Any") -> Signature | None:
    return Signature.objects.filter(staff=staff).first()
