"""Where a person's offices lead them."""

from dataclasses import dataclass

from shelterbelt.access.standing import Holding, Standing
from shelterbelt.home.addresses import reverse_or_none
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, StandIn
from shelterbelt.people.policy import may_act_for
from shelterbelt.people.queries import stood_in_by

AT_THE_DESK = frozenset({"tip_analyst", "tip_supervisor"})
"""Hold their office at the state, yet aren't the state office: the tip desk is their page."""


@dataclass(frozen=True)
class Place:
    """One organisation somebody serves, in which offices, and the address of its page."""

    org: Org
    offices: tuple[str, ...]
    address: str | None
    is_tip_desk: bool


def starting_places(standing: Standing) -> list[Place]:
    """Every place a person serves, in the order of their appointments; offices at the same place stand together."""
    together: dict[tuple[int, bool], list[Holding]] = {}
    for holding in standing.holdings:
        together.setdefault((holding.org.pk, holding.office in AT_THE_DESK), []).append(holding)
    return [_place(holdings, at_desk=at_desk) for (_org, at_desk), holdings in together.items()]


def offers_to_act(standing: Standing) -> list[StandIn]:
    """In whose office they could act today; nothing while they do."""
    if standing.acting_for is not None:
        return []
    return [one for one in stood_in_by(standing.person, standing.today) if may_act_for(standing, one) is None]


def _place(holdings: list[Holding], *, at_desk: bool) -> Place:
    org = holdings[0].org
    offices = tuple(str(Appointment.Office(holding.office).label) for holding in holdings)
    return Place(org, offices, reverse_or_none("tips:queue") if at_desk else page_of(org), at_desk)


def page_of(org: Org) -> str | None:
    """The address of an organisation's workspace. The state's page has none of its own: there is one state."""
    if org.kind == Org.Kind.STATE:
        return reverse_or_none("home:state")
    return reverse_or_none(f"home:{org.kind}", org.pk)
