"""The internal process of an offering. Its rows never change: a changed process is a new offering."""

from thanthien.procedures.models import Offering, ProcessStep


def steps_of(offering: Offering) -> list[ProcessStep]:
    """The steps in order, each with its unit (None: the offering's own), in one statement."""
    return list(ProcessStep.objects.filter(offering=offering.pk).select_related("unit").order_by("position"))


def first_step_of(offering: Offering) -> ProcessStep:
    return steps_of(offering)[0]


def step_at(offering: Offering, position: int) -> ProcessStep:
    return next(step for step in steps_of(offering) if step.position == position)


def step_after(offering: Offering, position: int) -> ProcessStep | None:
    return next((step for step in steps_of(offering) if step.position > position), None)


def step_before(offering: Offering, position: int) -> ProcessStep | None:
    return next((step for step in reversed(steps_of(offering)) if step.position < position), None)
