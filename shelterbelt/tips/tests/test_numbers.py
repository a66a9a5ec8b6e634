"""The desk's numbers, for three kinds of years; an export holds no more than the page."""

import csv
import io
from datetime import date

import pytest

from shelterbelt.tips.models import StatFact
from shelterbelt.tips.queries import statistics
from shelterbelt.tips.rules.periods import calendar_year, fiscal_year, period_of, periods, school_year
from shelterbelt.tips.tests.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("slug", "first", "last"),
    [
        ("2026-27", date(2026, 7, 1), date(2027, 6, 30)),
        ("1999-00", None, None),
        ("2026-28", None, None),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("FY2027", date(2026, 7, 1), date(2027, 6, 30)),
        ("FY20", None, None),
        ("२०२६", None, None),
        ("", None, None),
    ],
)
def test_a_slug_names_a_period_or_nothing(slug, first, last):
    found = period_of(slug)
    assert (found.first, found.last) == (first, last) if found else first is None


def test_all_periods_since_the_first_count():
    assert [each.slug for each in periods(date(2025, 3, 1), TODAY)] == [
        "2026-27", "2025-26", "2024-25", "2026", "2025", "FY2027", "FY2026", "FY2025",
    ]  # fmt: skip


@pytest.fixture
def counted(town, at_desk):
    """Facts of two school years: 2 real, 1 spam, 1 notice, 2 referrals with their times."""

    def fact(step="received", **more):
        facts = {
            "org": town.state, "on": date(2026, 9, 1), "received_on": date(2026, 9, 1), "hour": 9, "channel": "web",
            "event_type": "bullying", "kind": "real", "is_life_safety": False, "region": town.region,
        }  # fmt: skip
        StatFact.objects.create(step=step, **facts | more)

    with at_desk():
        fact()
        fact(event_type="gun", is_life_safety=True, channel="phone", region=None, hour=23)
        fact(kind="spam")
        fact(step="noticed", kind="notice")
        fact(received_on=date(2026, 3, 1), on=date(2026, 3, 1))
        fact(step="referred", recipient_class="school")
        fact(step="claimed", seconds=60)
        fact(step="claimed", seconds=120)
    return town


def test_a_school_year_is_counted(counted, at_desk):
    with at_desk():
        found = statistics.numbers(counted.state, school_year(2026))
    assert (found.tips, found.life_safety) == (2, 1)
    assert found.apart == {"spam": 1, "notice": 1}
    assert found.by_group == {"attack_or_weapons": 1, "bullying": 1}
    assert found.by_channel == {"phone": 1, "web": 1}
    assert found.referrals == {"school": 1}
    claimed = found.times[0]
    assert (claimed.step, claimed.many, claimed.p50) == ("claim", 2, 90)


def test_a_calendar_year_holds_the_spring_too_and_a_fiscal_year_is_the_school_years(counted, at_desk):
    with at_desk():
        assert statistics.numbers(counted.state, calendar_year(2026)).tips == 3
        assert statistics.numbers(counted.state, fiscal_year(2027)).tips == 2


def test_every_way_to_look_adds_up(counted, at_desk):
    with at_desk():
        found = statistics.numbers(counted.state, calendar_year(2026))
    for parts in (found.by_group, found.by_type, found.by_channel, found.by_region, found.by_hour, found.by_month):
        assert sum(parts.values()) == found.tips


@pytest.mark.parametrize(
    ("name", "status"),
    [("sol", 200), ("ada", 200), ("cora", 200), ("greta", 200), ("pia", 403), ("pete", 403), ("ben", 403)],
)
def test_who_reads_the_numbers(counted, client_of, name, status):
    assert client_of(name).get("/desk/numbers/").status_code == status


@pytest.mark.parametrize(("name", "sees"), [("cora", 7), ("greta", 7), ("ada", 7), ("pia", 0), ("pete", 0), ("ben", 0)])
def test_by_hand_nobody_else_counts_either(counted, acting, name, sees):
    with acting(name):
        assert StatFact.objects.exclude(step="referred").count() == sees


def test_a_regional_coordinator_reads_their_region(counted, client_of):
    assert client_of("greta").get("/desk/numbers/?period=2026-27").context["numbers"].tips == 1
    assert client_of("greta").get("/desk/numbers/csv/").status_code == 404


def test_the_export_says_the_same(counted, client_of):
    answer = client_of("cora").get("/desk/numbers/csv/?period=2026")
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert sum(int(row["tips"]) for row in rows if row["kind"] == "real") == 3
    assert client_of("cora").get("/desk/numbers/xlsx/").status_code == 200
    assert client_of("cora").get("/desk/numbers/pdf/").status_code == 404


def test_an_empty_period_says_so(counted, client_of):
    assert b"Nothing was counted" in client_of("sol").get("/desk/numbers/?period=2020").content
