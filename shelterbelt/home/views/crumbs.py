"""The way back from an overview: the state, the organisation, the output."""

from django.urls import reverse
from django.utils.translation import gettext as _

from shelterbelt.access.standing import Standing
from shelterbelt.home.addresses import reverse_or_none
from shelterbelt.home.looking import Look
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output

Crumbs = list[tuple[str, str]]
_PAGES = {Org.Kind.REGION: "home:region", Org.Kind.COUNTY: "home:region", Org.Kind.DISTRICT: "home:district"}


def to_state(standing: Standing, look: Look) -> Crumbs:
    """The state's page, for its office."""
    return [(_("The state"), f"{reverse('home:state')}?{look.query}")] if standing.is_state_office else []


def to_org(standing: Standing, look: Look, org: Org) -> Crumbs:
    """The page of a region, county or district, after the state's."""
    page = _PAGES.get(Org.Kind(org.kind))
    address = reverse_or_none(page, org.pk) if page else None
    own = [(org.name, f"{address}?{look.query}")] if address else []
    return [*to_state(standing, look), *own]


def to_output(standing: Standing, look: Look, org: Org, output: Output) -> Crumbs:
    """An output's page, after that of its organisation."""
    address = f"{reverse('home:output', args=[output.id])}?{look.query}&within={org.pk}"
    return [*to_org(standing, look, org), (output.id, address)]


def ending(crumbs: Crumbs, name: str) -> Crumbs:
    """The way with the page itself at its end; none where there is nothing before it."""
    return [*crumbs, (name, "")] if crumbs else []


def on_itself(crumbs: Crumbs) -> Crumbs:
    """The last page of the way is the one being looked at."""
    return ending(crumbs[:-1], crumbs[-1][0]) if crumbs else []
