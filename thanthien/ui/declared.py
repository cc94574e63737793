"""Forms whose questions are data: one group of a declaration as a Django form.

`thanthien.ui` stands below every room, so this module knows no model: it takes the plain dataclasses that
`declarations.queries` and `declarations.rules` give (or anything of the same shape) and gives plain answers back.

    declaration = queries.version_for(offering, on=today)                   # None: the procedure has no form
    asked = rules.shown(declaration.content, answers)
    form = GroupForm(group, answers, asked=asked)                           # one of rules.groups_shown(…)
    form = GroupForm(group, answers, asked=asked, data=request.POST, files=request.FILES)
    told = rules.cleaned(content, answers | form.answers())                 # what is kept, also when it is wrong
    form.settle(rules.shown(content, told), rules.check(content, told, today, group=group.code))
    if form.is_done: …                                                      # nothing blocks, no new question came up

In the template, inside `<form … enctype="multipart/form-data">`: `{% error_summary form %}` and
`{% include "ui/declared/group.html" %}`. It works without scripts: a question that comes up because of an answer
stands on the next page, which says so; `js/shown_if.js` shows it at once where it can.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import cached_property

from thanthien.ui.declared_inputs import field_for, kept_value, shown_value

ASKED, MORE = "asked", "more"
MOST_ROWS = 50
SIMPLE = ("is", "is_not", "in", "filled", "empty")


@dataclass
class Row:
    """One row of a table."""

    cells: list[forms.BoundField]


@dataclass
class Unit:
    """A question with its boxes, as the template shows it."""

    field: Any
    is_asked: bool
    condition: str  # JSON for the script, "" when only the server can tell
    boxes: list[forms.BoundField] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    extra: str = ""

    @property
    def kind(self) -> str:
        return str(self.field.kind)

    @property
    def is_person(self) -> bool:
        return self.kind == "person"


class GroupForm(forms.Form):
    """The questions of one group. `group` has `code`, `title`, `help`, `fields` (`declarations.rules.Group`); `answers`
    are those of the whole declaration so far; `asked` are the codes of all fields that are asked with them."""

    def __init__(  # noqa: PLR0913  (a form takes what it takes)
        self,
        group: Any,
        answers: Mapping[str, Any],
        *,
        asked: Collection[str],
        data: Any = None,
        files: Any = None,
        beside: Collection[str] = (),
    ) -> None:
        self.group, self.told, self.asked = group, dict(answers), frozenset(asked)
        self.on_page = {one.code for one in group.fields} | set(beside)
        self.was_asked = frozenset(data.getlist(ASKED)) if data is not None else self.asked
        self.has_new_questions, self.warnings = False, {}  # type: bool, dict[str, list[str]]
        self.extras: dict[str, str] = {}  # by code: what else stands with a question, as safe HTML
        super().__init__(self._with_what_was_hidden(data) if data is not None else None, files)
        self.initial = {name: shown_value(raw, self._kinds.get(name, "")) for name, raw in self._known()}
        self.fields.update({name: made for name, made in self._made()})

    # ---- what is there to fill in ------------------------------------------------------------------------
    def _made(self) -> Iterator[tuple[str, forms.Field]]:
        for one in self.group.fields:
            for box in one.inputs:
                yield box.path, field_for(box, lone=len(one.inputs) == 1)
            for row in range(self._row_count(one)):
                for column in one.columns:
                    yield f"{one.code}.{row}.{column.code}", field_for(column, lone=False)

    def _row_count(self, one: Any) -> int:
        """As many as there are answers or were typed, one more when asked for, at least one."""
        if not one.columns:
            return 0
        typed = self._typed_rows(one) if self.is_bound else 0
        more = 1 if self.is_bound and self.data.get(MORE) == one.code else 0
        return min(max(len(self._rows_told(one)), typed, 1) + more, MOST_ROWS)

    def _typed_rows(self, one: Any) -> int:
        numbers = (name.split(".")[1] for name in self.data if name.startswith(f"{one.code}.") and name.count(".") == 2)
        return 1 + max((int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 3), default=-1)

    def _rows_told(self, one: Any) -> list[Mapping[str, Any]]:
        rows = self.told.get(one.code)
        return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {box.path: str(box.kind) for one in self.group.fields for box in one.inputs}

    def _known(self) -> Iterator[tuple[str, Any]]:
        """Name of each box and what was answered before."""
        for one in self.group.fields:
            said = self.told.get(one.code)
            if one.columns:
                for place, row in enumerate(self._rows_told(one)):
                    yield from ((f"{one.code}.{place}.{column.code}", row.get(column.code)) for column in one.columns)
            elif isinstance(said, Mapping):
                yield from ((f"{one.code}.{part}", value) for part, value in said.items())
            elif said is not None:
                yield one.code, said

    def _with_what_was_hidden(self, data: Any) -> QueryDict:
        """What was sent, with what is known already in boxes that were not on the page."""
        whole: QueryDict = data.copy()
        for name, raw in self._known():
            if name.partition(".")[0] not in self.was_asked:
                known = shown_value(raw, self._kinds.get(name, ""))
                whole.setlist(name, list(map(str, raw)) if isinstance(raw, list) else [str(known)])
        return whole

    def full_clean(self) -> None:
        """Nothing is judged here: `settle` brings what the form's own rules say."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}

    # ---- what was answered -------------------------------------------------------------------------------
    def answers(self) -> dict[str, Any]:
        """By field code, as declarations keep them: text, ISO days, codes, lists, dicts. What cannot be read stays as
        it was typed. A new file is there by its name; itself it is in `uploads`."""
        return {one.code: self._answer(one) for one in self.group.fields if one.code in self.was_asked}

    def _answer(self, one: Any) -> Any:
        if str(one.kind) == "file":
            new = self.uploads.get(one.code)
            return [{"name": new.name}] if new else self.told.get(one.code) or []
        if one.columns:
            rows = range(min(self._typed_rows(one), MOST_ROWS))
            kept = [{c.code: self._kept(f"{one.code}.{row}.{c.code}", c) for c in one.columns} for row in rows]
            return [row for row in kept if any(row.values())]
        boxes = one.inputs
        if boxes[0].path == one.code:
            return self._kept(one.code, boxes[0])
        return {box.path.partition(".")[2]: self._kept(box.path, box) for box in boxes}

    def _kept(self, name: str, box: Any) -> Any:
        if getattr(box, "several", False):
            sent: Any = self.data  # as a page sends it: a name may come several times
            return [code for code in sent.getlist(name) if code]
        return kept_value(str(box.kind), self.data.get(name, ""))

    @property
    def uploads(self) -> dict[str, Any]:
        """New files by field code; who keeps them adds their references to the answers."""
        codes = [one.code for one in self.group.fields if str(one.kind) == "file" and one.code in self.was_asked]
        return {code: self.files[code] for code in codes if code in self.files}

    @property
    def wants_more_rows(self) -> bool:
        """ "Thêm dòng" was pressed: the page is shown again, nothing is judged."""
        return self.is_bound and self.data.get(MORE, "") in {one.code for one in self.group.fields if one.columns}

    # ---- what is wrong with it ---------------------------------------------------------------------------
    def settle(self, asked: Collection[str], problems: Iterable[Any]) -> None:
        """`asked`: what is to be asked with the new answers; `problems`: what the pre-check says of this group
        (`field`, `message`, `remedy`, `blocks`). A question that only now comes up is not held against anybody."""
        self.asked = frozenset(asked)
        own = {one.code for one in self.group.fields}
        self.has_new_questions = bool((self.asked & own) - self.was_asked)
        for problem in problems:
            code = problem.field.partition(".")[0]
            if code not in own or code not in self.was_asked or self.wants_more_rows:
                continue
            words = f"{problem.message} {problem.remedy}".strip()
            if problem.blocks:
                self.add_error(self._box_of(problem.field), words)
            else:
                self.warnings.setdefault(code, []).append(words)

    def _box_of(self, path: str) -> str | None:
        """The box beside which a fault stands: its own, or the first of its question."""
        code = path.partition(".")[0]
        return path if path in self.fields else next((n for n in self.fields if n.partition(".")[0] == code), None)

    @property
    def is_done(self) -> bool:
        """Nothing blocks, no question came up, no row was asked for."""
        return self.is_bound and not (self.errors or self.has_new_questions or self.wants_more_rows)

    # ---- how it is shown ---------------------------------------------------------------------------------
    @cached_property
    def _conditions(self) -> dict[str, str]:
        """None for a group that is not asked at all: that the server brings."""
        is_open = self.group.shown_if is None or any(one.code in self.asked for one in self.group.fields)
        return {one.code: _for_script(one, self.on_page, self.asked) if is_open else "" for one in self.group.fields}

    @property
    def units(self) -> list[Unit]:
        return [self._unit(one) for one in self.group.fields if one.code in self.asked or self._conditions[one.code]]

    def _unit(self, one: Any) -> Unit:
        unit = Unit(field=one, is_asked=one.code in self.asked, condition=self._conditions[one.code])
        unit.boxes = [self[box.path] for box in one.inputs]
        for row in range(self._row_count(one)):
            unit.rows.append(Row([self[f"{one.code}.{row}.{column.code}"] for column in one.columns]))
        unit.warnings, unit.extra = self.warnings.get(one.code, []), self.extras.get(one.code, "")
        return unit


