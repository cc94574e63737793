from thanthien.office.views.bulk import act_on_many, forget_list, keep_list, sign_for_many
from thanthien.office.views.counter import call_and_receive
from thanthien.office.views.desk import desk
from thanthien.office.views.find import find
from thanthien.office.views.numbers import figure_records, numbers
from thanthien.office.views.promises import promises
from thanthien.office.views.silence import silence
from thanthien.office.views.watch import hand_overs, waiting

__all__ = [
    "sign_for_many",
    "act_on_many",
    "call_and_receive",
    "desk",
    "figure_records",
    "find",
    "forget_list",
    "hand_overs",
    "keep_list",
    "numbers",
    "promises",
    "silence",
    "waiting",
]
