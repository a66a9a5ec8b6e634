"""Whether somebody who may see a school may also open the pages above it."""

from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org


def reaches_district(standing: Standing, district_id: int) -> bool:
    """Whoever may see the school and holds an office above schools may see its district; this asks no query."""
    kinds = {Org.Kind.REGION, Org.Kind.COUNTY}
    return standing.is_state_office or any(
        holding.org.pk == district_id or holding.org.kind in kinds for holding in standing.holdings
    )
