"""So much in a period, each for themselves, whatever becomes of the request."""

import uuid

import pytest
from django.db import connection, transaction

from shelterbelt.core.limits import Limit
from shelterbelt.core.tasks import forget_allowances

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth() -> str:
    """Somebody new each time: what is taken stays taken after a test."""
    return f"ruth-{uuid.uuid4()}@example.org"


def some(most: int, per: str = "hour") -> Limit:
    return Limit("tests", most, per)


def test_all_of_it_may_be_used_at_once_and_then_no_more(ruth):
    assert [some(3).taken(ruth) for _ in range(3)] == [0, 0, 0]
    wait = some(3).taken(ruth)
    assert 1190 < wait <= 1200  # a third of an hour


def test_to_ask_while_none_is_left_makes_the_wait_no_longer(ruth):
    some(1, "minute").taken(ruth)
    waits = [some(1, "minute").taken(ruth) for _ in range(5)]
    assert max(waits) <= 60


def test_others_have_their_own(ruth):
    some(1).taken(ruth)
    assert some(1).taken(f"{ruth} too") == 0
    assert Limit("other tests", 1, "hour").taken(ruth) == 0


def test_what_a_failed_request_took_stays_taken(ruth):
    with transaction.atomic():
        some(1).taken(ruth)
        transaction.set_rollback(True)
    assert some(1).taken(ruth) > 0


def test_it_comes_back_with_time(ruth):
    moved = "update core_allowance set used_up = used_up - interval '21 minutes' where of = 'tests'"
    for _ in range(3):
        some(3).taken(ruth)
    with owned() as beside:
        beside.execute(moved)
    assert some(3).taken(ruth) == 0
    assert some(3).taken(ruth) > 0


def test_a_clock_that_jumped_keeps_nobody_out_for_longer_than_the_period(ruth):
    some(1).taken(ruth)
    with owned() as beside:
        beside.execute("update core_allowance set used_up = used_up + interval '2 years' where of = 'tests'")
    assert some(1).taken(ruth) <= 3600


def test_the_table_tells_nobody_who_it_is(ruth):
    some(1).taken(ruth)
    with owned() as beside:
        rows = beside.execute("select who from core_allowance").fetchall()
    assert not [who for (who,) in rows if "ruth" in who or "example" in who]


def test_what_is_free_again_is_forgotten(ruth):
    some(1).taken(ruth)
    with owned() as beside:
        beside.execute("update core_allowance set used_up = now() - interval '1 second'")
        beside.execute("select core_forget_allowances()")
        [(left,)] = beside.execute("select count(*) from core_allowance where used_up < now()").fetchall()
    assert left == 0
    forget_allowances(0)


def test_the_app_login_neither_reads_nor_clears_the_table():
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege('core_allowance', 'select, insert, update, delete')")
        assert cursor.fetchone() == (False,)


def owned():
    """A connection as the owner, past the transaction of the test."""
    from shelterbelt.core.apart import apart

    return apart()
