from thanthien.guidance.forms.editing import AdviceForm, FrameForm, KeepTestForm, OutcomeForm, QuestionForm
from thanthien.guidance.forms.importing import ImportForm

__all__ = ["AdviceForm", "FrameForm", "ImportForm", "KeepTestForm", "OutcomeForm", "QuestionForm"]
