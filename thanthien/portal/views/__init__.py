from thanthien.portal.views.figures import figure, figures
from thanthien.portal.views.home import home, language
from thanthien.portal.views.procedures import procedure, procedures
from thanthien.portal.views.track import result, state, track, tracking

__all__ = [
    "figure",
    "figures",
    "home",
    "language",
    "procedure",
    "procedures",
    "result",
    "state",
    "track",
    "tracking",
]
