"""The link in a message: who it asks, that opening it does nothing, that it works once, and that it ends."""

import re
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from shelterbelt.access.scope import acting_as_system
from shelterbelt.contacts import actions, tasks
from shelterbelt.contacts.models import Asking, Contact
from shelterbelt.contacts.rules.entry import is_dead
from shelterbelt.contacts.tests.conftest import NOW, TODAY
from shelterbelt.core import clock
from shelterbelt.delivery import working
from shelterbelt.delivery.actions import Reader, To, Words, record_call, send_message
from shelterbelt.delivery.models import Attempt
from shelterbelt.delivery.tests.mail_servers import Post, serving

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://localhost:8000(/contacts/confirm/\S+/)")


@pytest.fixture
def time(monkeypatch):
    """The time, which a test moves on."""
    moment = SimpleNamespace(now=NOW)
    monkeypatch.setattr(clock, "now", lambda: moment.now)

    def later(**by):
        moment.now += timedelta(**by)

    moment.later = later
    return moment


@pytest.fixture
def mailed(settings):
    """Letters that a real mail server took."""
    post = Post()
    with serving(post, settings):
        yield post


@contextmanager
def system():
    with acting_as_system("clock", today=TODAY, reason="test"):
        yield


def asked(contact, post):
    """Ask a contact; the address in the letter."""
    tasks.ask(contact.pk)
    return sent(post)


def sent(post):
    working.deliver()
    return LINK.search(post.letters[-1].get_content())[1]


def now(contact):
    with system():
        return Contact.objects.get(pk=contact.pk)


def open_link(client, link):
    return client.get(link, follow=True)


def press(client, answer):
    return client.post("/contacts/confirm/", {"answer": answer}, follow=True)


def test_somebody_new_is_asked_and_says_yes(boone, time, mailed):
    contact = boone.contact(email="kim@linden.example", name="Kim")
    link = asked(contact, mailed)
    page = open_link(client := Client(), link)
    assert page.status_code == 200
    assert "May we call you about Linden?" in page.content.decode()
    assert now(contact).status == "unconfirmed"
    said = press(client, "yes").content.decode()
    assert "Thank you. You are called." in said
    assert "kim@linden.example" in said
    assert (now(contact).status, now(contact).verified_how, now(contact).verified_at) == ("confirmed", "link", time.now)


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_program_that_opens_links_confirms_nothing(method, boone, time, mailed):
    contact = boone.contact(email="kim@linden.example")
    link = asked(contact, mailed)
    for _ in range(3):
        getattr(Client(), method)(link, follow=True)
    assert now(contact).status == "unconfirmed"


def test_a_post_straight_at_the_link_of_a_mail_does_nothing(boone, time, mailed):
    contact = boone.contact(email="kim@linden.example")
    link = asked(contact, mailed)
    assert Client().post(link, {"answer": "yes"}).status_code == 405
    assert now(contact).status == "unconfirmed"


def test_a_yes_without_a_token_of_the_page_is_refused(boone, time, mailed):
    contact = boone.contact(email="kim@linden.example")
    client = Client(enforce_csrf_checks=True)
    open_link(client, asked(contact, mailed))
    assert client.post("/contacts/confirm/", {"answer": "yes"}).status_code == 403
    assert now(contact).status == "unconfirmed"


def test_a_link_is_used_once_and_shown_again_it_says_what_was_said(boone, time, mailed):
    contact = boone.contact(email="kim@linden.example")
    link = asked(contact, mailed)
    open_link(client := Client(), link)
    press(client, "yes")
    time.later(days=3)
    again = open_link(Client(), link)
    assert again.status_code == 200
    assert "Thank you. You are called." in again.content.decode()
    press(client, "remove")
    assert now(contact).status == "confirmed"
    assert now(contact).verified_at == NOW


