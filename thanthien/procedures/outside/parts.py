"""The parts of a detail record: steps, channels with time and fees, papers, cases."""

from typing import Any

from thanthien.core.text import plain
from thanthien.procedures.enums import Channel
from thanthien.procedures.outside.values import Raw, flag, items, leftovers, lines, mapping, number, quantity, text

CHANNELS = {"DIRECT": Channel.COUNTER, "ONLINE": Channel.ONLINE, "POSTAL": Channel.POST}
PAPER = (
    "id profileComponentId originalQty copyQty required hasElectronicForm isProcessingResult name code attachments "
    "source"
)
CURRENCIES = {"viet nam dong": "VND", "vnd": "VND", "dong": "VND", "usd": "USD"}


def step(raw: Raw) -> dict[str, Any]:
    """{"name", "text"}; both may be empty."""
    return {
        "name": text(raw.get("name")),
        "text": lines(raw.get("description")),
        **_other(raw, "id name description order"),
    }


def channel(raw: Raw) -> dict[str, Any]:
    """One row of the portal: a channel may have several, one for each case."""
    way = text(raw.get("submissionMethod")).upper()
    known = "id submissionMethod processingTime processingTimeUnit description fees"
    return {
        "channel": CHANNELS[way].value if way in CHANNELS else way.lower(),
        "time": time(raw.get("processingTime"), raw.get("processingTimeUnit")),
        "fees": [fee(one) for one in items(raw.get("fees"))],
        "text": lines(raw.get("description")),
        **_other(raw, known),
    }


def time(amount: Any, unit: Any) -> dict[str, Any]:
    """{"amount": decimal string or None, "unit": working_day, day, hour, month, other, …, "text": what is prose}."""
    value = number(amount)
    return {"amount": value, "unit": text(unit).lower(), "text": lines(amount) if value is None else ""}


def fee(raw: Raw) -> dict[str, Any]:
    """`amount` is None where the fee is only told in words."""
    currency, amount = text(raw.get("currencyName")), number(raw.get("value"))
    said = [lines(raw.get("description")), lines(raw.get("value")) if amount is None else "", lines(raw.get("name"))]
    known = "id name type value currencyId currencyName attachment description"
    return {
        "kind": text(raw.get("type")).lower(),
        "amount": amount,
        "currency": CURRENCIES.get(plain(currency), currency),
        "text": "\n".join(filter(None, said)),
        "attachment": attachment(mapping(raw.get("attachment"))),
        **_other(raw, known),
    }


def attachment(raw: Raw) -> dict[str, str] | None:
    """A file of the portal: its name and where it lies there."""
    name = text(raw.get("fileName") or raw.get("name"))
    path = text(raw.get("filePath") or raw.get("fileId") or raw.get("id"))
    return {"name": name, "path": path} if name or path else None


def paper_group(raw: Raw) -> dict[str, Any]:
    """A heading with its papers. `kind`: "submit", "show" (only presented), "note" (advice, no paper), or ""."""
    name = text(raw.get("name"))
    return {
        "name": name,
        "kind": _kind_of_group(plain(name)),
        "papers": papers_in(raw.get("profileComponents")),
        **_other(raw, "id name profileComponents"),
    }


def _kind_of_group(name: str) -> str:
    if name.strip(" *:-.").startswith("luu y"):
        return "note"
    if "xuat trinh" in name:
        return "show"
    return "submit" if "phai nop" in name else ""


def papers_in(raw: Any) -> list[dict[str, Any]]:
    """The papers, the same line only once."""
    papers: list[dict[str, Any]] = []
    for one in map(_paper, items(raw)):
        if one not in papers:
            papers.append(one)
    return papers


def _paper(raw: Raw) -> dict[str, Any]:
    forms = [form for one in items(raw.get("attachments")) if (form := attachment(one))]
    return {
        "code": text(raw.get("code")),
        "name": text(raw.get("name")),
        "originals": quantity(raw.get("originalQty")),
        "copies": quantity(raw.get("copyQty")),
        "required": flag(raw.get("required")),
        "electronic_form": flag(raw.get("hasElectronicForm")),
        "is_result": flag(raw.get("isProcessingResult")),
        "forms": forms,
        "source": lines(raw.get("source")),
        **_other(raw, PAPER),
    }


def case(raw: Raw) -> dict[str, Any]:
    """A case (trường hợp) of the procedure with a time of its own."""
    limit = mapping(raw.get("processingDay"))
    return {
        "code": text(raw.get("code")),
        "name": text(raw.get("name")),
        "time": time(limit.get("qty"), limit.get("type")),
        "papers": papers_in(raw.get("profileComponents")),
        **_other(raw, "id name code processingDay profileComponents"),
    }


def _other(raw: Raw, known: str) -> dict[str, Any]:
    other = leftovers(raw, known.split())
    return {"other": other} if other else {}
