from thanthien.declarations.forms.importing import ImportForm
from thanthien.declarations.forms.parts import FrameForm, GroupOfFieldsForm, KeepTestForm, PublishForm
from thanthien.declarations.forms.question import QuestionForm
from thanthien.declarations.forms.rule import RuleForm

__all__ = [
    "FrameForm",
    "GroupOfFieldsForm",
    "ImportForm",
    "KeepTestForm",
    "PublishForm",
    "QuestionForm",
    "RuleForm",
]