def test_whoever_asks_to_be_removed_is_forgotten_and_the_keeper_is_told(boone, time, mailed):
    boone.confirmed(place=1, name="Ben", email="ben@linden.example")
    contact = boone.contact(place=2, name="Kim", email="kim@linden.example")
    boone.contact(place=3, name="Tom")
    open_link(client := Client(), asked(contact, mailed))
    assert "You were taken out." in press(client, "remove").content.decode()
    left = now(contact)
    assert (left.status, left.voice, left.email) == ("retired", "", "")
    working.deliver()
    assert mailed.letters[-1]["To"] == "ben@linden.example"
    assert "Kim asked to be taken out" in mailed.letters[-1].get_content()
    with system():
        chain = Contact.objects.filter(org=boone.school).in_use().in_order()
        assert [(each.name, each.place) for each in chain] == [("Ben", 1), ("Tom", 2)]


def test_a_link_ends(boone, time, mailed):
    contact = boone.contact(email="kim@linden.example")
    link = asked(contact, mailed)
    time.later(days=14)
    client = Client()
    assert open_link(client, link).status_code == 410
    press(client, "yes")
    assert now(contact).status == "unconfirmed"


@pytest.mark.parametrize("tamper", [lambda link: link[:-2] + "/", lambda link: link.replace("confirm/", "confirm/x")])
def test_a_link_that_was_changed_is_none(tamper, boone, time, mailed):
    contact = boone.contact(email="kim@linden.example")
    link = asked(contact, mailed)
    client = Client()
    assert open_link(client, tamper(link)).status_code == 410
    press(client, "yes")
    assert now(contact).status == "unconfirmed"


def test_a_new_address_ends_the_link_to_the_old_one(boone, time, mailed):
    contact = boone.contact(email="kim@linden.example", name="Kim")
    link = asked(contact, mailed)
    with boone.acting("ben") as ben:
        actions.change_contact(contact=contact, by=ben, at=time.now, email="kim.new@linden.example")
    assert open_link(Client(), link).status_code == 410
    tasks.ask(contact.pk)
    sent(mailed)
    assert mailed.to == ["kim@linden.example", "kim.new@linden.example"]


def test_the_token_lies_nowhere_but_in_the_letter(boone, time, mailed):
    contact = boone.contact(email="kim@linden.example")
    token = asked(contact, mailed).split("/")[3]
    with system(), connection.cursor() as cursor:
        for table in (
            "contacts_asking",
            "delivery_message",
            "delivery_recipient",
            "delivery_attempt",
            "access_auditentry",
        ):
            cursor.execute(f"select string_agg(t::text, ' ') from {table} t")
            assert token not in cursor.fetchone()[0]


def test_the_page_speaks_the_contacts_language(boone, time, mailed):
    contact = boone.contact(email="luz@linden.example", language="es")
    page = open_link(Client(), asked(contact, mailed))
    assert '<html lang="es"' in page.content.decode()
    assert mailed.letters[-1]["Content-Language"] == "es"


def test_asked_twice_at_once_there_is_one_letter(boone, time, mailed):
    contact = boone.contact(email="kim@linden.example")
    tasks.ask(contact.pk)
    tasks.ask(contact.pk)
    working.deliver()
    assert len(mailed.letters) == 1


def test_reminders_come_after_a_week_and_three_and_then_it_is_red(boone, time, mailed):
    boone.contact(email="kim@linden.example")
    days = []
    for day in range(40):
        before = len(mailed.letters)
        tasks.ask_due(0)
        tasks.ask_due(0)
        working.deliver()
        days += [day] * (len(mailed.letters) - before)
        time.later(days=1)
    assert days == [0, 7, 21]
    with boone.acting("ben"):
        from shelterbelt.contacts.queries import summary_of

        assert summary_of(boone.school, time.now).red == 1


def test_every_180_days_somebody_is_asked_again(boone, time, mailed):
    contact = boone.contact(email="kim@linden.example")
    open_link(client := Client(), asked(contact, mailed))
    press(client, "yes")
    time.later(days=180)
    tasks.ask_due(0)
    working.deliver()
    assert len(mailed.letters) == 1
    time.later(hours=1)
    tasks.ask_due(0)
    link = sent(mailed)
    assert len(mailed.letters) == 2
    open_link(client := Client(), link)
    press(client, "yes")
    assert now(contact).verified_at == time.now


