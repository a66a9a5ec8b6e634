"""Claim a domain for a provider, confirm the claim, give it up."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from shelterbelt.access.policy import require
from shelterbelt.access.scope import acting_as_system
from shelterbelt.access.standing import Standing
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.orgs.models import Org
from shelterbelt.people.federation.models import ClaimedDomain, IdentityProvider
from shelterbelt.people.federation.policy import may_connect_provider, may_decide_domain, may_release_domain
from shelterbelt.people.federation.queries import rival_claims
from shelterbelt.people.federation.rules import domain_fault
from shelterbelt.people.models import Appointment

FAULTS = {
    "spelling": gettext_lazy("Write a domain as it stands after the @, such as cedarfork.k12.mo.us."),
    "public_mail": gettext_lazy("Anybody gets an address there, so it says nothing about whom somebody works for."),
    "shared": gettext_lazy("Many organisations share this ending. Write your own domain below it."),
}


@transaction.atomic
def claim_domain(*, provider: IdentityProvider, domain: str, by: Standing, at: datetime) -> ClaimedDomain:
    """Say that a provider speaks for the addresses of a domain. It does once the state has confirmed it."""
    require(may_connect_provider(by, provider.org))
    plain = domain.strip().casefold().removeprefix("@").rstrip(".")
    fault = domain_fault(plain)
    if fault is not None:
        raise ValidationError({"domain": FAULTS[fault]})
    one_at_a_time({f"domain {plain}"})
    if provider.domains.standing().filter(domain=plain).exists():
        raise ValidationError({"domain": _("This domain is claimed for this provider already.")})
    return ClaimedDomain.objects.create(
        provider=provider, org=provider.org, domain=plain, claimed_by=by.person, claimed_at=at
    )


@transaction.atomic
def confirm_domain(*, claim: ClaimedDomain, by: Standing, at: datetime) -> ClaimedDomain:
    """The state agrees. Refused while another claims the domain too, or the state's own people have addresses in it."""
    require(may_decide_domain(by, claim))
    one_at_a_time({f"domain {claim.domain}"})
    rival = rival_claims(claim).first()
    if rival is not None:
        raise ValidationError(
            _("%(org)s claims %(domain)s too. Find out whose it is, and decline the other claim first.")
            % {"org": rival.org, "domain": claim.domain}
        )
    if claim.org.kind != Org.Kind.STATE and _state_people_use(claim.domain, by):
        raise ValidationError(
            _("People of the state's offices have addresses in %(domain)s. It can't be anybody else's.")
            % {"domain": claim.domain}
        )
    claim.confirmed_by, claim.confirmed_at = by.person, at
    claim.save(update_fields=["confirmed_by", "confirmed_at"])
    return claim


def _state_people_use(domain: str, by: Standing) -> bool:
    with acting_as_system("sign_in", today=by.today, reason="whose domain it is"):
        theirs = Appointment.objects.current(by.today).filter(org__kind=Org.Kind.STATE)
        return theirs.filter(person__email__iendswith=f"@{domain}").exists()


@transaction.atomic
def release_domain(*, claim: ClaimedDomain, by: Standing, at: datetime) -> ClaimedDomain:
    """Give a domain up, or decline a claim: from now on the provider speaks for none of its addresses."""
    require(may_release_domain(by, claim))
    claim.released_at = at
    claim.save(update_fields=["released_at"])
    return claim
