"""What happens where nobody answers: red, the next contact, the district, the police, the outcome asked for."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.delivery.models import Recipient
from shelterbelt.delivery.tests.mail_servers import Post, free_port, serving
from shelterbelt.tips import tasks  # noqa: F401  what a missed clock does
from shelterbelt.tips.actions import answering, escalating
from shelterbelt.tips.models import Alarm, Clock, Done, Referral, StatFact
from shelterbelt.tips.tests.conftest import NOW, TODAY
from shelterbelt.tips.tests.referring import a_contact, chains, deliver, referred

pytestmark = pytest.mark.django_db
WORDS = "Somebody hid a strange zebra behind the bleachers"


@pytest.fixture
def ready(town, at_desk):
    chains(town, at_desk)
    return town


@pytest.fixture
def later(monkeypatch):
    """Let time pass, and do what it brings."""

    def wait(**by):
        now = clock.now() + timedelta(**by)
        monkeypatch.setattr(clock, "now", lambda: now)
        escalating.keep_clocks(at=now)
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=1))
        deliver()

    return wait


def told(server):
    """Recipients who got a letter about a tip; the desk is called by mail too, and whoever keeps a chain is told."""
    letters = [each for each in server.post.letters if "call chain" not in each["Subject"]]
    return [each["To"] for each in letters if not each["To"].endswith("@example.org")]


def by_org(at_desk):
    with at_desk():
        return {str(each.org): each for each in Referral.objects.select_related("org", "tip")}


def test_a_mail_server_that_is_down_keeps_the_tip_red_until_it_is_up_again(
    ready, a_tip, acting, at_desk, settings, later
):
    tip = a_tip(WORDS).tip
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with acting("ada") as ada:
        referred(tip, ada, ready.clinic)
    deliver()
    held = by_org(at_desk)[str(ready.clinic)]
    assert (held.state, held.sent_at, held.tip.state) == ("queued", None, "received")
    with serving(Post(), settings) as server:
        later(minutes=1)
    assert told(server) == ["intake@clinic.example"]
    held = by_org(at_desk)[str(ready.clinic)]
    assert (held.state, held.tip.state) == ("sent", "dispatched")


def test_a_dead_address_is_red_calls_the_desk_and_leads_to_the_next_contact(ready, a_tip, acting, at_desk, settings):
    with at_desk():
        a_contact(ready.clinic, "Night nurse", place=2, email="night@clinic.example")
    tip = a_tip(WORDS).tip
    refuses = Post(rcpt=lambda who: "550 5.1.1 No such person" if "intake" in who else "250 OK")
    with serving(refuses, settings) as server:
        with acting("ada") as ada:
            referred(tip, ada, ready.clinic)
        deliver()
    assert told(server) == ["night@clinic.example"]
    assert by_org(at_desk)[str(ready.clinic)].state == "sent"
    with at_desk():
        assert Recipient.objects.get(name="Intake").status == "failed"
        assert Done.objects.filter(verb="not_reached").count() == 1
        assert Alarm.objects.filter(because="unreached").exists()


def test_one_of_two_that_was_not_reached_keeps_the_tip_from_being_sent_out(ready, a_tip, acting, at_desk, settings):
    tip = a_tip(WORDS).tip
    refuses = Post(rcpt=lambda who: "550 5.1.1 No such person" if "clinic" in who else "250 OK")
    with serving(refuses, settings):
        with acting("ada") as ada:
            referred(tip, ada, ready.clinic, ready.linden)
        deliver()
    found = by_org(at_desk)
    assert (found[str(ready.clinic)].state, found[str(ready.linden)].state) == ("unreached", "sent")
    assert found[str(ready.clinic)].tip.state == "received"
    with at_desk():
        assert Clock.objects.get(kind="dispatch").ended_at is None


def test_who_is_only_informed_holds_nothing_up(ready, a_tip, acting, at_desk, settings):
    tip = a_tip(WORDS).tip
    with serving(Post(), settings):
        with acting("ada") as ada:
            referred(tip, ada, ready.linden, (ready.fire, False))
        deliver()
    assert by_org(at_desk)[str(ready.fire)].state == "unreached"
    assert by_org(at_desk)[str(ready.fire)].tip.state == "dispatched"


def test_nobody_acknowledges_so_the_next_contact_then_district_and_police_are_told(
    ready, a_tip, acting, at_desk, settings, later
):
    with at_desk():
        a_contact(ready.linden, "Vice principal", place=2, email="vice@school.example")
        a_contact(ready.cedar, "District desk", email="desk@district.example")
    tip = a_tip(WORDS, event_types=["gun"]).tip
    with serving(Post(), settings) as server:
        with acting("ada") as ada:
            referred(tip, ada, ready.linden)
        deliver()
        assert told(server) == ["pia@school.example"]
        later(minutes=5, seconds=1)
        assert told(server)[1:] == ["vice@school.example"]
        later(minutes=10, seconds=1)
    assert set(told(server)[2:]) == {"desk@district.example", "desk@police.example"}
    found = by_org(at_desk)
    assert {org: each.rule for org, each in found.items() if each.rule} == {
        str(ready.cedar): "chain_exhausted",
        str(ready.police): "chain_exhausted",
    }


def test_an_acknowledgment_spares_the_rest_of_the_chain(ready, a_tip, acting, at_desk, settings, later):
    with at_desk():
        a_contact(ready.linden, "Vice principal", place=2, email="vice@school.example")
    tip = a_tip(WORDS, event_types=["gun"]).tip
    with serving(Post(), settings) as server:
        with acting("ada") as ada:
            referred(tip, ada, ready.linden)
        deliver()
        with acting("pia") as pia:
            answering.acknowledge(Referral.objects.get(), by=pia, at=clock.now())
        later(minutes=20)
    assert told(server) == ["pia@school.example"]
    with at_desk():
        assert Recipient.objects.get(name="Vice principal").status == "spared"


def test_outcomes_are_asked_for_after_15_days_and_every_30(ready, a_tip, acting, at_desk, settings, later):
    tip = a_tip(WORDS).tip
    with serving(Post(), settings) as server:
        with acting("ada") as ada:
            referred(tip, ada, ready.linden)
        deliver()
        with acting("pia") as pia:
            answering.acknowledge(Referral.objects.get(), by=pia, at=clock.now())
        for days, letters in ((14, 1), (2, 2), (29, 2), (2, 3), (31, 4)):
            later(days=days)
            assert len(told(server)) == letters
        asked = [each["Subject"] for each in server.post.letters if "school" in each["To"]][1]
        assert asked == "What came of the tip? (Linden Creek Elementary)"
        with acting("pia") as pia:
            outcome = answering.Outcome("actionable", "support_given")
            answering.report_outcome(Referral.objects.get(), outcome=outcome, by=pia, at=clock.now())
        later(days=40)
    assert len(told(server)) == 4


def test_each_step_is_counted_once(ready, a_tip, acting, at_desk, settings):
    tip = a_tip(WORDS).tip
    with serving(Post(), settings):
        with acting("ada") as ada:
            referred(tip, ada, ready.linden, ready.linden)
        deliver()
    with acting("pia") as pia:
        mine = Referral.objects.get()
        for _ in range(2):
            answering.acknowledge(mine, by=pia, at=NOW)
            answering.report_outcome(mine, outcome=answering.Outcome("actionable", "ongoing"), by=pia, at=NOW)
        answering.report_outcome(mine, outcome=answering.Outcome("unfounded", "ongoing"), by=pia, at=NOW)
    with at_desk():
        rows = StatFact.objects.filter(recipient_class="school", is_primary=True).values_list("step", "word", "amount")
        total = {}
        for step, word, amount in rows:
            total[step, word] = total.get((step, word), 0) + amount
    assert {
        key: value for key, value in total.items() if key[0] in {"referred", "sent", "acknowledged", "answered"}
    } == {
        ("referred", ""): 1,
        ("sent", ""): 1,
        ("acknowledged", "portal"): 1,
        ("answered", "actionable"): 0,
        ("answered", "unfounded"): 1,
    }


@pytest.mark.django_db(transaction=True)
def test_a_clock_gives_way_to_whoever_is_acknowledging_and_is_acted_on_right_after(town, a_tip, acting, at_desk):
    """Delivery's rows are held before the tip's by whoever answers; a clock, which holds the tip, never waits for them."""
    chains(town, at_desk)
    with at_desk():
        a_contact(town.linden, "Vice principal", place=2, email="vice@school.example")
    tip = a_tip(WORDS, event_types=["gun"]).tip
    with acting("ada") as ada:
        (referral,) = referred(tip, ada, town.linden)
    due, came = clock.now() + timedelta(minutes=6), []

    def look():
        try:
            escalating.keep_clocks(at=due)
        except OperationalError as error:
            came.append(str(error))
        finally:
            connection.close()

    with acting_as_system("delivery", today=TODAY, reason="test"):
        list(Recipient.objects.filter(message__about=referral.pk).select_for_update(of=("self",)))
        other = threading.Thread(target=look)
        other.start()
        other.join(5)
        assert not other.is_alive()
    assert came
    assert "lock" in came[0]
    with at_desk():
        assert not Done.objects.filter(verb="miss", told__kind="acknowledge").exists()
    escalating.keep_clocks(at=due)
    with at_desk():
        assert Done.objects.filter(verb="miss", told__kind="acknowledge").count() == 1
    with acting_as_system("delivery", today=TODAY, reason="test"):
        assert Recipient.objects.filter(message__about=referral.pk, step=2, status="sending").exists()
