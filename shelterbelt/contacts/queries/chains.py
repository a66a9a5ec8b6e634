"""Questions about chains: whom to call now, what is missing, how well the state can be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings as site
from django.utils import timezone

from shelterbelt.contacts import rules
from shelterbelt.contacts.defaults import settings
from shelterbelt.contacts.models import Break, Contact, SchoolHours
from shelterbelt.contacts.rules import chains, hours
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import district_of


@dataclass(frozen=True)
class Call:
    """A contact as it is to be tried: what holds of it now, and by which channels, the hastiest first."""

    contact: Contact
    state: str
    channels: tuple[tuple[str, str], ...]
    """Channel and address: voice, sms, email."""

    @property
    def for_delivery(self) -> tuple[tuple[str, str], ...]:
        """The same as the room `delivery` names channels: a voice is a call that somebody makes."""
        return tuple(("call" if channel == "voice" else channel, address) for channel, address in self.channels)

    @property
    def is_trusted(self) -> bool:
        """Confirmed, and lately."""
        return self.state == "confirmed"


def zone() -> ZoneInfo:
    """The state's wall clock."""
    return ZoneInfo(site.TIME_ZONE)


def state_of(contact: Contact, at: datetime) -> str:
    """The state that holds at a moment."""
    return rules.state_of(contact.status, contact.verified_at, at, settings().verified_for)


def is_red(contact: Contact, at: datetime) -> bool:
    """Whether somebody must look at it."""
    return rules.is_red(state_of(contact, at), contact.asked_at, at, settings())


def chain_of(org: Org | int) -> list[Contact]:
    """Everybody in an organisation's chain, in order, at whatever hours."""
    return list(Contact.objects.filter(org=org).in_use().in_order().select_related("person"))


def call_chain(org: Org, at: datetime) -> list[Call]:
    """Who is to be tried now, in the chain's order, each with its state and the channels that are left.

    Whoever is unconfirmed or stale is tried in their place, and shown red: an unsure number is better than none. Of
    whom an address came back, what else is known is tried last.
    """
    in_session = is_in_session(org, at)
    calls = [_call(one, at) for one in chain_of(org) if rules.answers_at(one.hours, in_session=in_session)]
    left = [call for call in calls if call.channels]
    return sorted(left, key=lambda call: call.state == "bounced")


def _call(contact: Contact, at: datetime) -> Call:
    state, addresses = state_of(contact, at), contact.addresses
    channels = chains.usable(addresses, dead=contact.dead_channels)
    return Call(contact, state, tuple((channel, addresses[channel]) for channel in channels))


def is_in_session(org: Org, at: datetime) -> bool:
    """Whether school is held there now. For agencies the usual school day counts: they have none of their own."""
    return timetable_of(org, timezone.localdate(at)).in_session(at, zone())


def timetable_of(org: Org, on: date) -> hours.Timetable:
    """The school's own hours and breaks, its district's, or the usual ones."""
    district = district_of(org, on) if org.kind == Org.Kind.SCHOOL else None
    places = [place.pk for place in (org, district) if place is not None]
    known = {each.org_id: each for each in SchoolHours.objects.filter(org__in=places)}
    own = next((known[place] for place in places if place in known), None)
    breaks = Break.objects.filter(org__in=places).values_list("first_on", "last_on")
    return hours.usual(
        settings(),
        opens_at=own.opens_at if own else None,
        closes_at=own.closes_at if own else None,
        breaks=breaks,
    )


@dataclass(frozen=True)
class Summary:
    """How a chain stands, in numbers."""

    contacts: int = 0
    confirmed: int = 0
    unconfirmed: int = 0
    stale: int = 0
    bounced: int = 0
    red: int = 0
    is_full: bool = False

    @property
    def wants_care(self) -> bool:
        """Whether its keeper has something to do."""
        return not self.is_full or self.confirmed < self.contacts


def summary_of(org: Org | int, at: datetime) -> Summary:
    """How one organisation's chain stands."""
    return summarised(chain_of(org), at)


def summarised(contacts: Iterable[Contact], at: datetime) -> Summary:
    """How a chain stands, from its contacts."""
    listed = [(one, state_of(one, at)) for one in contacts]
    states = [state for _, state in listed]
    confirmed = tuple(one.hours for one, state in listed if state == "confirmed")
    return Summary(
        contacts=len(listed),
        confirmed=len(confirmed),
        unconfirmed=states.count("unconfirmed"),
        stale=states.count("stale"),
        bounced=states.count("bounced"),
        red=sum(rules.is_red(state, one.asked_at, at, settings()) for one, state in listed),
        is_full=rules.is_full(rules.Chain(confirmed), settings()),
    )


def summaries_of(orgs: Iterable[int], at: datetime) -> dict[int, Summary]:
    """How many chains stand, in one question; an organisation without a contact isn't in it."""
    chains_by_org: dict[int, list[Contact]] = {}
    for one in Contact.objects.filter(org__in=list(orgs)).in_use().in_order():
        chains_by_org.setdefault(one.org_id, []).append(one)
    return {org: summarised(contacts, at) for org, contacts in chains_by_org.items()}


def days_verified() -> int:
    """For how many days a yes holds."""
    return settings().verified_for.days


def days_link_works() -> int:
    """For how many days the link in a message works."""
    return settings().link_works.days
