"""What time brings: the next address, the next step, what never ended, and rooms that must be told again."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shelterbelt.delivery import hooks, working
from shelterbelt.delivery.actions import acknowledge, attempting, record_call
from shelterbelt.delivery.models import Attempt
from shelterbelt.delivery.queries import calls_to_make, status
from shelterbelt.delivery.rules.results import Result
from shelterbelt.delivery.tests.conftest import to
from shelterbelt.delivery.tests.mail_servers import Post, serving


@pytest.fixture
def post(settings):
    with serving(Post(), settings) as server:
        yield server.post


def test_nobody_acknowledged_in_time_so_the_next_step_is_told(ask, post, time, states):
    ask(to("ann", "ann@boone.example"), to("bob", "bob@boone.example", step=2), wait=timedelta(minutes=15))
    working.deliver()
    time.later(minutes=14)
    working.deliver()
    assert states() == {"ann": "sent", "bob": "waiting"}
    time.later(minutes=1)
    working.deliver()
    working.deliver()
    assert states() == {"ann": "sent", "bob": "sent"}


def test_whoever_acknowledges_ends_it(ask, post, time, states, as_delivery):
    steps = [to(name, f"{name}@boone.example", step=step) for step, name in enumerate(("ann", "bob", "cyd"), 1)]
    message = ask(*steps, wait=timedelta(minutes=15))
    working.deliver()
    with as_delivery():
        acknowledge(message.recipients.get(ref="ann"), by=None, at=time.now, how="page")
    time.later(hours=2)
    working.deliver()
    assert states() == {"ann": "acknowledged", "bob": "spared", "cyd": "spared"}
    assert post.to == ["ann@boone.example"]


def test_a_step_moves_on_when_somebody_who_must_be_reached_is_not(ask, post, states):
    post.replies["rcpt"] = lambda who: "550 No" if who.startswith("ann") else "250 OK"
    ask(to("ann", "ann@boone.example"), to("ada", "ada@boone.example"), to("bob", "bob@boone.example", step=2))
    working.deliver()
    working.deliver()
    assert states() == {"ann": "failed", "ada": "sent", "bob": "sent"}


def test_who_is_only_informed_moves_nothing_on(ask, post, states, as_delivery):
    post.replies["rcpt"] = lambda who: "550 No" if who.startswith("ann") else "250 OK"
    message = ask(
        to("ann", "ann@boone.example", is_primary=False),
        to("ada", "ada@boone.example"),
        to("bob", "bob@boone.example", step=2),
    )
    working.deliver()
    assert states() == {"ann": "failed", "ada": "sent", "bob": "waiting"}
    with as_delivery():
        assert status(message).is_sent
        assert [each.ref for each in status(message).not_reached] == ["ann"]


def test_when_life_is_at_stake_the_next_step_is_told_within_a_minute_of_trouble(ask, post, states, time):
    post.replies["rcpt"] = lambda who: "451 Later" if who.startswith("ann") else "250 OK"
    ask(to("ann", "ann@boone.example"), to("bob", "bob@boone.example", step=2), urgency="life_safety")
    working.deliver()
    time.later(seconds=60)
    working.deliver()
    working.deliver()
    assert states() == {"ann": "sending", "bob": "sent"}
    post.replies.clear()
    time.later(hours=1)
    working.deliver()
    assert states() == {"ann": "sent", "bob": "sent"}


def test_all_addresses_at_once(ask, post, states, attempts):
    ask(to("ann", "ann@boone.example", "ann@home.example", ("chat", "desk")), at_once=True)
    working.deliver()
    assert sorted(post.to) == ["ann@boone.example", "ann@home.example"]
    assert {each.outcome for each in attempts()} == {"sent"}


def test_what_was_begun_and_never_ended_is_uncertain_and_never_tried_there_again(ask, post, time, states, as_delivery):
    ask(to("ann", "ann@boone.example", "ann@home.example"))
    holder = uuid.uuid4()
    with as_delivery():  # a worker that takes it, begins, and dies
        [mine] = attempting.claim("email", holder=holder, at=time.now, at_most=5)
        assert attempting.begin(mine, holder=holder, at=time.now)
    time.later(minutes=2)
    working.deliver()
    for _hour in range(5):
        time.later(hours=1)
        working.deliver()
    assert post.to == ["ann@home.example"]
    assert states() == {"ann": "sent"}


def test_what_was_taken_and_not_begun_is_taken_by_another(ask, post, time, states, as_delivery):
    ask(to("ann", "ann@boone.example"))
    first = uuid.uuid4()
    with as_delivery():
        [mine] = attempting.claim("email", holder=first, at=time.now, at_most=5)
    working.deliver()
    assert not post.to
    time.later(seconds=30)
    working.deliver()
    assert states() == {"ann": "sent"}
    with as_delivery():  # the first one wakes up again
        assert not attempting.begin(mine, holder=first, at=time.now)


def test_the_database_itself_lets_nothing_begin_twice_at_an_address(ask, time, as_delivery, attempts):
    ask(to("ann", "ann@boone.example"))
    holder = uuid.uuid4()
    with as_delivery():
        [one] = attempting.claim("email", holder=holder, at=time.now, at_most=5)
        twin = Attempt.objects.get(pk=one.pk)
        twin.pk = uuid.uuid4()
        twin.save(force_insert=True)
        assert attempting.begin(one, holder=holder, at=time.now)
        with pytest.raises(IntegrityError), transaction.atomic():
            attempting.begin(twin, holder=holder, at=time.now)
        attempting.stop(twin, holder=holder, at=time.now)
    assert sorted(each.outcome for each in attempts()) == ["", "skipped"]


def test_who_lost_hold_of_a_letter_says_nothing_about_it(ask, time, as_delivery, attempts):
    ask(to("ann", "ann@boone.example"))
    slow, quick = uuid.uuid4(), uuid.uuid4()
    with as_delivery():
        [letter] = attempting.claim("email", holder=slow, at=time.now, at_most=5)
        time.later(seconds=31)
        assert attempting.claim("email", holder=quick, at=time.now, at_most=5) == [letter]
        assert attempting.begin(letter, holder=quick, at=time.now)
        attempting.end(letter, Result("failed"), at=time.now, holder=slow)
        attempting.end(letter, Result("sent"), at=time.now, holder=quick)
    assert [each.outcome for each in attempts()] == ["sent"]


@pytest.mark.parametrize(("late", "state"), [("sent", "sent"), ("refused", "failed"), ("failed", "sending")])
def test_who_answers_late_knows_better_than_uncertain(ask, time, as_delivery, states, late, state):
    ask(to("ann", "ann@boone.example"))
    holder = uuid.uuid4()
    with as_delivery():
        [letter] = attempting.claim("email", holder=holder, at=time.now, at_most=5)
        attempting.begin(letter, holder=holder, at=time.now)
    time.later(minutes=2)
    working.go_on()
    assert states() == {"ann": "uncertain"}
    with as_delivery():
        attempting.end(letter, Result(late), at=time.now, holder=holder)
    assert states() == {"ann": state}


def test_a_room_that_could_not_take_an_outcome_is_told_again_and_what_was_sent_stays_sent(
    ask, post, states, monkeypatch
):
    said = []

    def listen(change):
        said.append(change.recipient.status)
        if len(said) == 1:
            raise ZeroDivisionError

    monkeypatch.setitem(hooks.OUTCOMES, "tips.referral", [listen])
    ask(to("ann", "ann@boone.example"))
    working.drain("email")
    assert states() == {"ann": "sent"}
    working.go_on()
    working.go_on()
    assert said == ["sent", "sent"]
    assert post.to == ["ann@boone.example"]


def test_a_call_is_made_by_a_person_who_writes_down_what_came_of_it(ask, post, acting, time, states):
    ask(to("ann", ("call", "+15735550101"), "ann@boone.example"), to("bob", ("call", "+15735550102")))
    working.deliver()
    with acting("ada") as ada:
        calls = {each.recipient.ref: each for each in calls_to_make(time.now)}
        record_call(calls["ann"], result="voicemail", by=ada, at=time.now)
        record_call(calls["bob"], result="answered", by=ada, at=time.now)
    working.deliver()
    assert states() == {"ann": "sent", "bob": "sent"}
    assert post.to == ["ann@boone.example"]
    with acting("ada"):
        assert not calls_to_make(time.now + timedelta(days=1))


def test_calls_are_for_those_to_make_who_may_see_the_message(ask, acting, time):
    ask(to("ann", ("call", "+15735550101")))
    with acting("ben"):
        assert not calls_to_make(time.now)
