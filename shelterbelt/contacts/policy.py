"""Who may do what with call chains. Which contacts exist for somebody is row security's answer, not this file's."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.contacts import rules
from shelterbelt.contacts.models import Contact
from shelterbelt.orgs.models import Org

KEEPERS: dict[str, tuple[str, ...]] = {
    Org.Kind.SCHOOL: ("principal", "school_coordinator", "district_coordinator", "superintendent"),
    Org.Kind.DISTRICT: ("district_coordinator", "superintendent"),
    Org.Kind.AGENCY: ("agency_lead",),
    Org.Kind.STATE: (),
}
"""Kinds of organisations that have a chain, and the offices (there or above) that keep it."""
LEADS = ("tip_supervisor",)
"""At the state: a school that doesn't answer still needs a number."""
DESK = ("tip_analyst", "tip_supervisor")


def is_at_desk(standing: Standing) -> bool:
    """Whether somebody works at a tip desk."""
    return not standing.offices.isdisjoint(DESK)


def is_lead(standing: Standing) -> bool:
    """Whether somebody mends chains anywhere: the desk's supervisors and the state office."""
    return standing.is_state_office or not standing.offices.isdisjoint(LEADS)


def has_chain(org: Org) -> bool:
    """Whether such an organisation has a call chain at all."""
    return org.kind in KEEPERS


def keeps(standing: Standing, org: Org) -> bool:
    """Whether somebody keeps this chain by office, or mends it."""
    return has_chain(org) and (is_lead(standing) or standing.holds_over(*KEEPERS[org.kind], org=org))


def is_in_chain(standing: Standing, org: Org) -> bool:
    """Whether they are called for it themselves. Row security shows them the rows that say so."""
    if standing.acting_for is not None:
        return False
    return Contact.objects.filter(org=org, person=standing.person).in_use().exists()


@policy("contacts.see_chain")
def may_see_chain(standing: Standing, org: Org) -> Refusal | None:
    """Look at whom an organisation has called."""
    if not has_chain(org):
        return Refusal(_("Schools, districts and agencies have a call chain; this is none of them."))
    if keeps(standing, org) or is_at_desk(standing) or is_in_chain(standing, org):
        return None
    return Refusal(_("A call chain is for those in it, those who keep it, the tip desk and the state office."))


@policy("contacts.keep_chain")
def may_keep_chain(standing: Standing, org: Org) -> Refusal | None:
    """Add to a chain, change, reorder and retire; enter when school is in session."""
    if keeps(standing, org):
        return None
    if is_at_desk(standing):
        return Refusal(_("Analysts can mark a number as wrong and note a call. A supervisor puts in another number."))
    return Refusal(_("The principal, the safety coordinator, the district or the agency's lead keeps this chain."))


@policy("contacts.change")
def may_change(standing: Standing, contact: Contact) -> Refusal | None:
    """Change a contact, or ask for its yes again."""
    if contact.status == Contact.Status.RETIRED:
        return Refusal(_("This contact was taken out of the chain. Add it anew."))
    return may_keep_chain(standing, contact.org)


@policy("contacts.retire")
def may_retire(standing: Standing, contact: Contact) -> Refusal | None:
    """Take a contact out of its chain."""
    if not rules.may_become(contact.status, Contact.Status.RETIRED):
        return Refusal(_("This contact was taken out of the chain already."))
    return may_keep_chain(standing, contact.org)


@policy("contacts.confirm")
def may_confirm(standing: Standing, contact: Contact) -> Refusal | None:
    """Say yes for oneself, signed in."""
    if contact.person_id is None or contact.person_id != standing.person.pk or standing.acting_for is not None:
        return Refusal(_("Only the person who is called can say yes here. Others get a message with a link."))
    if contact.status == Contact.Status.BOUNCED:
        return Refusal(_("This address can't be reached. Have it changed first."))
    return _still_in(contact)


@policy("contacts.note_call")
def may_note_call(standing: Standing, contact: Contact) -> Refusal | None:
    """Write down what came of a test call, or of a call about a tip."""
    if not contact.voice:
        return Refusal(_("There is no number to call for this contact."))
    if is_at_desk(standing) or is_lead(standing):
        return _still_in(contact)
    return Refusal(_("The tip desk calls, and writes down what came of it."))


@policy("contacts.mark_wrong")
def may_mark_wrong(standing: Standing, contact: Contact) -> Refusal | None:
    """Say that a number or address is wrong, so that nobody relies on it."""
    if is_at_desk(standing) or keeps(standing, contact.org):
        return _still_in(contact)
    return Refusal(_("The tip desk and those who keep the chain mark numbers as wrong."))


@policy("contacts.see_gaps")
def may_see_gaps(standing: Standing) -> Refusal | None:
    """See which schools of the state have nobody to call."""
    if is_lead(standing):
        return None
    return Refusal(_("The gaps of the whole state are for the desk's supervisors and the state office."))


@policy("contacts.import_chains")
def may_import_chains(standing: Standing, org: Org) -> Refusal | None:
    """Bring in many contacts at once: for the schools of a district, or for one organisation."""
    return may_keep_chain(standing, org)


def _still_in(contact: Contact) -> Refusal | None:
    if contact.status == Contact.Status.RETIRED:
        return Refusal(_("This contact was taken out of the chain."))
    return None
