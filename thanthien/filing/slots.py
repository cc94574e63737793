"""What online filing adds to the house: the way to it, the citizen's deeds, what the officer should know, a figure."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from thanthien.core.figures import Figure, Scope, Value, register
from thanthien.core.navigation import Entry, add
from thanthien.core.rules import allows
from thanthien.core.slots import fills
from thanthien.dossiers.enums import Status
from thanthien.dossiers.rules import check_can_choose_way_back, check_can_take_back
from thanthien.filing.queries import filing_about, offer_online
from thanthien.filing.queries.assisted import alone_in, filed_in, filing_record, helped_in
from thanthien.procedures.enums import Channel


@fills("portal.procedure")
def way_to_filing(request: HttpRequest, offering: Any) -> str:
    return render_to_string("filing/_way_in.html", {"offering": offering}, request) if offer_online(offering) else ""


@fills("portal.tracking")
def deeds_of_the_citizen(request: HttpRequest, dossier: Any) -> str:
    names = {
        "dossier": dossier,
        "may_answer": dossier.status == Status.SUPPLEMENT,
        "may_choose": allows(check_can_choose_way_back, dossier),
        "may_withdraw": allows(check_can_take_back, dossier),
        "is_online": dossier.channel == Channel.ONLINE,
    }
    return render_to_string("filing/_deeds.html", names, request) if any(list(names.values())[1:]) else ""


@fills("dossier.detail")
def how_it_was_filed(request: HttpRequest, dossier: Any) -> str:
    """Nothing is asked of the database for what came in at the counter and was never completed online."""
    if dossier.channel != Channel.ONLINE and not hasattr(dossier, "supplement"):
        return ""
    told = filing_about(dossier.pk)
    return (
        render_to_string("filing/_how_filed.html", {"told": told, "dossier": dossier}, request) if told.filings else ""
    )


def _share(records: Any) -> Any:
    def compute(scope: Scope) -> Value:
        return Value(records(scope).count(), filed_in(scope).count())

    return compute


register(Figure(
    code="filing.online", label=_("hồ sơ nộp trực tuyến"),
    definition=_("Hồ sơ nộp trực tuyến trong kỳ, kể cả chưa được tiếp nhận."),
    compute=lambda scope: Value(filed_in(scope).count()), records=filed_in, public=True, record=filing_record,
))  # fmt: skip
register(Figure(
    code="filing.alone", label=_("tự nộp trực tuyến"),
    definition=_("Hồ sơ nộp trực tuyến trong kỳ mà không có cán bộ giúp; cơ sở là mọi hồ sơ nộp trực tuyến."),
    compute=_share(alone_in), records=alone_in, public=True, record=filing_record,
))  # fmt: skip
register(Figure(
    code="filing.helped", label=_("nộp trực tuyến có cán bộ giúp"),
    definition=_("Hồ sơ nộp trực tuyến trong kỳ có cán bộ giúp; cơ sở là mọi hồ sơ nộp trực tuyến."),
    compute=_share(helped_in), records=helped_in, public=True, record=filing_record,
))  # fmt: skip
add(
    Entry(
        label=_("Giúp nộp trực tuyến"), url_name="filing:assisted", icon="people", group=_("Nhìn lại"), order=240,
    )
)  # fmt: skip
