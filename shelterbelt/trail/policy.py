"""Who may look at what others did. Which entries exist for them is row security's answer (access, audit_read)."""

from django.utils.translation import gettext as _

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing

LOOKS = ("state_office", "superintendent", "district_coordinator", "principal", "agency_lead")
"""Offices that answer for what is done at their organisation."""


@policy("trail.search")
def may_search(standing: Standing) -> Refusal | None:
    """Those who answer for an organisation see what was done there; everybody sees what they did themselves."""
    if standing.offices.isdisjoint(LOOKS):
        return Refusal(_("You can see what you did yourself. What others did is for those who lead the organization."))
    return None


@policy("trail.export")
def may_export(standing: Standing) -> Refusal | None:
    """Whoever may search may take along what they found, and that they did is itself on record."""
    return may_search(standing)


@policy("trail.take_head")
def may_take_head(standing: Standing) -> Refusal | None:
    """The state office keeps the trail's signed heads where the server's operator can't change them."""
    if standing.is_state_office:
        return None
    return Refusal(_("The state school safety office keeps the trail's signed heads for everybody."))


@policy("trail.look_at_entry")
def may_look_at(standing: Standing, entry: AuditEntry) -> Refusal | None:
    """An entry of one's own, or any that one could find."""
    return None if entry.actor == f"person:{standing.person.pk}" else may_search(standing)
