"""Enterprises, household businesses and other organisations that file."""

from django.db.models import Q

from thanthien.core.text import plain
from thanthien.people.models import Business, Person

TOLD = ("tax_code", "representative", "address", "phone", "email")


def remember_business(name: str, tax_code: str = "", *, representative: Person | None = None, **told: str) -> Business:
    """The record of this organisation, found by tax code, else (without one) by the same name; nothing is blanked.

    `told`: address, phone, email, already cleaned. Two statements at most; a twin request updates the same row.
    """
    facts = {"tax_code": tax_code, "representative": representative, **told}
    facts = {field: value for field, value in facts.items() if value and field in TOLD}
    business = _known(name, tax_code)
    if business is None:
        return _insert(name, facts)
    changed = {field: value for field, value in facts.items() if getattr(business, field) != value}
    for field, value in changed.items():
        setattr(business, field, value)
    if changed:
        business.save(update_fields=list(changed))
    return business


def _known(name: str, tax_code: str) -> Business | None:
    same_name = Q(plain_name=plain(name)) & (Q(tax_code=None) if tax_code else Q())
    wanted = same_name | Q(tax_code=tax_code) if tax_code else same_name
    found = Business.objects.filter(wanted).select_related("representative").order_by("pk")[:20]
    return min(found, key=lambda business: (business.tax_code != tax_code, business.pk), default=None)


def _insert(name: str, facts: dict[str, object]) -> Business:
    business = Business(name=name, plain_name=plain(name), **facts)
    if not business.tax_code:
        business.save(force_insert=True)
        return business
    [business] = Business.objects.bulk_create(
        [business],
        update_conflicts=True,
        unique_fields=["tax_code"],
        update_fields=["name", "plain_name", *(field for field in facts if field != "tax_code")],
    )
    return business
