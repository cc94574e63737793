"""What the demonstration ward offers: terms cut below the law's, with the process of each."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from thanthien.core.working_time import PausePolicy, TimeUnit
from thanthien.declarations.actions import Step, change_draft, load_starting_forms
from thanthien.declarations.queries import working_on
from thanthien.guidance.actions import load_starting_flows
from thanthien.organisation.enums import Role
from thanthien.procedures.actions import import_starting_catalogue, offer_procedure, set_version_policy
from thanthien.procedures.queries import procedure_for, suggested_steps, suggested_terms, version_in_force
from thanthien.procedures.rules import StepDraft

BIRTH, MARRIAGE, DEATH = "1.001193", "1.000894", "1.000656"
MARITAL_STATUS, EXTRACT, CERTIFIED_COPY, SIGNATURE = "1.004873", "2.000635", "2.000815", "2.000884"
BUILDING, HOUSE_NUMBER, DISABILITY, FUNERAL = "1.013225", "1.009141", "1.001653", "1.001731"
RESIDENCE, JOINT_BIRTH, CORRECTION, SHOP = "1.004194", "2.000986", "1.004859", "1.001612"

# code: committed amount when it is shorter than the law's, key to press at the counter
OFFERED: dict[str, tuple[str | None, str]] = {
    BIRTH: (None, "1"), DEATH: (None, "2"), MARRIAGE: (None, "3"), CERTIFIED_COPY: (None, "4"), EXTRACT: (None, "5"),
    MARITAL_STATUS: ("2", "6"), BUILDING: (None, "7"), SHOP: ("2", "8"), RESIDENCE: (None, "9"), SIGNATURE: (None, ""),
    HOUSE_NUMBER: ("2", ""), DISABILITY: ("3", ""), FUNERAL: ("3", ""), JOINT_BIRTH: ("10", ""), CORRECTION: ("2", ""),
}  # fmt: skip
IMMEDIATE = (CERTIFIED_COPY, SIGNATURE)
# Where the law lets the clock stand while another agency answers.
AGENCY_BASIS = {MARITAL_STATUS: "Nghị định 123/2015/NĐ-CP, Điều 22 khoản 4"}


def make_catalogue(places: Any, *, at: datetime) -> dict[str, Any]:
    """Offers the procedures in the ward (and three of them in the neighbouring commune); answers them by code."""
    import_starting_catalogue(by="thanthien demo", at=at)
    load_starting_forms(by="thanthien demo", at=at)
    load_starting_flows(by="thanthien demo", at=at)
    admin = places.staff["quantrihethong"]
    for code in IMMEDIATE:
        version = version_in_force(procedure_for(code))
        set_version_policy(version, supplement_policy=PausePolicy.RESTART, is_immediate=True, by=admin, at=at)
    version = version_in_force(procedure_for(SHOP))
    set_version_policy(version, supplement_policy=PausePolicy.PAUSE, is_immediate=False, by=admin, at=at)
    for code in (BIRTH, MARITAL_STATUS, CERTIFIED_COPY):
        _offer(places.neighbour, code, None, "", places=places, at=at)
    _begin_a_draft(admin, at=at)
    return {code: _offer(places.ward, code, *terms, places=places, at=at) for code, terms in OFFERED.items()}


def _begin_a_draft(admin: Any, *, at: datetime) -> None:
    """Somebody is changing the form of certified copies: one step that can be looked at, undone or published."""
    working = working_on(admin, CERTIFIED_COPY)
    group = replace(working.content.groups[0], help="Ghi theo thẻ căn cước.")
    content = replace(working.content, groups=(group, *working.content.groups[1:]))
    step = Step(content, f"sửa nhóm «{group.title}».", working.token)
    change_draft(working.form, step, by=admin, at=at)


def _offer(unit: Any, code: str, amount: str | None, shortcut: str, *, places: Any, at: datetime) -> Any:
    procedure = procedure_for(code)
    terms = replace(suggested_terms(version_in_force(procedure)), shortcut=shortcut)
    terms = replace(terms, agency_basis=AGENCY_BASIS.get(code, ""))
    if amount:
        terms = replace(terms, committed_amount=Decimal(amount), committed_unit=TimeUnit.WORKING_DAY)
    steps = suggested_steps(terms.committed)
    if code == JOINT_BIRTH:
        steps = _joint_steps(places)
    if terms.is_tracked_only:
        steps = _tracked_steps(terms.committed_amount, places)
    return offer_procedure(unit, procedure, terms, steps, by=places.staff["quantrihethong"], at=at)


def _joint_steps(places: Any) -> list[StepDraft]:
    """Liên thông: birth certificate at the ward, residence at the police, health card at the insurance office."""
    return [
        _step("Tiếp nhận hồ sơ", Role.RECEPTION, Decimal("0.5")),
        _step("Đăng ký khai sinh", Role.SPECIALIST, Decimal("1")),
        _step("Ký Giấy khai sinh", Role.LEADER, Decimal("0.5")),
        _step("Đăng ký thường trú cho trẻ", Role.SPECIALIST, Decimal("4"), places.police),
        _step("Cấp thẻ bảo hiểm y tế", Role.SPECIALIST, Decimal("3"), places.insurance),
        _step("Tập hợp kết quả", Role.CLERK, Decimal("1")),
    ]


def _tracked_steps(amount: Decimal, places: Any) -> list[StepDraft]:
    """Residence is decided by the police; the ward receives, follows and gives the result out."""
    first = amount / 10
    return [
        _step("Tiếp nhận, chuyển Công an", Role.RECEPTION, first),
        _step("Giải quyết tại Công an", Role.SPECIALIST, amount - first, places.police),
    ]


def _step(name: str, role: Role, amount: Decimal, unit: Any = None) -> StepDraft:
    return StepDraft(name=name, role=role.value, amount=amount, unit=unit)