def test_many_are_asked_in_batches(boone, time, monkeypatch):
    from dataclasses import replace

    from shelterbelt.contacts import defaults
    from shelterbelt.contacts.actions import asking

    few = replace(defaults.settings(), asked_in_one_go=2)
    monkeypatch.setattr(asking, "settings", lambda: few)
    for place in range(1, 6):
        boone.contact(place=place, email=f"c{place}@linden.example")
    tasks.ask_due(0)
    with system():
        assert Asking.objects.count() == 5
        assert not Contact.objects.filter(asked_at=None).exists()


def test_a_number_to_call_only_waits_for_the_desks_test_call(boone, time):
    contact = boone.contact()
    tasks.ask(contact.pk)
    with system():
        assert not Asking.objects.exists()
    with boone.acting("ada") as ada:
        actions.note_call(contact=contact, result="voicemail", by=ada, at=time.now)
        assert now(contact).status == "unconfirmed"
        actions.note_call(contact=contact, result="answered", by=ada, at=time.now)
    assert (now(contact).status, now(contact).verified_how) == ("confirmed", "call")


def test_a_letter_that_no_mailbox_takes_makes_the_contact_unreachable_and_tells_the_next(boone, time, settings):
    contact = boone.confirmed(place=1, name="Kim", email="kim@linden.example", days_ago=181)
    boone.confirmed(place=2, name="Ben", email="ben@linden.example")
    post = Post(rcpt=lambda address: "550 5.1.1 no such mailbox" if address.startswith("kim") else None)
    with serving(post, settings):
        tasks.ask_due(0)
        working.deliver()
        working.deliver()
    left = now(contact)
    assert (left.status, left.dead_channels) == ("bounced", ["email"])
    assert post.to == ["ben@linden.example"]
    assert "Kim" in post.letters[0].get_content()


def test_where_nobody_said_yes_the_principal_is_told(boone, time, mailed):
    contact = boone.confirmed(name="Kim", email="kim@linden.example")
    with system():
        boone.people["ben"].email = "principal@linden.example"
        boone.people["ben"].save()
        actions.mark_dead(channel="email", address="kim@linden.example", because="No such mailbox", at=time.now)
    working.deliver()
    assert mailed.to == ["principal@linden.example"]
    assert now(contact).status == "bounced"


@pytest.mark.parametrize(
    ("channel", "outcome", "reply", "dead"),
    [
        ("email", "bounced", "", True),
        ("email", "refused", "550 5.1.1 User unknown", True),
        ("email", "refused", "550 No such user", True),
        ("email", "refused", "552 5.2.2 Mailbox full", False),
        ("email", "refused", "550 5.7.1 Message rejected as spam", False),
        ("email", "refused", "550 relay not permitted", False),
        ("email", "refused", "550 blocked by our policy", False),
        ("email", "refused", "554 no", False),
        ("email", "refused", "not an address at all", False),
        ("email", "failed", "450 4.2.1 busy", False),
        ("email", "sent", "250 OK", False),
        ("sms", "refused", "", False),
        ("sms", "refused", "401 who are you", False),
        ("sms", "bounced", "", True),
    ],
)
def test_only_an_address_that_is_dead_counts_as_dead(channel, outcome, reply, dead):
    assert is_dead(channel, outcome, reply) is dead


def test_a_service_that_is_not_set_up_makes_nobody_unreachable(boone, time, settings):
    settings.HTTPS, settings.SMS_URL = True, ""
    contact = boone.confirmed(sms="+15735550100", days_ago=181)
    tasks.ask_due(0)
    working.deliver()
    assert now(contact).status == "confirmed"


def test_a_call_about_a_tip_that_somebody_answers_is_as_good_as_a_test_call(boone, time):
    contact = boone.confirmed(days_ago=181)
    with system():
        to = To(ref="1", name="Desk", addresses=(("call", contact.voice),))
        words = Words(subject={"en": "Call"}, text={"en": "Call"})
        reader = Reader("tip_analyst", boone.state.pk)
        send_message(purpose="test", key="1", org=boone.school, words=words, to=[to], at=time.now, readers=[reader])
    time.later(minutes=2)
    with boone.acting("ada") as ada:
        record_call(Attempt.objects.get(), result="answered", by=ada, at=time.now)
    assert (now(contact).verified_how, now(contact).verified_at) == ("call", time.now)
