from thanthien.organisation.models.absence import Absence
from thanthien.organisation.models.calendar import Holiday, OpeningHours
from thanthien.organisation.models.staff import Post, SignInFailure, Staff
from thanthien.organisation.models.unit import Counter, Neighbourhood, Unit, UnitSuccession

__all__ = [
    "Absence",
    "Counter",
    "Holiday",
    "Neighbourhood",
    "OpeningHours",
    "Post",
    "SignInFailure",
    "Staff",
    "Unit",
    "UnitSuccession",
]
