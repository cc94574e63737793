from thanthien.portal.views.figures import figure, figures
from thanthien.portal.views.home import guide, home, language
from thanthien.portal.views.mine import leave, mine, prove
from thanthien.portal.views.procedures import procedure, procedures
from thanthien.portal.views.track import result, state, track, tracking

__all__ = [
    "figure",
    "figures",
    "guide",
    "home",
    "language",
    "leave",
    "mine",
    "procedure",
    "procedures",
    "prove",
    "result",
    "state",
    "track",
    "tracking",
]
