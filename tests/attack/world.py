"""Two districts that know nothing of each other, with a person in every office, and a record of every kind at each.

Everything that one may not know of the other holds a word that is found nowhere else, so that it is seen wherever it
leaks to.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.approvals.models import Approval
from shelterbelt.attestations.models import Attestation, Designation, Progress, Reminder
from shelterbelt.contacts.models import Asking, Contact
from shelterbelt.delivery.actions import Reader, To, Words, send_message
from shelterbelt.demo import factories
from shelterbelt.documents.models import Document
from shelterbelt.drills.models import Attachment, CorrectiveAction, Drill, IncidentReport, Invitation
from shelterbelt.orgs.models import DirectoryImport, Org
from shelterbelt.people import models as people_models
from shelterbelt.people.models import Appointment, Person, StandIn
from tests.attack import (
    assessment_things,
    buying_things,
    channel_things,
    evaluation_things,
    file_things,
    improvement_things,
    plan_things,
    referral_things,
    sharing_things,
    tip_things,
)
from tests.providers.forging import saml_metadata

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
SECRET = "quincunx"
"""Stands in every text of the foreign district."""


@dataclass
class Things:
    """What belongs to one organisation, by kind."""

    org: Org
    by_kind: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, kind: str) -> Any:
        try:
            return self.__dict__["by_kind"][kind]
        except KeyError as error:
            raise AttributeError(kind) from error


@dataclass(frozen=True)
class World:
    """Its organisations and people."""

    state: Things
    region: Things
    cedar: Things
    linden: Things
    birch: Things
    police: Things
    ash: Things
    willow: Things
    sheriff: Things
    people: Mapping[str, Person]
    """Who holds which office: at Linden, its district, region, state and the agency that serves it."""
    strangers: Mapping[str, Person]
    """Who holds the offices of the foreign district and its agency."""

    @property
    def places(self) -> dict[str, Things]:
        """Where a thing can be, as somebody at Linden sees it."""
        return {
            "the school": self.linden,
            "a school beside it": self.birch,
            "its district": self.cedar,
            "a foreign school": self.willow,
            "a foreign district": self.ash,
            "its agency": self.police,
            "a foreign agency": self.sheriff,
            "its region": self.region,
            "the state": self.state,
        }

    def foreign(self) -> list[Things]:
        """What nobody here may know."""
        return [self.willow, self.ash, self.sheriff]


PLACE_OF_OFFICE = {
    "state_office": "state",
    "tip_analyst": "state",
    "tip_supervisor": "state",
    "region_coordinator": "region",
    "superintendent": "cedar",
    "district_coordinator": "cedar",
    "cybersecurity_coordinator": "cedar",
    "principal": "linden",
    "school_coordinator": "linden",
    "school_resource_officer": "linden",
    "school_protection_officer": "linden",
    "staff": "linden",
    "agency_lead": "police",
    "responder": "police",
}
FOREIGN_PLACE = {"cedar": "ash", "linden": "willow", "police": "sheriff"}


def make() -> World:
    """Make it, in a scope of its own."""
    with acting_as_system("demonstration", today=TODAY, reason="a world to attack"):
        places = _places()
        people = {
            office: factories.a_person(f"Here {office}", office=office, at=places[at].org)
            for office, at in PLACE_OF_OFFICE.items()
        }
        strangers = {
            office: factories.a_person(f"{SECRET} {office}", office=office, at=places[FOREIGN_PLACE[at]].org)
            for office, at in PLACE_OF_OFFICE.items()
            if at in FOREIGN_PLACE
        }
        world = World(**places, people=MappingProxyType(people), strangers=MappingProxyType(strangers))
        _fill(world)
        return world


def _places() -> dict[str, Things]:
    state = factories.a_state()
    boone, greene = factories.a_county(), factories.a_county("Greene County", fips="29077")
    region = factories.a_region("troop", "Troop F", counties=(boone,))
    cedar = factories.a_district("Cedar Fork R-II", county=boone)
    ash = factories.a_district("Ash Grove R-IV", county=greene)
    found = {
        "state": state,
        "region": region,
        "cedar": cedar,
        "linden": factories.a_school("Linden", district=cedar),
        "birch": factories.a_school("Birch", district=cedar),
        "police": factories.an_agency("law_enforcement", serves=cedar),
        "ash": ash,
        "willow": factories.a_school("Willow", district=ash),
        "sheriff": factories.an_agency("law_enforcement", serves=ash, name="Greene County Sheriff"),
    }
    return {name: Things(org) for name, org in found.items()}


def _fill(world: World) -> None:
    here, there = world.people["principal"], world.strangers["principal"]
    for things in (world.linden, world.birch, world.willow):
        foreign = things is world.willow
        _fill_school(things, "B-O2", there if foreign else here, SECRET if foreign else "ours")
    for things in (world.cedar, world.ash):
        foreign = things is world.ash
        _fill_district(
            things, (world.strangers if foreign else world.people)["superintendent"], SECRET if foreign else "ours"
        )
    _fill_state(world.state, world.people["state_office"])
    for things, agency in ((world.linden, world.police), (world.willow, world.sheriff)):
        Invitation.objects.create(drill=things.drill, school=things.org, agency=agency.org)
    for things in world.places.values():
        things.by_kind["entry"] = AuditEntry.objects.filter(org_id=things.org.pk).latest("id")
        held = Appointment.objects.filter(org=things.org).exclude(office="school_protection_officer").first()
        if held is not None:
            things.by_kind["appointment"] = held
            things.by_kind["person"] = held.person
    for things, people in ((world.linden, world.people), (world.willow, world.strangers)):
        _lend(things, people)
        _invite(things, people["staff"], by=people["principal"])
    for things, people in ((world.state, world.people), (world.cedar, world.people), (world.ash, world.strangers)):
        asker = people["state_office" if things is world.state else "superintendent"]
        _ask_for_approval(things, asker, "ours" if people is world.people else SECRET)
    for things in (world.linden, world.willow):
        _write_to(things, SECRET if things is world.willow else "ours")
    for things, people in ((world.cedar, world.people), (world.ash, world.strangers)):
        _secure(things, people["superintendent"])
        _connect_provider(things, people["superintendent"], "ours" if people is world.people else SECRET)
    tip_things.fill(world.state, world.linden, world.people)
    file_things.fill(world.state, world.willow)
    referral_things.fill(world.state, world.linden, world.police, world.people)
    channel_things.fill(world.state, world.people)
    channel_things.notice(world.linden, world.police, world.people["agency_lead"], "ours")
    channel_things.notice(world.willow, world.sheriff, world.strangers["agency_lead"], SECRET)
    _plans(world)


def _plans(world: World) -> None:
    """A plan that was judged and that an agency holds, here and there, and what is closed at both districts."""
    for school, people in ((world.linden, world.people), (world.willow, world.strangers)):
        evaluation_things.fill(school, people["principal"], "ours" if people is world.people else SECRET)
    for school, agency, people in (
        (world.linden, world.police, world.people),
        (world.willow, world.sheriff, world.strangers),
    ):
        word = "ours" if people is world.people else SECRET
        sharing_things.fill(school, agency, people["principal"], people["responder"], word)
    for district, people in ((world.cedar, world.people), (world.ash, world.strangers)):
        word = "ours" if people is world.people else SECRET
        sharing_things.fill_district(district, people["superintendent"], word)


def _fill_school(things: Things, output: str, by: Person, word: str) -> None:
    org = things.org
    things.by_kind |= {
        "drill": _drill(org, by, word, status="held", held_on=TODAY),
        "planned": _drill(org, by, word, status="scheduled", planned_on=TODAY + timedelta(days=9)),
        "incident": _drill(
            org, by, word, status="held", held_on=TODAY, nature="incident", incident_class="firearm", summary=word
        ),
        "document": _document(org, by, word),
        "attestation": Attestation.objects.create(
            org=org, output=output, year=2026, made_on=TODAY, made_by=by, statement=word
        ),
        "reminder": Reminder.objects.create(org=org, output=output, year=2026, sent_by=by, asked_at=NOW),
    }
    things.by_kind["contact"] = _contact(org, word)
    things.by_kind["action"] = CorrectiveAction.objects.create(
        drill=things.drill, school=org, what=word, owner=word, due_on=TODAY + timedelta(days=30)
    )
    Attachment.objects.create(drill=things.drill, school=org, document=things.document)
    improvement_things.fill(things, by, word)
    assessment_things.fill(things, by, word)
    plan_things.fill(things, by, word)


def _contact(org: Org, word: str) -> Contact:
    """Somebody in the call chain, and that they were asked."""
    told = {"name": word, "title": word, "voice": "+15735550100", "email": f"{word}@example.org", "added_at": NOW}
    contact = Contact.objects.create(org=org, kind="school_team", place=1, **told)
    Asking.objects.create(
        contact=contact, org=org, number=0, channel="email", asked_at=NOW, expires_at=NOW + timedelta(days=14)
    )
    return contact


def _fill_district(things: Things, by: Person, word: str) -> None:
    org = things.org
    things.by_kind["incident_report"] = IncidentReport.objects.create(
        district=org, from_on=TODAY, until_on=TODAY, rows=[], submitted_on=TODAY, how=word, submitted_by=by,
        recorded_at=NOW,
    )  # fmt: skip
    things.by_kind |= {
        "document": _document(org, by, word),
        "attestation": Attestation.objects.create(
            org=org, output="D-O4", year=2026, made_on=TODAY, made_by=by, statement=word
        ),
        "closed_attestation": Attestation.objects.create(
            org=org, output="G-O1", year=2026, made_on=TODAY, made_by=by, statement=word
        ),
        "designation": Designation.objects.create(
            org=org, duty="cybersecurity_coordinator", holder=word, from_on=TODAY, made_by=by
        ),
        "progress": Progress.objects.create(
            org=org, recommendation="A-L2", status="under_way", evidence=word, made_on=TODAY, made_by=by
        ),
    }
    buying_things.fill(things, by, word)


def _fill_state(things: Things, by: Person) -> None:
    things.by_kind |= {
        "designation": Designation.objects.create(
            org=things.org, duty="advisory_council", holder="Council", from_on=TODAY, made_by=by
        ),
        "import": DirectoryImport.objects.create(
            state=things.org,
            profile="schools",
            file_name="schools.csv",
            sha256="0" * 64,
            effective_on=TODAY,
            started_at="2026-11-02T12:00:00Z",
            started_by=by.name,
        ),
    }


def _lend(things: Things, people: Mapping[str, Person]) -> None:
    held = Appointment.objects.get(org=things.org, office="principal")
    things.by_kind["stand_in"] = StandIn.objects.create(
        appointment=held,
        org=things.org,
        person=people["school_coordinator"],
        from_on=TODAY,
        until_on=TODAY + timedelta(days=5),
        given_by=held.person,
    )


def _invite(things: Things, person: Person, *, by: Person) -> None:
    things.by_kind["invitation"] = people_models.Invitation.objects.create(
        appointment=Appointment.objects.get(person=person),
        org=things.org,
        person=person,
        sender=things.org,
        made_by=by,
        made_at=NOW,
        expires_at=NOW + timedelta(days=14),
    )


def _ask_for_approval(things: Things, by: Person, word: str) -> None:
    things.by_kind["approval"] = Approval.objects.create(
        verb="people.appoint",
        org=things.org,
        thing=word,
        given={"word": word},
        offices=["state_office", "superintendent", "district_coordinator"],
        asked_by=by,
        asked_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )


def _write_to(things: Things, word: str) -> None:
    """A message that the principal alone may see, and a call that waits."""
    message = send_message(
        purpose="attack.notice",
        key=str(things.org.pk),
        org=things.org,
        words=Words({"en": word}, {"en": word}),
        to=[To(ref=word, name=word, addresses=(("call", word),))],
        readers=[Reader("principal", things.org.pk)],
        at=NOW,
    )
    things.by_kind |= {"sent": message, "call": message.attempts.get()}


def _secure(things: Things, person: Person) -> None:
    """A second factor, of whoever leads there."""
    with acting_as_system("sign_in", today=TODAY, reason="a world to attack"):
        things.by_kind["factor"] = TOTP.activate(person, "JBSWY3DPEHPK3PXP").instance


def _connect_provider(things: Things, by: Person, word: str) -> None:
    """A sign-in of its own. Its name and where it is are public; what it was refused and what it claims are not."""
    org, issuer = things.org, f"https://idp-{things.org.pk}.example"
    provider = people_models.IdentityProvider.objects.create(
        org=org, protocol="saml", name="Its own sign-in", issuer=issuer, metadata=saml_metadata(issuer),
        tested_at=NOW, from_on=TODAY, added_by=by, added_at=NOW,
    )  # fmt: skip
    things.by_kind |= {
        "provider": provider,
        "claim": people_models.ClaimedDomain.objects.create(
            provider=provider, org=org, domain=f"{word}.example", claimed_by=by, claimed_at=NOW
        ),
    }
    people_models.RefusedSignIn.objects.create(
        provider=provider, org=org, at=NOW, reason="not_ours", detail=word, address=f"{word}@{word}.example"
    )


def _drill(org: Org, by: Person, word: str, **more: Any) -> Drill:
    texts = {"place": word, "strengths": word, "improvements": word, "accommodations": word}
    return Drill.objects.create(
        school=org, kind="fire", recorded_by=by, recorded_at="2026-11-02T12:00:00Z", **(texts | more)
    )


def _document(org: Org, by: Person, word: str) -> Document:
    return Document.objects.create(
        id=uuid.uuid4(),
        org=org,
        name=f"{word}.pdf",
        content_type="application/pdf",
        size=4,
        sha256="0" * 64,
        added_by=by,
        added_at="2026-11-02T12:00:00Z",
        keep_until=TODAY + timedelta(days=3650),
    )
