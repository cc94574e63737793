from thanthien.organisation.forms.absences import AbsenceForm, said_of
from thanthien.organisation.forms.calendar import HolidayForm, WeekForm, show_intervals
from thanthien.organisation.forms.sign_in import SignInForm
from thanthien.organisation.forms.staff import ChoosePasswordForm, FirstPostForm, PasswordForm, PostForm, StaffForm
from thanthien.organisation.forms.units import (
    CloseUnitForm,
    CounterForm,
    NeighbourhoodForm,
    SuccessionForm,
    UnitForm,
)

__all__ = [
    "AbsenceForm",
    "said_of",
    "ChoosePasswordForm",
    "CloseUnitForm",
    "CounterForm",
    "FirstPostForm",
    "HolidayForm",
    "NeighbourhoodForm",
    "PasswordForm",
    "PostForm",
    "SignInForm",
    "StaffForm",
    "SuccessionForm",
    "UnitForm",
    "WeekForm",
    "show_intervals",
]
