"""Who may connect an identity provider, turn it on and off, and confirm which addresses it speaks for."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.people.federation.models import ClaimedDomain, IdentityProvider
from shelterbelt.people.federation.rules import CONNECTED_BY
from shelterbelt.people.models import Appointment


@policy("people.connect_provider")
def may_connect_provider(standing: Standing, org: Org) -> Refusal | None:
    """A district's superintendent and safety coordinator, an agency's lead, the state office; each for their own."""
    if standing.acting_for is not None:
        return Refusal(
            _("While you act for somebody else you can't connect an identity provider: it would outlast that.")
        )
    return _may_mind(standing, org)


def _may_mind(standing: Standing, org: Org) -> Refusal | None:
    offices = CONNECTED_BY.get(org.kind)
    if offices is None:
        return Refusal(_("Districts, agencies and the state connect identity providers; a school uses its district's."))
    if standing.holds(*offices, at=org):
        return None
    names = ", ".join(str(Appointment.Office(office).label) for office in offices)
    return Refusal(_("The identity provider of %(org)s is connected by: %(offices)s.") % {"org": org, "offices": names})


@policy("people.see_provider")
def may_see_provider(standing: Standing, org: Org) -> Refusal | None:
    """Those who connect it or stand in for them, and the state office, which confirms its domains."""
    return None if standing.is_state_office else _may_mind(standing, org)


@policy("people.start_provider")
def may_start_provider(standing: Standing, provider: IdentityProvider) -> Refusal | None:
    """Only what was tried and has a confirmed domain can let people in."""
    refusal = may_connect_provider(standing, provider.org)
    if refusal is not None:
        return refusal
    if provider.is_live(standing.today):
        return Refusal(_("People sign in with it already."))
    if provider.tested_at is None:
        return Refusal(_("Test the connection first: it has to vouch for you once."))
    if not provider.domains.confirmed().exists():
        return Refusal(_("The state has to confirm a domain first."))
    return None


@policy("people.stop_provider")
def may_stop_provider(standing: Standing, provider: IdentityProvider) -> Refusal | None:
    """Whoever connected it; and the state, for a provider that lies must not wait for a district to wake up."""
    refusal = may_see_provider(standing, provider.org)
    if refusal is None and not provider.is_live(standing.today):
        return Refusal(_("Nobody signs in with it now."))
    return refusal


@policy("people.require_provider")
def may_require_provider(standing: Standing, provider: IdentityProvider) -> Refusal | None:
    """Make it the only way in, for all but those who can turn it off."""
    refusal = may_connect_provider(standing, provider.org)
    if refusal is None and not provider.is_live(standing.today):
        return Refusal(_("Turn it on first."))
    if refusal is None and provider.required:
        return Refusal(_("It is the only way in already."))
    return refusal


@policy("people.lift_requirement")
def may_lift_requirement(standing: Standing, provider: IdentityProvider) -> Refusal | None:
    """The organisation or the state lets passwords in again, on the day the provider is down."""
    refusal = may_see_provider(standing, provider.org)
    if refusal is None and not provider.required:
        return Refusal(_("Passwords let people in already."))
    return refusal


@policy("people.decide_domain")
def may_decide_domain(standing: Standing, claim: ClaimedDomain) -> Refusal | None:
    """The state office knows whose domain it is; whoever claims it doesn't decide, at the state either."""
    if not standing.is_state_office:
        return Refusal(_("The state school safety office confirms domains."))
    if claim.claimed_by_id == standing.person.pk:
        return Refusal(_("You claimed this domain yourself. Somebody else at the state office confirms it."))
    if claim.released_at is not None:
        return Refusal(_("This claim was given up or declined."))
    return Refusal(_("This domain is confirmed already.")) if claim.confirmed_at is not None else None


@policy("people.release_domain")
def may_release_domain(standing: Standing, claim: ClaimedDomain) -> Refusal | None:
    """Those who claimed it, and the state."""
    if claim.released_at is not None:
        return Refusal(_("This claim was given up or declined."))
    return may_see_provider(standing, claim.org)
