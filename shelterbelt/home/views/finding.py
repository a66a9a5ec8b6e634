"""Finds what an address names: the state, an organisation, an output."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shelterbelt.access.standing import PersonRequest, Standing
from shelterbelt.core.text import key_in
from shelterbelt.home.looking import Look
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.policy import counts_closed
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from shelterbelt.strategy.model import Output

GROUPS = (Org.Kind.STATE, Org.Kind.REGION, Org.Kind.COUNTY, Org.Kind.DISTRICT)


def state_of(standing: Standing) -> Org:
    """The state whose office somebody holds."""
    return next(holding.org for holding in standing.holdings if holding.office == "state_office")


def output_named(output_id: str) -> Output:
    """An output of the plan by its number."""
    try:
        return current().output(output_id.upper())
    except KeyError as error:
        raise Http404(_("The plan has no output %(number)s.") % {"number": output_id}) from error


def group_named(key: str, standing: Standing) -> Org:
    """The organisation named in an address, or the one somebody starts from: the state for its office."""
    if key:
        return get_object_or_404(Org.objects.select_related("state"), pk=key_in(key), kind__in=GROUPS)
    if standing.is_state_office:
        return state_of(standing)
    for holding in standing.holdings:
        if holding.org.kind in GROUPS:
            return holding.org
    raise Http404(_("Choose a district, county or region first."))


def state_around(org: Org) -> Org:
    """The state an organisation lies in."""
    if org.kind == Org.Kind.STATE:
        return org
    if org.state is None:
        raise Http404
    return org.state


def figures_for(request: PersonRequest, org: Org, look: Look) -> Measured:
    """The figures that a reader may see at a school or district, without the trend's years."""
    closed = counts_closed(request.standing, org)
    return Measured(state_around(org), request.today, as_of=look.as_of, closed=closed)
