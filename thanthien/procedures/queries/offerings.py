"""What a unit offers, and the steps of its process."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404

from thanthien.core.prepared import Given, Prepared
from thanthien.procedures.enums import OnlineLevel
from thanthien.procedures.models import Offering, Procedure, ProcedureVersion, ProcessStep

if TYPE_CHECKING:
    from thanthien.organisation.models import Unit


def in_force(on: date | None) -> Q:
    """Rows of today (None), or of a day."""
    if on is None:
        return Q(valid_to=None)
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))


def offerings_of(unit: "Unit", on: date | None = None) -> QuerySet[Offering]:
    """The procedures that the unit offers today, or offered on that day, with procedure and sector, by sector and name.
    A row that was changed on its first day gives way to the one that followed it."""
    younger = Offering.objects.filter(in_force(on), unit=OuterRef("unit"), procedure=OuterRef("procedure"))
    rows = Offering.objects.filter(in_force(on), unit=unit).select_related("procedure__sector", "unit")
    if on is not None:
        rows = rows.filter(~Exists(younger.filter(pk__gt=OuterRef("pk"))))
    return rows.order_by("procedure__sector__name", "procedure__name", "pk")


def _public() -> QuerySet[Offering]:
    said = ProcedureVersion.objects.filter(procedure=OuterRef("procedure"), valid_to=None)
    rows = Offering.objects.filter(valid_to=None, unit=Given("unit")).select_related("procedure__sector", "unit")
    return rows.annotate(audiences=Subquery(said.values("content__audiences")[:1])).order_by("pk")


def _public_one() -> QuerySet[Offering]:
    rows = Offering.objects.filter(valid_to=None, unit=Given("unit"), procedure__code=Given("code"))
    return rows.select_related("procedure__sector", "unit").order_by()


_offered_publicly, _offered_under = Prepared(_public), Prepared(_public_one)


def offered_publicly(unit: "Unit") -> list[Offering]:
    """What the unit offers today, for the citizen's door: with procedure and sector, each with `audiences`, what the
    record in force says of who it is for (a list of {"code", "name"}, None where it says nothing). One statement."""
    return _offered_publicly.all(unit=unit.pk)


def offered_under(unit: "Unit", code: str) -> Offering | None:
    """What the unit offers today under the procedure's code, as `offering_for`: for the busiest pages."""
    return _offered_under.first(unit=unit.pk, code=code)


def offering_for(unit: "Unit", code: str, on: date | None = None) -> Offering | None:
    """What this unit offers under the procedure's code, or None."""
    return offerings_of(unit, on).filter(procedure__code=code).first()


def offerings_by_code(unit: "Unit", codes: Iterable[str]) -> QuerySet[Offering]:
    """What the unit offers today of these procedures."""
    return offerings_of(unit).filter(procedure__code__in=set(codes))


def offering_of(offering_id: int) -> Offering:
    """Any row, also an ended one, with unit and procedure; 404 when there is none."""
    return _one(Offering.objects.select_related("unit", "procedure__sector").filter(pk=offering_id))


def _offered_with_version() -> QuerySet[Procedure]:
    offered = FilteredRelation("offerings", condition=Q(offerings__pk=Given("pk")))
    version = FilteredRelation("versions", condition=Q(versions__valid_to=None))
    rows: Any = Procedure.objects.annotate(offered=offered, version=version).filter(offered__pk=Given("pk"))
    rows = rows.annotate(first_step=_first_step()).select_related("offered__unit", "version")
    return rows.defer("version__content").order_by()  # type: ignore[no-any-return]


def offering_with_version(offering_id: int) -> Any:
    """One statement: the offering with its `unit`, `procedure`, first step and, as `version`, the procedure's version
    in force (None without one). The version's `content` is not read before it is asked for. 404 without a row."""
    procedure: Any = _with_version.first(pk=offering_id)
    if procedure is None:
        raise Http404
    offering: Any = procedure.offered
    offering.procedure, offering.version = procedure, getattr(procedure, "version", None)
    if procedure.first_step:
        facts = procedure.first_step | {"amount": Decimal(str(procedure.first_step["amount"]))}
        offering.first_step = ProcessStep(offering=offering, **facts)
    return offering


def _first_step() -> Subquery:
    """The first step as one value: receiving a dossier then need not ask for it again."""
    names = ("pk", "position", "name", "role", "amount", "unit_id")
    steps = ProcessStep.objects.filter(offering=Given("pk")).order_by("position")
    return Subquery(steps.values(facts=JSONObject(**{name: name for name in names}))[:1])


_with_version = Prepared(_offered_with_version)


def _one(rows: QuerySet[Offering]) -> Offering:
    offering = rows.first()
    if offering is None:
        raise Http404
    return offering


# ---- the steps of its process ------------------------------------------------------------------------------
def steps_of(offering: Offering) -> list[ProcessStep]:
    """In order, each with the other agency that does it (None: the offering's own unit)."""
    return list(offering.steps.select_related("unit").order_by("position"))


def first_step_of(offering: Offering) -> ProcessStep | None:
    known = getattr(offering, "first_step", None)
    return known or offering.steps.select_related("unit").order_by("position").first()


def step_at(offering: Offering, position: int) -> ProcessStep | None:
    return offering.steps.filter(position=position).first()


def step_after(offering: Offering, position: int) -> ProcessStep | None:
    return offering.steps.filter(position__gt=position).order_by("position").first()


def step_before(offering: Offering, position: int) -> ProcessStep | None:
    return offering.steps.filter(position__lt=position).order_by(F("position").desc()).first()


def online_share_of(unit: "Unit") -> tuple[int, int]:
    """How many procedures the unit offers today, and how many of them wholly or partly online."""
    offered = Offering.objects.filter(unit=unit, valid_to=None)
    return offered.count(), offered.filter(online_level__in=(OnlineLevel.FULL, OnlineLevel.PARTIAL)).count()
