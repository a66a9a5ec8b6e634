"""Finds a school by the code that a service knows it by."""

from shelterbelt.orgs.models import Identifier, Org

SCHEMES = (Identifier.Scheme.NCES_SCHOOL, Identifier.Scheme.STATE_BUILDING, Identifier.Scheme.NCES_PRIVATE)


def school_with_code(state: Org, code: str) -> Org | None:
    """The one open or closed school of a state with this NCES id or building code; None if none or several have it."""
    rows = Identifier.objects.filter(scheme__in=SCHEMES, value=code, org__kind=Org.Kind.SCHOOL, org__state=state)
    found = list(rows.select_related("org")[:2])
    return found[0].org if len(found) == 1 else None
