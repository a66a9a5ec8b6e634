"""Ada at the state's desk, Ben in Boone County schools, and letters to those a tip is referred to."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.core import clock
from shelterbelt.delivery import hooks
from shelterbelt.delivery.actions import Reader, To, Words, send_message
from shelterbelt.delivery.models import Attempt, Recipient
from shelterbelt.demo import factories as a

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
WORDS = Words(
    subject={"en": "Something waits for you to read", "es": "Hay algo que debe leer"},
    text={"en": "Please sign in and read it.", "es": "Entre y léalo."},
)
LINK = "https://shelterbelt.example/referrals/1/"


@pytest.fixture
def time(monkeypatch):
    """The time, which a test moves on."""
    moment = SimpleNamespace(now=NOW)
    monkeypatch.setattr(clock, "now", lambda: moment.now)
    monkeypatch.setattr(clock, "today", lambda: TODAY)

    def later(**by):
        moment.now += timedelta(**by)

    moment.later = later
    return moment


@pytest.fixture
def places(db):
    with acting_as_system("install", today=TODAY, reason="test"):
        here = SimpleNamespace(state=a.a_state())
        here.county = a.a_county()
        here.boone = a.a_district("Boone County R-IV", county=here.county)
        here.school = a.a_school("Boone High School", district=here.boone)
        here.people = {
            "ada": a.a_person("ada", office="tip_analyst", at=here.state),
            "ben": a.a_person("ben", office="principal", at=here.school),
            "cora": a.a_person("cora", office="state_office", at=here.state),
        }
    return here


@pytest.fixture
def acting(places):
    @contextmanager
    def as_person(name):
        person = places.people[name]
        with acting_as(person.pk, today=TODAY):
            yield standing_of(person, today=TODAY)

    return as_person


@pytest.fixture
def as_delivery(db):
    """See, and do, as the system's delivery."""

    @contextmanager
    def scope():
        with acting_as_system("delivery", today=TODAY, reason="test"):
            yield

    return scope


@pytest.fixture
def ask(places, as_delivery, time):
    """Ask for a message: `ask(to("ann", "ann@boone.example"))`."""

    def send(*recipients, **more):
        given = {
            "purpose": "tips.referral",
            "key": "1",
            "org": places.school,
            "words": WORDS,
            "link": LINK,
            "at": time.now,
            "readers": [Reader("tip_analyst", places.state.pk)],
        }
        with as_delivery():
            return send_message(**(given | more), to=recipients)

    return send


def to(ref, *addresses, **more):
    """Somebody, with addresses `name@host` (mail), or (channel, address)."""
    pairs = tuple(("email", each) if isinstance(each, str) else each for each in addresses)
    return To(ref=ref, name=ref.title(), addresses=pairs, **more)


@pytest.fixture
def heard():
    """What the room that sends is told: pairs of recipient and state."""
    said = []

    def listen(change):
        said.append((change.recipient.ref, change.recipient.status))

    hooks.outcomes("tips.referral")(listen)
    yield said
    hooks.OUTCOMES["tips.referral"].remove(listen)


@pytest.fixture
def states(as_delivery):
    """Every recipient's state, by name."""

    def look():
        with as_delivery():
            return dict(Recipient.objects.order_by("pk").values_list("ref", "status"))

    return look


@pytest.fixture
def attempts(as_delivery):
    def look(**which):
        with as_delivery():
            return list(Attempt.objects.filter(**which).order_by("made_at", "number", "pk"))

    return look
