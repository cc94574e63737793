"""The editor of a flow: a question with its answers, what it ends in, and after which answers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.reading import code_from
from thanthien.core.text import clean
from thanthien.guidance.rules import FlowContent, Outcome, Question
from thanthien.guidance.rules.content import Advice, Answer, When
from thanthien.guidance.rules.editing import new_question_code
from thanthien.procedures.enums import LifeEvent
from thanthien.procedures.queries import procedure_or_none, search_procedures
from thanthien.ui.rows import EditForm, lines_of

MOST_FOUND = 20


# Each stands in ui/icons.txt, since it is named in data only.
ICONS = [
    ("balloon-heart", gettext_lazy("bóng bay, sinh con")), ("hearts", gettext_lazy("hai trái tim, kết hôn")),
    ("flower1", gettext_lazy("bông hoa, chia buồn")), ("house-gear", gettext_lazy("ngôi nhà, xây sửa")),
    ("shop", gettext_lazy("cửa hàng, buôn bán")), ("person-wheelchair", gettext_lazy("xe lăn, người khuyết tật")),
    ("building", gettext_lazy("tòa nhà, cơ quan")), ("truck", gettext_lazy("xe tải, chuyển nơi ở")),
    ("emoji-smile", gettext_lazy("nụ cười")), ("chat-left-heart", gettext_lazy("lời thăm hỏi")),
    ("signpost-split", gettext_lazy("biển chỉ đường")),
]  # fmt: skip


class FrameForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Tên luồng"), max_length=120)
    lead = forms.CharField(label=gettext_lazy("Lời dẫn"), max_length=300, required=False)
    life_event = forms.ChoiceField(label=gettext_lazy("Việc của đời người"), choices=LifeEvent.choices)
    icon = forms.ChoiceField(label=gettext_lazy("Hình bên cạnh tên"), choices=ICONS, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        """A picture that came with a file stays among those to choose from."""
        super().__init__(*args, **more)
        now = str(self.initial.get("icon") or "")
        if now and now not in dict(ICONS):
            self.fields["icon"].choices = [(now, now), *ICONS]  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        facts = {
            "title": clean(told["title"]), "lead": clean(told["lead"]), "life_event": LifeEvent(told["life_event"])
        }  # fmt: skip
        return facts | ({"icon": told["icon"]} if told["icon"] else {})


class KeepTestForm(forms.Form):
    test_name = forms.CharField(label=gettext_lazy("Tên bài kiểm tra"), max_length=200)

    def clean_test_name(self) -> str:
        return clean(self.cleaned_data["test_name"])


class WhenForm(EditForm):
    """After which answers: a list of boxes for each question that stands before. `after` ("question.answer") is
    ticked in a new one."""

    def add_when(self, questions: Iterable[Question], conditions: tuple[When, ...], after: str) -> None:
        ticked = {when.question: list(when.answers) for when in conditions}
        question, _dot, answer = after.partition(".")
        ticked |= {question: [answer]} if answer and not conditions else {}
        for one in questions:
            self.fields[f"when-{one.code}"] = forms.MultipleChoiceField(
                choices=[(choice.code, choice.label) for choice in one.answers], label=one.text, required=False,
                widget=forms.CheckboxSelectMultiple, initial=ticked.get(one.code, []),
            )  # fmt: skip
            self.fields[f"when-{one.code}"].is_needed = True  # type: ignore[attr-defined]

    @property
    def when_boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("when-")]

    def when(self) -> tuple[When, ...]:
        """Of a question with no box ticked nothing is asked."""
        names = [name for name in self.fields if name.startswith("when-")]
        told = [(name.removeprefix("when-"), self.cleaned_data.get(name) or []) for name in names]
        return tuple(When(question=code, answers=tuple(given)) for code, given in told if given)


class QuestionForm(WhenForm):
    text = forms.CharField(label=gettext_lazy("Câu hỏi"), max_length=300)
    help = forms.CharField(
        label=gettext_lazy("Lời giải thích dưới câu hỏi"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, question: Question | None, after: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.question = question
        flow: FlowContent = self.content
        old = question.answers if question else ()
        self.initial = {"text": question.text, "help": question.help} if question else {}
        for row in range(self.row_count("answer", len(old), spare=1 if old else 2)):
            answer = old[row] if row < len(old) else None
            self.fields[f"answer-{row}-label"] = forms.CharField(
                label=_("Câu trả lời"), max_length=300, required=False, initial=answer.label if answer else ""
            )
            self.fields[f"answer-{row}-help"] = forms.CharField(
                label=_("Giải thích ngắn"), max_length=300, required=False, initial=answer.help if answer else ""
            )
        place = flow.questions.index(question) if question else len(flow.questions)
        self.add_when(flow.questions[:place], question.when if question else (), after)

    @property
    def answer_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("answer")

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.answers = self._answers()
        if len(self.answers) < 2:
            self.add_error("answer-0-label", _("Câu hỏi phải có ít nhất hai câu trả lời để chọn."))
        return self.cleaned_data

    def _answers(self) -> tuple[Answer, ...]:
        """An answer keeps its code while its row stays, so that conditions go on to fit."""
        old = self.question.answers if self.question else ()
        taken, found = {answer.code for answer in old}, []
        for row, cells in self.cells("answer"):
            if not (label := clean(cells.get("label") or "")):
                continue
            code = old[row].code if row < len(old) else code_from(label, taken, "chon")
            taken.add(code)
            found.append(Answer(code=code, label=label, help=clean(cells.get("help") or "")))
        return tuple(found)

    def made(self) -> Question:
        told = self.cleaned_data
        code = self.question.code if self.question else new_question_code(self.content, told["text"])
        return Question(
            code=code, text=clean(told["text"]), help="\n".join(lines_of(told["help"])), when=self.when(),
            answers=self.answers,
        )  # fmt: skip


class OutcomeForm(WhenForm):
    """A procedure by code or by words; when several fit, one is chosen from a list."""

    procedure = forms.CharField(
        label=gettext_lazy("Thủ tục"), max_length=200, help_text=gettext_lazy("Mã, hoặc vài chữ trong tên thủ tục"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    why = forms.CharField(
        label=gettext_lazy("Vì sao cần thủ tục này"), max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Người dân đọc câu này dưới tên thủ tục."),
    )  # fmt: skip

    def __init__(self, *args: Any, item: Outcome | None, after: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.item = item
        self.initial = {"procedure": item.procedure, "why": item.why} if item else {}
        self.add_when(self.content.questions, item.when if item else (), after)

    def clean_procedure(self) -> str:
        typed = clean(self.cleaned_data["procedure"])
        if procedure_or_none(typed) or (self.item and typed == self.item.procedure):
            return typed
        found = search_procedures(typed)[:MOST_FOUND]
        if len(found) == 1:
            return str(found[0].code)
        if not found:
            raise forms.ValidationError(_("Không có thủ tục nào như vậy trong danh mục. Xin thử ít chữ hơn."))
        choices = [(one.code, f"{one.name} ({one.code})") for one in found]
        self.fields["procedure"].widget = forms.Select(choices=[("", "–"), *choices])
        raise forms.ValidationError(_("Nhiều thủ tục có những chữ này, xin chọn một."))

    def made(self) -> Outcome:
        told = self.cleaned_data
        return Outcome(procedure=told["procedure"], why="\n".join(lines_of(told["why"])), when=self.when())


class AdviceForm(WhenForm):
    text = forms.CharField(label=gettext_lazy("Lời dặn"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, item: Advice | None, after: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.item = item
        self.initial = {"text": item.text} if item else {}
        self.add_when(self.content.questions, item.when if item else (), after)

    def made(self) -> Advice:
        return Advice(text="\n".join(lines_of(self.cleaned_data["text"])), when=self.when())
