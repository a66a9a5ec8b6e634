"""What supervisors see of clocks met and missed."""

from datetime import timedelta

import pytest

from shelterbelt.tips.actions import clocks, counting, escalating
from shelterbelt.tips.models import Tip
from shelterbelt.tips.queries import clocks as numbers, statistics
from shelterbelt.tips.rules.periods import school_year
from shelterbelt.tips.tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked(a_tip, at_desk, town):
    """Ada claimed one grave tip after 20 seconds and one after 40; the third was missed, and claimed after 100."""
    tips = [a_tip(event_types=["gun"]).tip for _ in range(3)]
    with at_desk():
        Tip.objects.update(owner=town.people["ada"])
        escalated = []
        for tip, seconds in zip(tips, (20, 40, 100), strict=True):
            at = NOW + timedelta(seconds=seconds)
            escalated.append(escalating.keep_clocks(at=at))
            clocks.end_clocks(tip, "claim", at=at)
            counting.count("claimed", [tip], at=at, seconds=seconds)
        yield


def test_met_missed_and_how_long_it_took(worked, town):
    claim = numbers.kept(town.state.pk, TODAY, TODAY)[0]
    assert (claim.kind, claim.is_life_safety, claim.met, claim.missed) == ("claim", True, 2, 1)
    assert (claim.p50, claim.p95) == (40, pytest.approx(94))
    assert claim.missed_share == pytest.approx(100 / 3)


def test_every_kind_has_a_row_though_nothing_was_due(worked, town):
    rows = numbers.kept(town.state.pk, TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    assert [(row.kind, row.is_life_safety) for row in rows[:3]] == [
        ("claim", True),
        ("claim", False),
        ("dispatch", True),
    ]
    assert {(row.met, row.missed, row.p50, row.missed_share) for row in rows} == {(0, 0, None, None)}


def test_sent_out_tells_how_long_a_tip_waited_and_not_how_long_its_letter_took(worked, town, at_desk):
    with at_desk():
        tip = Tip.objects.first()
        counting.count("referred", [tip], at=NOW, seconds=900, recipient_class="school", is_primary=True)
        counting.count("sent", [tip], at=NOW, seconds=2, recipient_class="school", is_primary=True)
    kept = {(row.kind, row.is_life_safety): row for row in numbers.kept(town.state.pk, TODAY, TODAY)}
    assert kept["dispatch", True].p50 == 900
    times = {each.step: each.p50 for each in statistics.numbers(town.state, school_year(2026)).times}
    assert (times["refer"], times["reach"]) == (900, 2)


def test_by_day_and_by_person(worked, town):
    assert numbers.by_day(town.state.pk, TODAY, TODAY) == [numbers.Day(TODAY, 2, 1)]
    [ada] = numbers.by_person(town.state.pk, TODAY, TODAY)
    assert (ada.person.name, ada.met, ada.missed) == ("ada", 2, 1)


def test_counts_of_persons_are_the_desks_alone(worked, town, acting):
    with acting("cora"):
        assert numbers.by_person(town.state.pk, TODAY, TODAY) == []
        assert numbers.by_day(town.state.pk, TODAY, TODAY) == [numbers.Day(TODAY, 2, 1)]
