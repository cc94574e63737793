"""What a declaration asks, as plain data: groups of typed fields, rules between them, tests that travel with them.

Everything here is a frozen dataclass that reads itself from JSON (`rules.reading`) and writes itself back. Codes are
lower-case words; a path names an answer: `village`, or a part of a person or an address: `child.birth_date`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from thanthien.core import reading as a
from thanthien.core.reading import of
from thanthien.declarations.enums import AddressPart, Kind, Match, Need, Op, Part, PersonRole
from thanthien.people.enums import Sex

TODAY = "today"
DATE_PARTS = frozenset({Part.BIRTH_DATE, Part.ID_ISSUED_DATE})


@dataclass(frozen=True, kw_only=True)
class Clause:
    """`field` (a path, or "today") compared with `value`, or with `other` (a path, or "today").

    `years` and `days` are added to `field` first: the birth date plus 18 years is at `most` today.
    """

    field: str = of(a.code)
    op: Op = of(a.one_of(Op))
    value: str | tuple[str, ...] = of(a.value, "")
    other: str = of(a.code, "")
    years: int = of(a.number, 0)
    days: int = of(a.number, 0)


@dataclass(frozen=True, kw_only=True)
class Condition:
    match: Match = of(a.one_of(Match), Match.ALL)
    clauses: tuple[Clause, ...] = of(a.each(Clause))


@dataclass(frozen=True, kw_only=True)
class Choice:
    code: str = of(a.code)
    label: str = of(a.line)


@dataclass(frozen=True, kw_only=True)
class PartOf:
    """One thing asked about a person. `label` stands in for the usual words."""

    code: Part = of(a.one_of(Part))
    need: Need = of(a.one_of(Need), Need.OPTIONAL)
    label: str = of(a.line, "")

    @property
    def words(self) -> str:
        return self.label or str(self.code.label)

    @property
    def kind(self) -> Kind:
        return Kind.DATE if self.code in DATE_PARTS else Kind.CHOICE if self.code == Part.SEX else Kind.TEXT


@dataclass(frozen=True, kw_only=True)
class Input:
    """One box to fill in: a field that has one, or a part of a person or an address. `path` is its name."""

    path: str
    label: str
    kind: Kind
    need: Need
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    several: bool = False
    lines: int = 1
    unit: str = ""
    part: str = ""
    is_rough: bool = False
    in_words: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    code: str = of(a.code)
    label: str = of(a.line)
    kind: Kind = of(a.one_of(Kind, Kind.TEXT, Kind.NUMBER, Kind.DATE), Kind.TEXT)
    need: Need = of(a.one_of(Need), Need.OPTIONAL)


@dataclass(frozen=True, kw_only=True)
class Borrowed:
    """When the choice `field` was answered with `answer`, this person is the one of `person` and is not asked again."""

    field: str = of(a.code)
    answer: str = of(a.code)
    person: str = of(a.code)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question. Which of the later attributes count depends on `kind`:

    text: `lines` (more than one: several lines), `most` (characters) · number: `least`, `most`, `whole`, `unit` ·
    date: `first`, `last` (ISO day or "today") · choice: `choices`, `several` · person: `role`, `parts`, `borrowed`,
    and by which fields they are told more of: `died_on` (a date), `related_by` (what they are to whom the form is
    about: a choice or text) · table: `columns`, `most` (rows) · address, file: none. A person who `confirms` is not
    only spoken for: filed online by somebody else, the form goes nowhere before they have said themselves that their
    group is right. With `rough_dates` a date, or a person's day of birth, may be "1940-05" or "1940" alone; with
    `in_words` it is said in words beside the figures, as registers of civil status do; what is `off_sheet` is asked and
    not printed.
    """

    code: str = of(a.code)
    kind: Kind = of(a.one_of(Kind))
    label: str = of(a.line)
    need: Need = of(a.one_of(Need), Need.OPTIONAL)
    help: str = of(a.text, "")
    shown_if: Condition | None = of(a.one(Condition), None)
    lines: int = of(a.number, 1)
    least: int | None = of(a.number, None)
    most: int | None = of(a.number, None)
    whole: bool = of(a.yes, False)
    unit: str = of(a.line, "")
    first: str = of(a.line, "")
    last: str = of(a.line, "")
    choices: tuple[Choice, ...] = of(a.each(Choice), ())
    several: bool = of(a.yes, False)
    role: PersonRole | None = of(a.one_of(PersonRole), None)
    parts: tuple[PartOf, ...] = of(a.each(PartOf), ())
    borrowed: tuple[Borrowed, ...] = of(a.each(Borrowed), ())
    confirms: bool = of(a.yes, False)
    rough_dates: bool = of(a.yes, False)
    in_words: bool = of(a.yes, False)
    off_sheet: bool = of(a.yes, False)
    died_on: str = of(a.code, "")
    related_by: str = of(a.code, "")
    columns: tuple[Column, ...] = of(a.each(Column), ())

    def label_of(self, answer: str) -> str:
        """The words of a choice; its code when it has none."""
        return next((choice.label for choice in self.choices if choice.code == answer), answer)

    @property
    def inputs(self) -> list[Input]:
        """The boxes of this field; none for a table, which has `columns`."""
        if self.kind == Kind.PERSON:
            return [self._of_person(part) for part in self.parts]
        if self.kind == Kind.ADDRESS:
            return [self._of_address(part) for part in AddressPart]
        choices = tuple((choice.code, choice.label) for choice in self.choices)
        whole = Input(
            path=self.code, label=self.label, kind=self.kind, need=self.need, help=self.help, choices=choices,
            several=self.several, lines=self.lines, unit=self.unit, is_rough=self.rough_dates,
            in_words=self.in_words,
        )  # fmt: skip
        return [] if self.kind == Kind.TABLE else [whole]

    def _of_person(self, part: PartOf) -> Input:
        choices = tuple((str(code), str(label)) for code, label in Sex.choices) if part.code == Part.SEX else ()
        return Input(
            path=f"{self.code}.{part.code}", label=part.words, kind=part.kind, need=part.need, choices=choices,
            part=str(part.code), is_rough=self.rough_dates and part.code == Part.BIRTH_DATE,
            in_words=self.in_words and part.code == Part.BIRTH_DATE,
        )  # fmt: skip

    def _of_address(self, part: AddressPart) -> Input:
        need = Need.OPTIONAL if part == AddressPart.DETAIL else self.need
        return Input(path=f"{self.code}.{part}", label=str(part.label), kind=Kind.TEXT, need=need)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Fields that are asked together, on one page."""

    code: str = of(a.code)
    title: str = of(a.line)
    help: str = of(a.text, "")
    shown_if: Condition | None = of(a.one(Condition), None)
    fields: tuple[Field, ...] = of(a.each(Field))


@dataclass(frozen=True, kw_only=True)
class SheetPart:
    """A heading of the sheet on paper, and the fields that stand under it."""

    title: str = of(a.line)
    fields: tuple[str, ...] = of(a.paths)


@dataclass(frozen=True, kw_only=True)
class CrossRule:
    """When `when` is true (always, if there is none), `must` must not be false. An answer that is not known yet breaks
    nothing. `field` is the path beside which `message` stands; `remedy` says how to mend it."""

    code: str = of(a.rule_code)
    field: str = of(a.code)
    message: str = of(a.text)
    remedy: str = of(a.text)
    must: Condition = of(a.one(Condition))
    when: Condition | None = of(a.one(Condition), None)
    blocks: bool = of(a.yes, True)


@dataclass(frozen=True, kw_only=True)
class LogicTest:
    """`answers` given on the day `on` show the fields `shown`, hide `hidden`, and have exactly the problems named
    ("THIEU child.full_name"); those that only warn are left out unless `warnings` is true."""

    name: str = of(a.line)
    on: str = of(a.line)
    answers: dict[str, Any] = of(a.answers)
    shown: tuple[str, ...] = of(a.paths, ())
    hidden: tuple[str, ...] = of(a.paths, ())
    problems: tuple[str, ...] = of(a.lines, ())
    warnings: bool = of(a.yes, False)


@dataclass(frozen=True, kw_only=True)
class Content:
    """A whole form. `pledge`: what is signed; `afterwards`: what is still to be done once it was filed online.

    `sheet`: the order of the form that the law lays down, where it is not the order in which one asks best. What it
    does not name is printed after it, group by group. `lists_papers`: the papers of the dossier are named above the
    signature.
    """

    title: str = of(a.line)
    basis: str = of(a.text, "")
    pledge: str = of(a.text, "")
    afterwards: str = of(a.text, "")
    lists_papers: bool = of(a.yes, False)
    groups: tuple[Group, ...] = of(a.each(Group))
    sheet: tuple[SheetPart, ...] = of(a.each(SheetPart), ())
    rules: tuple[CrossRule, ...] = of(a.each(CrossRule), ())
    tests: tuple[LogicTest, ...] = of(a.each(LogicTest), ())

    @cached_property
    def fields(self) -> dict[str, Field]:
        """All fields by code, in the order in which they are asked."""
        return {field.code: field for group in self.groups for field in group.fields}

    @cached_property
    def group_of(self) -> dict[str, Group]:
        return {field.code: group for group in self.groups for field in group.fields}

    def group(self, code: str) -> Group | None:
        return next((group for group in self.groups if group.code == code), None)
