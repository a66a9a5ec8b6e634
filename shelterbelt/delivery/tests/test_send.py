"""A message is asked for in the caller's transaction, once, and only whom it concerns sees it."""

import uuid

import pytest
from django.db import ProgrammingError, transaction

from shelterbelt.access.models import AuditEntry
from shelterbelt.delivery.actions import EVERYBODY_WITHIN_REACH, Words, acknowledge, cancel, forget
from shelterbelt.delivery.models import Attempt, Message, Recipient
from shelterbelt.delivery.queries import status_of
from shelterbelt.delivery.tests.conftest import to


def test_asked_for_twice_it_is_one_message(ask, attempts):
    assert ask(to("ann", "ann@boone.example")) == ask(to("ann", "ann@boone.example"))
    assert [each.address for each in attempts()] == ["ann@boone.example"]


def test_undone_with_what_asked_for_it(ask, attempts):
    with transaction.atomic():
        ask(to("ann", "ann@boone.example"))
        transaction.set_rollback(True)
    assert not attempts()


def test_a_secret_message_is_seen_at_the_desk_and_not_at_the_school(ask, acting):
    ask(to("ann", "ann@boone.example"))
    for name, sees in {"ada": 1, "ben": 0, "cora": 0}.items():
        with acting(name):
            assert (Message.objects.count(), Recipient.objects.count(), Attempt.objects.count()) == (sees, sees, sees)


def test_an_open_message_is_seen_by_whoever_reaches_the_school(ask, acting):
    ask(to("ann", "ann@boone.example"), readers=[EVERYBODY_WITHIN_REACH])
    for name, sees in {"ada": 0, "ben": 1, "cora": 1}.items():
        with acting(name):
            assert Recipient.objects.count() == sees


def test_nobody_writes_what_was_sent(ask, acting):
    ask(to("ann", "ann@boone.example"))
    with acting("ada"):
        assert Recipient.objects.update(status="sent") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Attempt.objects.create(
                message=Message.objects.get(),
                recipient=Recipient.objects.get(),
                channel="email",
                address="x",
                made_at="2026-11-24T20:00Z",
                next_at="2026-11-24T20:00Z",
            )


def test_sent_only_if_everybody_who_must_be_reached_was(ask, acting, as_delivery):
    thing = uuid.uuid4()
    ask(to("ann", "ann@boone.example"), to("bob", "bob@boone.example"), about=thing)
    with as_delivery():
        Recipient.objects.filter(ref="ann").update(status="sent")
    with acting("ada"):
        assert not status_of(thing)[0].is_sent
    with as_delivery():
        Recipient.objects.filter(ref="bob").update(status="acknowledged")
    with acting("ada"):
        assert status_of(thing)[0].is_sent


def test_who_has_no_address_was_not_reached_and_the_next_step_is_told(ask, states, heard, attempts):
    ask(to("ann"), to("bob", "bob@boone.example", step=2))
    assert states() == {"ann": "failed", "bob": "sending"}
    assert heard == [("ann", "failed")]
    assert len(attempts()) == 1


def test_an_acknowledgement_spares_the_next_step(ask, states, as_delivery, time):
    message = ask(to("ann", "ann@boone.example"), to("bob", "bob@boone.example", step=2))
    with as_delivery():
        acknowledge(message.recipients.get(ref="ann"), by=None, at=time.now, how="call")
    assert states() == {"ann": "acknowledged", "bob": "spared"}


def test_a_message_called_off_sends_nothing_more(ask, states, attempts, as_delivery, time):
    message = ask(to("ann", "ann@boone.example"), to("bob", "bob@boone.example", step=2))
    with as_delivery():
        cancel(message, at=time.now)
    assert states() == {"ann": "spared", "bob": "spared"}
    assert [each.outcome for each in attempts()] == ["skipped"]


def test_a_channel_that_does_not_exist_is_refused_at_once(ask):
    with pytest.raises(ValueError, match="no channel pigeon"):
        ask(to("ann", ("pigeon", "ann")))


def test_the_trail_tells_of_no_name_address_word_or_school(ask, as_delivery, time, places):
    thing, secret = uuid.uuid4(), "quincunx"
    message = ask(
        to(secret, f"{secret}@boone.example", ("call", "+15735550101"), link=f"https://{secret}.example"),
        words=Words({"en": secret}, {"en": secret}), link=f"https://{secret}.example", about=thing, key=secret,
    )  # fmt: skip
    with as_delivery():
        acknowledge(message.recipients.get(), by=None, at=time.now, how="page")
        forget(thing)
        assert not Attempt.objects.exists()
        told = list(AuditEntry.objects.filter(thing__startswith="delivery_").values())
    assert {each["verb"] for each in told} == {"insert", "update", "delete"}
    assert {each["org_id"] for each in told} == {None}
    for word in (secret, "5735550101", str(thing), f"tip_analyst@{places.state.pk}"):
        assert word not in str(told)
