"""A letter that comes back is known by its report, and the next way is taken."""

import io
import sys
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from shelterbelt.delivery import hooks, working
from shelterbelt.delivery.actions import acknowledge, record_bounce
from shelterbelt.delivery.rules.bounces import read
from shelterbelt.delivery.tests.conftest import to
from shelterbelt.delivery.tests.mail_servers import Post, serving

# As Postfix writes it.
REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.boone.example (Mail Delivery System)
To: desk@shelterbelt.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4F2C17.1795550000/mx.boone.example"

--4F2C17.1795550000/mx.boone.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--4F2C17.1795550000/mx.boone.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.boone.example
Arrival-Date: Tue, 24 Nov 2026 14:00:01 -0600 (CST)

Final-Recipient: rfc822; ann@boone.example
Original-Recipient: rfc822;ann@boone.example
Action: {action}
Status: 5.1.1
Remote-MTA: dns; mail.boone.example
Diagnostic-Code: smtp; 550 5.1.1 <ann@boone.example>: Recipient address
    rejected: User unknown

--4F2C17.1795550000/mx.boone.example
Content-Description: Undelivered Message Headers
Content-Type: {returned}

From: desk@shelterbelt.example
To: ann@boone.example
Subject: Something waits for you to read
Message-ID: {message_id}

--4F2C17.1795550000/mx.boone.example--
"""


def report(message_id, *, action="failed", returned="text/rfc822-headers"):
    return REPORT.format(message_id=message_id, action=action, returned=returned).encode()


@pytest.fixture
def sent(ask, settings):
    """A letter to Ann, who has a second address."""
    settings.DEFAULT_FROM_EMAIL = "desk@shelterbelt.example"
    with serving(Post(), settings) as server:
        message = ask(to("ann", "ann@boone.example", "ann@home.example"))
        working.deliver()
        yield SimpleNamespace(message=message, post=server.post, id=server.post.letters[0]["Message-ID"])


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_says_which_letter_failed_and_why(returned):
    found = read(report("<17@shelterbelt.example>", returned=returned))
    assert found.message_id == "<17@shelterbelt.example>"
    assert found.said.startswith("5.1.1 550 5.1.1 <ann@boone.example>: Recipient address")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_only_a_failure_is_a_failure(action):
    assert read(report("<17@shelterbelt.example>", action=action)) is None


def test_exims_letters_are_understood_too():
    letter = b"X-Failed-Recipients: ann@boone.example\nIn-Reply-To: <17@shelterbelt.example>\n\nMail failed."
    assert read(letter).message_id == "<17@shelterbelt.example>"


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"Subject: Hello\n\nHow are you?", report("")[:700]])
def test_other_letters_say_nothing(raw):
    assert read(raw) is None


def test_the_next_address_is_tried_and_whoever_keeps_addresses_hears(heard, sent, monkeypatch, capsys, states):
    tried = []

    def listen(ended):
        tried.append((ended.attempt.address, ended.attempt.outcome, ended.attempt.recipient.ref))

    monkeypatch.setattr(hooks, "ATTEMPTED", [listen])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report(sent.id))))
    call_command("read_bounce")
    assert capsys.readouterr().out == "Written down.\n"
    assert tried == [("ann@boone.example", "bounced", "ann")]
    assert states() == {"ann": "sending"}
    working.deliver()
    assert sent.post.to == ["ann@boone.example", "ann@home.example"]
    assert heard == [("ann", "sent"), ("ann", "sending"), ("ann", "sent")]


def test_letters_that_can_not_be_delivered_return_to_an_address_of_their_own(ask, settings):
    settings.EMAIL_RETURN = "bounces@shelterbelt.example"
    senders = []
    post = Post(mail=senders.append)
    with serving(post, settings):
        ask(to("ann", "ann@boone.example"))
        working.deliver()
    assert senders == ["bounces@shelterbelt.example"]


def test_told_twice_it_came_back_once(sent, time, attempts):
    assert record_bounce(sent.id, at=time.now)
    assert record_bounce(sent.id, at=time.now)
    assert sorted(each.outcome for each in attempts()) == ["", "bounced"]


def test_who_acknowledged_is_not_bothered_by_a_late_report(sent, time, states, as_delivery):
    with as_delivery():
        acknowledge(sent.message.recipients.get(), by=None, at=time.now, how="page")
    record_bounce(sent.id, at=time.now)
    assert states() == {"ann": "acknowledged"}


@pytest.mark.parametrize("message_id", ["", "<>", "<1@2>", "<00000000000000000000000000000000@shelterbelt.example>"])
def test_a_letter_of_somebody_else_is_none_of_ours(db, time, message_id):
    assert not record_bounce(message_id, at=time.now)
