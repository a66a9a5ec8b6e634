"""However many they are, whom a message is for is fixed by one statement, in the transaction that asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shelterbelt.delivery import working
from shelterbelt.delivery.actions import cancel, send_to_query
from shelterbelt.delivery.models import Attempt, Recipient
from shelterbelt.delivery.tests.conftest import WORDS, to
from shelterbelt.delivery.tests.mail_servers import Post, serving

MANY = 20_000
CROWD = """
    insert into delivery_recipient (message_id, ref, name, language, addresses, link, step, is_primary, status, reason,
                                    place, acknowledged_how, untold)
    select %s, 'r' || n, '', 'en', jsonb_build_array(jsonb_build_array('email', 'r' || n || '@boone.example')),
           '', 1, true, 'spared', '', 0, '', false
    from generate_series(1, %s) as n
"""


@pytest.fixture
def crowd(ask, as_delivery):
    """Makes a query that finds many; the recipients of an earlier message will do."""

    def make(how_many):
        earlier = ask(to("nobody"), key="earlier", purpose="drills.earlier")
        with as_delivery(), connection.cursor() as cursor:
            cursor.execute(CROWD, [earlier.pk, how_many])
        return Recipient.objects.filter(message=earlier, status="spared")

    return make


def fan_out(found, places, time):
    given = {"purpose": "alerts.mass", "org": places.state, "words": WORDS, "at": time.now, "urgency": "life_safety"}
    return send_to_query(**given, key="1", to=found)


def test_twenty_thousand_are_fixed_by_as_many_statements_as_one(crowd, places, as_delivery, time):
    found = crowd(MANY)
    with as_delivery(), CaptureQueriesContext(connection) as asked:
        message = fan_out(found, places, time)
    assert len(asked) < 20
    with as_delivery():
        assert Recipient.objects.filter(message=message, status="sending").count() == MANY
        assert Attempt.objects.filter(message=message, outcome="", rank=0).count() == MANY
        assert fan_out(found, places, time) == message
        assert Attempt.objects.filter(message=message).count() == MANY


def test_a_false_alarm_is_called_off_for_all_at_once(crowd, places, as_delivery, time, settings):
    with as_delivery():
        cancel(fan_out(crowd(1200), places, time), at=time.now)
        assert set(Recipient.objects.values_list("status", flat=True)) == {"spared", "failed"}
    with serving(Post(), settings) as server:
        working.deliver()
    assert not server.post.to


def test_they_are_sent_like_any_other(crowd, places, as_delivery, time, settings):
    with as_delivery():
        fan_out(crowd(30), places, time)
    with serving(Post(), settings) as server:
        working.deliver()
    assert len(set(server.post.to)) == len(server.post.to) == 30


def test_a_persons_own_work_may_not_ask_past_row_security(crowd, places, acting, time):
    found = crowd(1)
    with acting("ada"), pytest.raises(PermissionError):
        fan_out(found, places, time)
