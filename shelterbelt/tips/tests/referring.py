"""What tests of referrals share: call chains, a mail server, and the desk's way to send what is due."""

from shelterbelt.contacts.models import Contact
from shelterbelt.delivery import working
from shelterbelt.tips.actions.referring import Wanted, refer
from shelterbelt.tips.tests.conftest import NOW


def a_contact(org, name, place=1, **more):
    """Somebody in the chain of an organisation, confirmed yesterday."""
    said = {"status": "confirmed", "verified_at": NOW, "verified_how": "link", "added_at": NOW, "kind": "school_team"}
    return Contact.objects.create(org=org, name=name, place=place, **(said | more))


def chains(town, at_desk):
    """The school's principal, who signs in; the police desk, which doesn't; the clinic by mail."""
    with at_desk():
        a_contact(town.linden, "Pia", email="pia@school.example", person=town.people["pia"])
        a_contact(town.police, "Desk sergeant", email="desk@police.example", sms="+15735550111", voice="+15735550112")
        a_contact(town.clinic, "Intake", email="intake@clinic.example")


def referred(tip, standing, *wanted, at=NOW, **more):
    """Refer a tip to organisations, as primary; pairs say otherwise."""
    chosen = [Wanted(*each) if isinstance(each, tuple) else Wanted(each) for each in wanted]
    return refer(tip, wanted=chosen, by=standing, at=at, **more)


deliver = working.deliver
