"""The page of a message, and the page of calls to make."""

import uuid

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as_system
from shelterbelt.delivery import working
from shelterbelt.delivery.tests.conftest import TODAY, to
from shelterbelt.delivery.tests.mail_servers import Post, serving


@pytest.fixture
def browser(places):
    def of(name):
        client = Client()
        with acting_as_system("sign_in", today=TODAY, reason="test"):
            client.force_login(places.people[name])
        return client

    return of


def text(response):
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def test_ada_sees_who_was_reached_and_why_somebody_was_not(ask, settings, browser):
    with serving(Post(rcpt=lambda who: "550 5.1.1 No such person" if "ann" in who else "250 OK"), settings):
        message = ask(to("ann", "ann@boone.example"), to("bob", "bob@boone.example"))
        working.deliver()
    page = text(browser("ada").get(f"/sent/{message.pk}/"))
    assert "Not everybody was reached" in page
    assert "550 5.1.1 No such person" in page
    assert "bob@boone.example" in page


def test_for_others_the_message_does_not_exist(ask, browser):
    message = ask(to("ann", "ann@boone.example"))
    for name in ("ben", "cora"):
        assert browser(name).get(f"/sent/{message.pk}/").status_code == 404
    assert browser("ada").get(f"/sent/{uuid.uuid4()}/").status_code == 404


def test_ada_calls_and_writes_down_that_somebody_answered(ask, browser, states):
    message = ask(to("ann", ("call", "+15735550101")), urgency="life_safety")
    ada = browser("ada")
    page = text(ada.get("/sent/calls/"))
    assert 'href="tel:+15735550101"' in page
    assert f"/sent/{message.pk}/" in page
    call = page.partition('action="/sent/calls/')[2].partition("/")[0]
    assert ada.post(f"/sent/calls/{call}/", {"result": "perhaps"}).status_code == 302
    assert "Say what the call came to" in text(ada.get("/sent/calls/"))
    assert states() == {"ann": "sending"}
    ada.post(f"/sent/calls/{call}/", {"result": "answered"})
    assert "No call waits for you." in text(ada.get("/sent/calls/"))
    assert states() == {"ann": "sent"}
    assert ada.post(f"/sent/calls/{call}/", {"result": "answered"}).status_code == 403
    assert browser("ben").post(f"/sent/calls/{call}/", {"result": "answered"}).status_code == 404
