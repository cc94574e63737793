"""The national portal's detail record (`{"code": "OK", "data": {…}}`) in our own shape."""

from collections.abc import Iterable
from typing import Any

from thanthien.procedures.enums import RecordKind
from thanthien.procedures.outside.limits import limit_of
from thanthien.procedures.outside.parts import case, channel, fee, paper_group, papers_in, step
from thanthien.procedures.outside.records import BadRecord, ProcedureRecord, filled, identity, sector_of
from thanthien.procedures.outside.values import (
    Raw,
    cleaned,
    day,
    flag,
    items,
    keys,
    leftovers,
    lines,
    mapping,
    named,
    text,
)

FLAGS = {
    "ward": "isWard", "province": "isProvince", "ministry": "isMinistry", "other_agency": "isOtherAgency",
    "undetermined": "isUndetermined", "vertical": "isVertical", "full_process": "isFullProcess",
    "shared_service": "isSharedService", "offline_only": "isOfflineOnly", "non_territorial": "isNonTerritorial",
    "internal": "isInternal",
}  # fmt: skip
# Our name of a body's part → departments, groups of units, and the line of text of the portal.
AGENCIES = {
    "executing": ("departmentsExecuting", "unitGroupsExecuting", "executingAgencies"),
    "delegated": ("departmentsAuthority", "unitGroupsAuthority", "delegatedAgencies"),
    "authorised": ("departmentsAuthorized", "unitGroupsAuthorized", "authorizedAgencies"),
    "coordinating": ("departmentsCoordinating", "unitGroupsCoordinating", "coordinatingAgencies"),
    "other": ("departmentDetails", "", ""),
}
# What no citizen and no officer needs: keys inside the portal, moments of its own bookkeeping, and names of things
# that stand beside them in words.
DROPPED = keys(
    "id codeNotation categoryIds serviceGroupIds legalBasisIds resultIds subjectTypeIds departmentExecutingIds "
    "departmentAuthorityIds departmentAuthorizedIds departmentCoordinatingIds unitGroupExecutingIds "
    "unitGroupAuthorityIds unitGroupAuthorizedIds unitGroupCoordinatingIds departmentPromulgateId createdAt updatedAt "
    "createdBy updatedBy"
)
TAKEN = keys(
    "code name description executionSteps executionMethods executionCases cases fees profileComponents decisionNo "
    "formalityTargetType targetObjects subjectTypesDetails formalityType state type note keywords categoriesDetails "
    "category serviceGroupsDetails legalBasisesDetails resultsDetails departmentPromulgateCode "
    "departmentPromulgateName dossierReceivingAddresses requirementsAndConditions procedureRelatedGroup "
    "procedureProposal returningMethods"
)
KNOWN = DROPPED | TAKEN | set(FLAGS.values()) | {key for theirs in AGENCIES.values() for key in theirs}


def record_of_detail(raw: Raw, source: str) -> ProcedureRecord:
    """Raises `BadRecord` when code or name is not there, or when nothing else is: that is half a record."""
    who = identity(raw)
    sectors = named([*items(raw.get("categoriesDetails")), *items(raw.get("category"))])
    content = filled(_process(raw) | _papers(raw) | _law(raw) | _about(raw) | {"sectors": sectors})
    if not any(content.get(part) for part in ("steps", "channels", "paper_groups")):
        raise BadRecord(f"Thủ tục {who['code']} không có trình tự, cách thức hay thành phần hồ sơ: bản ghi không đủ.")
    decision = content.get("decision", {})
    return ProcedureRecord(
        **who,
        kind=RecordKind.DETAIL.value,
        source=source,
        state=text(raw.get("state")).upper(),
        decided_on=decision.get("date") or decision.get("publication") or "",
        content=content,
        **sector_of(sectors),
        **limit_of(content),
    )