class WholeForm:
    """All groups of a declaration on one page, as at the counter: the same calls as `GroupForm`."""

    def __init__(
        self, groups: Iterable[Any], answers: Mapping[str, Any], *, asked: Collection[str], **sent: Any
    ) -> None:
        groups = tuple(groups)
        codes = [one.code for group in groups for one in group.fields]
        self.forms = [GroupForm(group, answers, asked=asked, beside=codes, **sent) for group in groups]

    def answers(self) -> dict[str, Any]:
        return {code: answer for form in self.forms for code, answer in form.answers().items()}

    def settle(self, asked: Collection[str], problems: Iterable[Any]) -> None:
        found = list(problems)
        for form in self.forms:
            form.settle(asked, found)

    @property
    def shown_forms(self) -> list[GroupForm]:
        return [form for form in self.forms if form.units]

    @property
    def warnings(self) -> list[str]:
        return [words for form in self.forms for lines in form.warnings.values() for words in lines]

    @property
    def is_done(self) -> bool:
        return all(form.is_done for form in self.forms)

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.forms)


def _for_script(one: Any, here: Collection[str], asked: frozenset[str]) -> str:
    """When to show a question, for the browser: only what it can tell from this page alone."""
    clauses = list(one.shown_if.clauses) if one.shown_if else []
    lenders = [lender for lender in one.borrowed if lender.person in asked]
    looks = {clause.field for clause in clauses} | {lender.field for lender in lenders}
    simple = all(str(clause.op) in SIMPLE and not clause.other for clause in clauses)
    if not looks or looks - set(here) or not simple:
        return ""
    told = {
        "match": str(one.shown_if.match) if one.shown_if else "all",
        "clauses": [{"field": c.field, "op": str(c.op), "value": c.value} for c in clauses],
        "unless": [{"field": lender.field, "op": "is", "value": lender.answer} for lender in lenders],
    }
    return json.dumps(told, ensure_ascii=False)
