"""Questions about providers: whose addresses they speak for, whom they reach, whom they bind."""

from datetime import date

from django.db.models import QuerySet

from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import schools_of
from shelterbelt.people.federation.models import ClaimedDomain, IdentityProvider, RefusedSignIn
from shelterbelt.people.federation.rules import CONNECTED_BY, domain_of, may_be_vouched_for
from shelterbelt.people.models import Appointment, Person, StandIn

SHOWN_REFUSALS = 20


def providers_of(org: Org) -> QuerySet[IdentityProvider]:
    """The providers an organisation has connected, the latest first."""
    return IdentityProvider.objects.filter(org=org).select_related("org").order_by("-added_at", "-pk")


def all_providers() -> QuerySet[IdentityProvider]:
    """Every provider, by the name of its organisation."""
    return IdentityProvider.objects.select_related("org").order_by("org__name", "pk")


def waiting_claims() -> QuerySet[ClaimedDomain]:
    """Domains that the state has to decide, the oldest claim first."""
    return ClaimedDomain.objects.waiting().select_related("org", "provider", "claimed_by").order_by("claimed_at", "pk")


def rival_claims(claim: ClaimedDomain) -> QuerySet[ClaimedDomain]:
    """Other claims of the same domain that nobody has given up or declined."""
    return ClaimedDomain.objects.standing().filter(domain=claim.domain).exclude(pk=claim.pk).select_related("org")


def latest_refusals(provider: IdentityProvider) -> QuerySet[RefusedSignIn]:
    """What it was refused lately."""
    return RefusedSignIn.objects.filter(provider=provider).order_by("-at", "-pk")[:SHOWN_REFUSALS]


def offered_for(email: str, on: date) -> IdentityProvider | None:
    """The provider that speaks for an address's domain on a day. Says nothing about whether anybody has the address."""
    domain = domain_of(email)
    if not domain:
        return None
    return IdentityProvider.objects.live(on).speaking_for(domain).select_related("org").first()


def reach_of(org: Org, on: date) -> frozenset[int]:
    """Where those work for whom an organisation's provider may vouch.

    A district's speaks for its schools too. The state's speaks for the state's own offices and its regions', never for
    a district's.
    """
    if org.kind == Org.Kind.DISTRICT:
        return frozenset({org.pk, *schools_of(org, on).values_list("pk", flat=True)})
    if org.kind == Org.Kind.STATE:
        regions = Org.objects.filter(kind=Org.Kind.REGION, state=org).values_list("pk", flat=True)
        return frozenset({org.pk, *regions})
    return frozenset({org.pk})


def served_at(person: Person, on: date) -> frozenset[int]:
    """Where a person holds an office on a day, or may stand in for somebody who does."""
    return frozenset(org for org, _office in _served(person, on))


def served_as(person: Person, on: date) -> frozenset[str]:
    """The offices that they hold on a day, or may stand in for."""
    return frozenset(office for _org, office in _served(person, on))


def _served(person: Person, on: date) -> set[tuple[int, str]]:
    own = Appointment.objects.current(on).filter(person=person).values_list("org", "office")
    lent = StandIn.objects.current(on).filter(person=person).values_list("org", "appointment__office")
    return {*own, *lent}


def binding(person: Person, on: date) -> IdentityProvider | None:
    """The provider with which alone a person may sign in; None if a password will do.

    Whoever can turn it off is never bound, and nobody is for whom it couldn't vouch.
    """
    provider = offered_for(person.email or "", on)
    if provider is None or not provider.required:
        return None
    served = _served(person, on)
    if not served or not _may_speak_for(served, provider, on) or can_turn_off(person, provider, on):
        return None
    return provider


def _may_speak_for(served: set[tuple[int, str]], provider: IdentityProvider, on: date) -> bool:
    within = {org for org, _office in served} <= reach_of(provider.org, on)
    return within and may_be_vouched_for({office for _org, office in served})


def can_turn_off(person: Person, provider: IdentityProvider, on: date) -> bool:
    """Whether somebody holds an office that connects the provider."""
    connectors = CONNECTED_BY.get(provider.org.kind, ())
    held = Appointment.objects.current(on).filter(person=person, org=provider.org, office__in=connectors)
    return held.exists()


def still_vouches(reference: str, person: Person, on: date) -> bool:
    """Whether the provider that let a person in could do so today: live, and speaking for all that they serve as."""
    provider = IdentityProvider.objects.live(on).filter(pk=reference).select_related("org").first()
    return provider is not None and _may_speak_for(_served(person, on), provider, on)


def renewable() -> QuerySet[IdentityProvider]:
    """Providers whose SAML metadata have an address to be read again from."""
    saml = IdentityProvider.objects.filter(protocol=IdentityProvider.Protocol.SAML, until_on=None)
    return saml.exclude(metadata_url="").order_by("pk")