def _process(raw: Raw) -> dict[str, Any]:
    return {
        "description": lines(raw.get("description")),
        "steps": [part for part in map(step, items(raw.get("executionSteps"))) if any(part.values())],
        "channels": [channel(method) for method in items(raw.get("executionMethods"))],
        "fees": [fee(one) for one in items(raw.get("fees"))],
        "cases": _once(case(one) for one in items(raw.get("cases"))),
        "returns": [_returning(one) for one in items(raw.get("returningMethods"))],
    }


def _papers(raw: Raw) -> dict[str, Any]:
    groups = [paper_group(one) for one in items(raw.get("executionCases"))]
    if loose := papers_in(raw.get("profileComponents")):
        groups.append({"name": "", "kind": "", "papers": loose})
    return {"paper_groups": [group for group in groups if group["name"] or group["papers"]]}


def _law(raw: Raw) -> dict[str, Any]:
    proposal = mapping(raw.get("procedureProposal"))
    issuer = mapping(proposal.get("issuingAgency"))
    decision = {
        "number": text(proposal.get("proposalNumber")),
        "decision_number": text(proposal.get("decisionNumber")) or text(raw.get("decisionNo")),
        "date": day(proposal.get("decisionDate")),
        "agency": text(issuer.get("name")) or text(proposal.get("issuingAgency")),
        "publication": day(proposal.get("publicationDate")),
        "kind": text(proposal.get("proposalType")),
    }
    return {
        "legal_bases": named(items(raw.get("legalBasisesDetails"))),
        "results": named(items(raw.get("resultsDetails"))),
        "requirements": lines(raw.get("requirementsAndConditions")),
        "decision": filled(decision),
    }


def _about(raw: Raw) -> dict[str, Any]:
    audiences = [
        item for key in ("subjectTypesDetails", "formalityTargetType", "targetObjects") for item in items(raw.get(key))
    ]
    return {
        "audiences": named(audiences),
        "agencies": _agencies(raw),
        "flags": _flags(raw),
        "keywords": lines(raw.get("keywords")),
        "note": lines(raw.get("note")),
        "service_groups": [_service_group(one) for one in items(raw.get("serviceGroupsDetails"))],
        "related": cleaned(raw.get("procedureRelatedGroup")),
        "other": leftovers(raw, KNOWN),
    }


def _flags(raw: Raw) -> dict[str, Any]:
    flags: dict[str, Any] = {ours: flag(raw.get(theirs)) for ours, theirs in FLAGS.items()}
    return flags | {
        "state": text(raw.get("state")),
        "kind": text(raw.get("type")),
        "assignment": text(raw.get("formalityType")),
    }


def _agencies(raw: Raw) -> dict[str, Any]:
    found: dict[str, Any] = {ours: _bodies(raw, *keys) for ours, keys in AGENCIES.items()}
    found["promulgating"] = {
        "code": text(raw.get("departmentPromulgateCode")),
        "name": text(raw.get("departmentPromulgateName")),
    }
    found["receiving_address"] = lines(raw.get("dossierReceivingAddresses"))
    return {key: value for key, value in found.items() if value and value != {"code": "", "name": ""}}


def _bodies(raw: Raw, departments: str, groups: str, words: str) -> list[dict[str, str]]:
    """Departments and groups; the line of text only where it says something that they do not."""
    bodies = named([*items(raw.get(departments)), *items(raw.get(groups))])
    said = text(raw.get(words))
    rest = said
    for body in sorted(bodies, key=lambda body: -len(body["name"])):
        rest = rest.replace(body["name"], "") if body["name"] else rest
    return bodies if not rest.strip(" ,;.") else [*bodies, {"code": "", "name": said}]


def _returning(raw: Raw) -> dict[str, Any]:
    value = raw.get("value")
    ways = value if isinstance(value, list) else [value]
    return {
        "submitted": text(raw.get("type") or raw.get("name")).lower(),
        "ways": [text(way).lower() for way in ways if text(way)],
    }


def _service_group(raw: Raw) -> dict[str, str]:
    return {"name": text(raw.get("name")), "kind": text(raw.get("type")).lower()}


def _once(parts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each part once, in order."""
    found: list[dict[str, Any]] = []
    for part in parts:
        if part not in found:
            found.append(part)
    return found
