"""The page about one's duty: shifts, browsers, a trial, and what called one lately."""

import json

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as
from shelterbelt.delivery.hooks import Ended
from shelterbelt.delivery.models import Attempt, Message
from shelterbelt.tips.actions import alarms
from shelterbelt.tips.actions.forgetting import forget_gone
from shelterbelt.tips.models import Alarm, Browser, Shift
from shelterbelt.tips.tests.conftest import NOW, TODAY
from shelterbelt.tips.tests.referring import a_contact, referred

pytestmark = pytest.mark.django_db
DUTY = "/desk/duty/"
GIVEN = {"endpoint": "https://fcm.googleapis.com/fcm/send/abc", "keys": {"p256dh": "BPub", "auth": "secret"}}


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def add(browser, subscription, key="our-key"):
    told = subscription if isinstance(subscription, str) else json.dumps(subscription)
    return browser.post(f"{DUTY}browsers/", {"subscription": told, "key": key}, follow=True)


@pytest.mark.parametrize("name", ["ada", "sol"])
def test_the_desks_people_see_that_nobody_is_on_shift_and_begin_theirs(client_of, name):
    browser = client_of(name)
    assert "Nobody is on shift" in text_of(browser.get(DUTY))
    said = text_of(browser.post(f"{DUTY}begin/", follow=True))
    assert "You are on shift" in said
    assert "Nobody is on shift" not in said


@pytest.mark.parametrize("name", ["cora", "greta", "ben", "pia", "pete", "tom"])
@pytest.mark.parametrize("what", ["", "begin/", "try/", "browsers/"])
def test_nobody_elses_business(client_of, name, what):
    browser = client_of(name)
    assert (browser.post(DUTY + what) if what else browser.get(DUTY)).status_code == 403


@pytest.mark.parametrize("what", ["", "begin/", "try/"])
def test_who_has_not_signed_in_is_asked_to(town, what):
    browser = Client()
    answer = browser.post(DUTY + what) if what else browser.get(DUTY)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("what", ["begin/", "try/", "browsers/"])
def test_opening_an_address_changes_nothing(client_of, what):
    assert client_of("ada").get(DUTY + what).status_code == 405


def test_a_shift_is_ended_by_oneself_or_a_supervisor(client_of, at_desk):
    client_of("ada").post(f"{DUTY}begin/")
    with at_desk():
        shift = Shift.objects.get()
    assert client_of("ray").post(f"{DUTY}{shift.pk}/end/").status_code == 403
    assert client_of("pia").post(f"{DUTY}{shift.pk}/end/").status_code == 403
    assert "End the shift of ada" in text_of(client_of("sol").get(DUTY))
    assert "The shift of ada is over" in text_of(client_of("sol").post(f"{DUTY}{shift.pk}/end/", follow=True))


def test_a_browser_is_notified_once_added_and_no_more_once_removed(client_of, town):
    ada = client_of("ada")
    assert "is notified when you are called" in text_of(add(ada, GIVEN))
    add(ada, GIVEN)
    with acting_as(town.people["ada"].pk, today=TODAY):
        [known] = Browser.objects.all()
        assert known.address == GIVEN | {"key": "our-key"}
    with acting_as(town.people["sol"].pk, today=TODAY):
        assert not Browser.objects.exists()
    assert client_of("sol").post(f"{DUTY}browsers/{known.pk}/remove/").status_code == 404
    assert "is notified no more" in text_of(ada.post(f"{DUTY}browsers/{known.pk}/remove/", follow=True))


@pytest.mark.parametrize(
    "sent",
    ["", "nonsense", "[]", '"x"', "{}", "null", "[" * 3000, '{"endpoint": "https://[", "keys": {"p256dh": "a", "auth": "b"}}', {"endpoint": "http://a/", "keys": GIVEN["keys"]},
     GIVEN | {"endpoint": 5}, GIVEN | {"keys": {"p256dh": "", "auth": "x"}}, GIVEN | {"endpoint": "https://" + "a" * 4000}],
)  # fmt: skip
def test_what_no_browser_gives_is_refused_with_a_sentence(client_of, sent):
    said = text_of(add(client_of("ada"), sent))
    assert "is notified when" not in said
    assert "usa-alert--error" in said


def test_a_trial_calls_in_every_way_and_says_what_came_of_it(client_of, at_desk, town):
    ada = client_of("ada")
    add(ada, GIVEN)
    with at_desk():
        town.people["ada"].phone = "+15735550100"
        town.people["ada"].save()
    assert "You are being called" in text_of(ada.post(f"{DUTY}try/", follow=True))
    with at_desk():
        assert set(Attempt.objects.values_list("channel", flat=True)) == {"push", "sms", "email"}
        assert Message.objects.get().words["en"]["subject"] == "A trial of your alarm"
    assert "being tried; reload this page" in text_of(ada.get(DUTY))
    assert "The last trial" not in text_of(client_of("ray").get(DUTY))


def test_one_sees_who_took_what_called_one(a_tip, client_of, acting, town, at_desk):
    tip = a_tip(event_types=["gun"]).tip
    with at_desk():
        tip.owner = town.people["ada"]
        tip.save()
    with acting("ada") as standing:
        alarms.acknowledge_alarm(Alarm.objects.get(person=standing.person), by=standing, at=NOW)
    assert "called off by ada" in text_of(client_of("ray").get(DUTY))
    assert "answered after" in text_of(client_of("ada").get(DUTY))


def test_the_queue_says_in_red_that_nobody_is_on_shift(client_of):
    assert "Nobody is on shift" in text_of(client_of("ada").get("/desk/"))


def test_the_worker_is_a_script_that_is_asked_for_anew():
    answer = Client().get("/desk/push-worker.js")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize(("reply", "left"), [("410 gone", 0), ("404 not found", 0), ("403 wrong key", 1), ("", 1)])
def test_a_browser_that_its_service_does_not_know_any_more_is_forgotten(client_of, at_desk, reply, left):
    ada = client_of("ada")
    add(ada, GIVEN)
    ada.post(f"{DUTY}try/")
    with at_desk():
        attempt = Attempt.objects.get(channel="push")
        attempt.outcome, attempt.reply = "refused", reply
        forget_gone(Ended(attempt, NOW))
        assert Browser.objects.count() == left


def test_a_trial_calls_once_a_minute_at_most(client_of, at_desk):
    ada = client_of("ada")
    ada.post(f"{DUTY}try/"), ada.post(f"{DUTY}try/")
    with at_desk():
        assert Message.objects.count() == 1


def test_a_call_that_waits_to_be_made_stands_in_the_menu_and_over_the_queue(town, client_of, acting, at_desk, a_tip):
    with at_desk():
        a_contact(town.linden, "Night watch", voice="+15735550177")
    assert "call waits to be made" not in text_of(client_of("ada").get("/desk/"))
    with acting("ada") as ada:
        referred(a_tip().tip, ada, town.linden)
    page = text_of(client_of("ray").get("/desk/"))
    assert "1 call waits to be made" in page
    assert 'href="/sent/calls/"' in page
    assert "Night watch" in text_of(client_of("ray").get("/sent/calls/"))
    assert "/sent/calls/" not in text_of(client_of("pia").get("/", follow=True))
