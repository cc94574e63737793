from thanthien.satisfaction.actions.answering import (
    About,
    Filled,
    about,
    answer_at_counter,
    answer_for_drawn,
    answer_freely,
    answer_invitation,
    answer_invited,
    note_call,
    type_slip,
)
from thanthien.satisfaction.actions.assessing import answer_remark, assess, note_seen, remark
from thanthien.satisfaction.actions.campaigns import Plan, close_campaign, draw_sample, plan_campaign
from thanthien.satisfaction.actions.inviting import invite_after_result
from thanthien.satisfaction.actions.settling import Contact, Found, give_to, settle, tell_dossier
from thanthien.satisfaction.actions.surveys import (
    change_survey,
    copy_survey,
    import_survey,
    install_built_in_surveys,
    set_active,
)
from thanthien.satisfaction.actions.tablets import (
    forget_turns,
    make_device,
    revoke_device,
    wake_for_dossier,
    wake_for_ticket,
)

__all__ = [
    "About", "Contact", "Filled", "Found", "Plan", "about", "answer_at_counter", "answer_for_drawn", "answer_freely",
    "answer_invitation", "answer_invited", "answer_remark", "assess", "change_survey", "close_campaign", "copy_survey",
    "draw_sample", "forget_turns", "give_to", "import_survey", "install_built_in_surveys", "invite_after_result",
    "make_device", "note_call", "note_seen", "plan_campaign", "remark", "revoke_device", "set_active", "settle",
    "tell_dossier", "type_slip", "wake_for_dossier", "wake_for_ticket",
]  # fmt: skip
