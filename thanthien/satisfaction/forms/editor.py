"""The editor of a questionnaire: a row for each question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thanthien.satisfaction.enums import Channel, Element, Look, Topic
from thanthien.satisfaction.rules.surveys import MOST_OPTIONS, built_in_scales

NONE = [("", "–")]
AS_IT_IS = ""
MORE_ROWS = 2


class SurveyForm(forms.Form):
    title = forms.CharField(label=_("Tên in trên phiếu"), max_length=200)
    intro = forms.CharField(
        label=_("Lời mở đầu"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    thanks = forms.CharField(
        label=_("Lời cảm ơn"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    channels = forms.MultipleChoiceField(
        label=_("Dùng phiếu này cho"), choices=Channel.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Đã sửa gì, vì sao"), max_length=300, help_text=_("Để người sau hiểu. Phiếu đã trả lời giữ bản cũ.")
    )


class QuestionForm(forms.Form):
    key = forms.CharField(label=_("Mã câu"), max_length=40)
    text = forms.CharField(label=_("Câu hỏi"), max_length=500)
    text_en = forms.CharField(label=_("Câu hỏi bằng tiếng Anh"), max_length=500, required=False)
    scale = forms.ChoiceField(label=_("Thang đánh giá"), required=False)
    element = forms.ChoiceField(label=_("Yếu tố SIPAS"), choices=NONE + Element.choices, required=False)
    topic = forms.ChoiceField(label=_("Nội dung NĐ 61/2018"), choices=NONE + Topic.choices, required=False)
    required = forms.BooleanField(label=_("phải trả lời"), required=False)
    overall = forms.BooleanField(label=_("câu hỏi chung"), required=False)
    remove = forms.BooleanField(label=_("bỏ câu này"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        scales = [(code, scale["name"]) for code, scale in built_in_scales().items()]
        self.fields["scale"].choices = [(AS_IT_IS, _("thang riêng, như đang dùng")), *scales]  # type: ignore[attr-defined]


Questions = forms.formset_factory(QuestionForm, extra=MORE_ROWS, max_num=40, absolute_max=60)


class ScaleForm(forms.Form):
    """A question's own scale; its levels are rows of `Levels`, the best first."""

    look = forms.ChoiceField(label=_("Cách hiện"), choices=Look.choices)
    for_all = forms.BooleanField(label=_("Dùng thang này cho mọi câu của phiếu"), required=False)
    note = SurveyForm.base_fields["note"]


class LevelForm(forms.Form):
    quiet = True
    label = forms.CharField(label=_("Lời của mức"), max_length=120, required=False)
    label_en = forms.CharField(label=_("Bằng tiếng Anh"), max_length=120, required=False)
    is_satisfied = forms.BooleanField(label=_("là hài lòng"), required=False)


Levels = forms.formset_factory(LevelForm, extra=MORE_ROWS, max_num=MOST_OPTIONS, absolute_max=MOST_OPTIONS)


def levels_of(question: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """How the scale of a question looks, and a row for each level."""
    scale = built_in_scales().get(question.get("scale", ""), question)
    rows = [one | {"label": one["label"]["vi"], "label_en": one["label"].get("en", "")} for one in scale["options"]]
    return scale["look"], rows


def with_scale(content: dict[str, Any], key: str, form: ScaleForm, rows: Any) -> dict[str, Any]:
    """The content in which this question, or each, has the scale that was typed; empty rows are left out."""
    look, typed = form.cleaned_data["look"], [row.cleaned_data for row in rows if row.cleaned_data.get("label")]
    options = [
        {
            "value": len(typed) - place, "label": {"vi": one["label"], "en": one["label_en"]},
            "is_satisfied": one["is_satisfied"], "sign": _sign(place, one["is_satisfied"]),
        }
        for place, one in enumerate(typed)
    ]  # fmt: skip
    own = {"scale": "", "look": look, "options": options}
    meant = [one | own if form.cleaned_data["for_all"] or one["key"] == key else one for one in content["questions"]]
    return content | {"questions": meant}


def _sign(place: int, is_satisfied: bool) -> str:
    """The face of a level: laughing for the best, smiling for what is satisfied too."""
    return ("emoji-smile" if place else "emoji-laughing") if is_satisfied else "emoji-frown"


def initial_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """A row for each question there is."""
    return [
        one | {"text": one["text"]["vi"], "text_en": one["text"].get("en", ""), "scale": one.get("scale", AS_IT_IS)}
        for one in content["questions"]
    ]


def content_from(form: SurveyForm, rows: Any, before: dict[str, Any]) -> dict[str, Any]:
    """What was typed as a content that `rules.surveys.checked_content` judges. What the editor does not show (own
    scales, reasons, English of the frame) stays as it was."""
    old = {one["key"]: one for one in before["questions"]}
    typed = [row.cleaned_data for row in rows if row.cleaned_data and not row.cleaned_data.get("remove")]
    words = {name: before.get(name, {}) | {"vi": form.cleaned_data[name]} for name in ("title", "intro", "thanks")}
    for name, text in words.items():
        if text["vi"] != (before.get(name) or {}).get("vi"):
            text.pop("en", None)  # a translation of other words would be wrong
    return words | {
        "questions": [_question(row, old.get(row["key"], {})) for row in typed],
        "reasons": before.get("reasons", []),
    }


def _question(row: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    scale = (
        {"scale": row["scale"]} if row["scale"] else {name: old[name] for name in ("look", "options") if name in old}
    )
    kept = {name: row[name] for name in ("key", "element", "topic", "required", "overall")}
    return kept | scale | {"text": {"vi": row["text"], "en": row["text_en"]}}
