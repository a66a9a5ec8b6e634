"""When something is due: over nights, weekends, breaks, the two nights on which clocks change, and leap days."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, strategies as st
from pydantic import ValidationError

from shelterbelt.core.environment import SettingError
from shelterbelt.tips.rules import breaks, clocks, clocks_page, plans
from shelterbelt.tips.rules.clocks import Opening

CENTRAL = ZoneInfo("America/Chicago")
SCHOOL = Opening(
    time(7, 30), time(15, 30), lambda day: day.isoweekday() < 6 and not breaks.is_usual_break(day)
)  # fmt: skip


def step(within, hours="always"):
    return plans.Step(within=within, hours=hours, do=("alarm_owner",))


def local(text):
    """A moment by the wall clock; `b` marks the second of two that bear the same name."""
    return datetime.fromisoformat(text.rstrip("b")).replace(tzinfo=CENTRAL, fold=text.endswith("b"))


CASES = [
    # within, hours, start, due
    ("1 minute", "always", "2026-11-18 23:59:30", "2026-11-19 00:00:30"),  # over midnight
    ("5 minutes", "always", "2026-12-31 23:58", "2027-01-01 00:03"),  # over New Year
    ("2 hours", "always", "2026-11-01 00:30", "2026-11-01 01:30b"),  # clocks go back: the hour from one to two is there twice
    ("60 minutes", "always", "2026-11-01 01:30", "2026-11-01 01:30b"),  # an hour is an hour
    ("60 minutes", "always", "2027-03-14 01:30", "2027-03-14 03:30"),  # clocks leap from two to three
    ("60 minutes", "desk", "2026-11-18 06:00", "2026-11-18 07:00"),  # as it opens
    ("60 minutes", "desk", "2026-11-18 05:59:59", "2026-11-18 07:00"),  # the night doesn't count
    ("60 minutes", "desk", "2026-11-18 17:00", "2026-11-18 18:00"),  # used up just as it closes: due then, not next day
    ("60 minutes", "desk", "2026-11-18 17:30", "2026-11-19 06:30"),  # half of it next morning
    ("60 minutes", "desk", "2026-11-18 18:00", "2026-11-19 07:00"),  # closed already
    ("60 minutes", "desk", "2026-10-31 17:30", "2026-11-01 06:30"),  # over the night that has 25 hours
    ("60 minutes", "desk", "2027-03-13 17:30", "2027-03-14 06:30"),  # over the night that has 23
    ("13 hours", "desk", "2026-11-18 06:00", "2026-11-19 07:00"),  # longer than a day's hours
    ("60 minutes", "desk", "2026-11-21 23:00", "2026-11-22 07:00"),  # weekends are like other days at the desk
    ("1 school day", "school", "2026-11-18 10:00", "2026-11-19 10:00"),  # the same time of the next school day
    ("1 school day", "school", "2026-11-18 20:00", "2026-11-19 15:30"),  # in the evening: the whole of the next one
    ("1 school day", "school", "2026-11-18 05:00", "2026-11-18 15:30"),  # before school: the whole of this one
    ("1 school day", "school", "2026-11-20 14:00", "2026-11-23 14:00"),  # Friday to Monday
    ("1 school day", "school", "2026-11-21 12:00", "2026-11-23 15:30"),  # Saturday: the whole of Monday
    ("1 school day", "school", "2026-10-30 14:00", "2026-11-02 14:00"),  # the weekend on which clocks go back
    ("1 school day", "school", "2027-03-12 14:00", "2027-03-15 14:00"),  # and that on which they leap
    ("1 school day", "school", "2026-11-24 14:00", "2026-11-30 14:00"),  # over Thanksgiving, with the days beside it
    ("1 school day", "school", "2026-12-21 14:00", "2027-01-04 14:00"),  # over the winter break
    ("1 school day", "school", "2026-09-04 10:00", "2026-09-08 10:00"),  # over Labor Day
    ("3 school days", "school", "2026-11-19 10:00", "2026-11-24 10:00"),  # Thursday to Tuesday
    ("15 days", "always", "2026-11-18 14:00", "2026-12-03 14:00"),
    ("15 days", "always", "2026-10-20 14:00", "2026-11-04 14:00"),  # the same by the wall clock, though clocks went back
    ("30 days", "always", "2027-02-20 14:00", "2027-03-22 14:00"),  # and though they leapt
    ("1 day", "always", "2027-03-13 02:30", "2027-03-14 03:30"),  # half past two isn't there: an hour later by name
    ("15 days", "always", "2028-02-20 09:00", "2028-03-06 09:00"),  # a year with a 29 February
    ("15 days", "always", "2027-02-20 09:00", "2027-03-07 09:00"),  # one without
    ("1 day", "always", "2028-02-28 09:00", "2028-02-29 09:00"),  # onto it
    ("1 day", "always", "2028-02-29 09:00", "2028-03-01 09:00"),  # and off
]  # fmt: skip


@pytest.mark.parametrize(("within", "hours", "start", "due"), CASES)
def test_a_clock_is_due_when_its_time_is_over(within, hours, start, due):
    told = clocks.due(step(within, hours), local(start), school=SCHOOL, zone=CENTRAL)
    assert told == local(due).astimezone(UTC)
    assert told.tzinfo is UTC


def test_where_no_school_day_comes_a_clock_is_due_all_the_same():
    never = Opening(time(8), time(15), lambda _: False)
    start = local("2027-06-01 10:00")
    due = clocks.due(step("1 school day", "school"), start, school=never, zone=CENTRAL)
    assert due == clocks.days_later(start, plans.settings().at_latest_days, CENTRAL)


starts = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31)).map(lambda naive: naive.replace(second=0, microsecond=0, tzinfo=UTC))  # fmt: skip
near_changes = st.sampled_from(
    [datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 3, 14, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)]
).flatmap(lambda day: st.integers(-3000, 3000).map(lambda minutes: day + timedelta(minutes=minutes)))
moments = starts | near_changes


def counted(opening, start, minutes):
    """The slow way: minute by minute, if it is open."""
    at, left = start, minutes
    while left:
        here = at.astimezone(CENTRAL)
        left -= opening.is_open(here.date()) and opening.from_ <= here.time() < opening.until
        at += timedelta(minutes=1)
    return at


@given(start=moments, minutes=st.integers(1, 900))
def test_hours_of_the_desk_add_up_as_if_counted_minute_by_minute(start, minutes):
    plan = step(f"{minutes} minutes" if minutes > 1 else "1 minute", "desk")
    assert clocks.due(plan, start, school=SCHOOL, zone=CENTRAL) == counted(clocks.desk_hours(), start, minutes)


@given(start=moments)
def test_a_school_day_adds_up_as_if_counted_minute_by_minute(start):
    weekdays = Opening(time(7, 30), time(15, 30), lambda day: day.isoweekday() < 6)
    due = clocks.due(step("1 school day", "school"), start, school=weekdays, zone=CENTRAL)
    assert due == counted(weekdays, start, 480)


@given(start=moments, minutes=st.integers(1, 1000))
def test_time_that_always_runs_is_real_time(start, minutes):
    due = clocks.due(step(f"{minutes} minutes"), start.astimezone(CENTRAL), school=SCHOOL, zone=CENTRAL)
    assert due - start == timedelta(minutes=minutes)


@given(start=moments, days=st.integers(1, 400))
def test_days_keep_the_time_of_the_day(start, days):
    here, there = start.astimezone(CENTRAL), clocks.days_later(start, days, CENTRAL).astimezone(CENTRAL)
    assert there.date() - here.date() == timedelta(days=days)
    leapt = timedelta(hours=1) if here.time() != there.time() else timedelta()
    assert datetime.combine(date.min, there.time()) - datetime.combine(date.min, here.time()) == leapt


@given(start=moments, wait=st.integers(0, 500), more=st.integers(1, 500))
@pytest.mark.parametrize(
    ("within", "hours"), [("60 minutes", "desk"), ("1 school day", "school"), ("15 minutes", "always")]
)
def test_who_starts_later_is_due_no_sooner(within, hours, start, wait, more):
    plan = step(within, hours)
    first, then = (start + timedelta(minutes=each) for each in (wait, wait + more))
    due = clocks.due(plan, first, school=SCHOOL, zone=CENTRAL)
    assert start < due <= clocks.due(plan, then, school=SCHOOL, zone=CENTRAL)


@given(start=moments, ran=st.integers(0, 59), stood=st.integers(0, 5000))
@pytest.mark.parametrize("hours", ["always", "desk"])
def test_a_clock_that_stood_still_has_as_much_time_left_as_before(hours, start, ran, stood):
    plan = step("60 minutes", hours)
    due = clocks.due(plan, start, school=SCHOOL, zone=CENTRAL)
    paused = start + timedelta(minutes=ran)
    resumed = paused + timedelta(minutes=stood)
    later = clocks.put_off(plan, due, paused, resumed, school=SCHOOL, zone=CENTRAL)
    if hours == "always":
        assert later - resumed == due - paused
    else:
        opening = clocks.desk_hours()
        left = [clocks.running(begin, end, opening, CENTRAL) for begin, end in ((paused, due), (resumed, later))]
        assert later == due or left[0] == left[1]


def test_what_is_left_stands_while_a_clock_stands_and_is_less_than_nothing_once_it_is_late():
    due, at = local("2026-11-18 14:00"), local("2026-11-18 13:50")
    assert clocks.left(due, at) == timedelta(minutes=10)
    assert clocks.left(due, at + timedelta(hours=1)) == -timedelta(minutes=50)
    assert clocks.left(due, at + timedelta(hours=1), paused_at=at) == timedelta(minutes=10)


@pytest.mark.parametrize(
    "day",
    ["2026-09-07", "2026-11-25", "2026-11-26", "2026-11-27", "2026-12-22", "2027-01-02", "2027-01-18", "2027-02-15",
     "2027-05-31", "2030-05-27"],
)  # fmt: skip
def test_usual_breaks_are_known_in_every_year(day):
    assert breaks.is_usual_break(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-09-14", "2026-11-24", "2026-11-30", "2026-12-21", "2027-01-04", "2027-05-24"])
def test_the_days_beside_a_break_have_school(day):
    assert not breaks.is_usual_break(date.fromisoformat(day))


def test_defaults_are_those_of_the_brief():
    told = {
        (kind, life): [(str(each.within), each.hours) for each in plans.settings().clocks[kind].steps(is_life_safety=life)]
        for kind in plans.KINDS
        for life in (True, False)
    }  # fmt: skip
    assert told["claim", True][0] == ("1 minute", "always")
    assert told["dispatch", True][0] == ("3 minutes", "always")
    assert told["acknowledge", True] == [("5 minutes", "always")]
    assert told["chain", True][0] == ("15 minutes", "always")
    assert told["claim", False][0] == ("15 minutes", "always")
    assert told["dispatch", False][0] == ("60 minutes", "desk")
    assert told["acknowledge", False][0] == ("1 school day", "school")
    assert told["outcome", True] == told["outcome", False] == [("15 days", "always"), ("30 days", "always")]
    assert told["reply", False][0] == ("1 day", "always")


def changed(**parts):
    told = yaml.safe_load(plans.FILE.read_text(encoding="utf-8"))
    told["clocks"]["claim"]["other"] = [{"within": "1 minute", "hours": "always", "do": ["alarm_owner"]} | parts]
    return yaml.safe_dump(told)


@pytest.mark.parametrize(
    ("parts", "because"),
    [
        ({"within": "soon"}, "A length is told like"),
        ({"within": 5}, "A length is told like"),
        ({"within": "0 minutes"}, "greater than or equal to 1"),
        ({"do": ["shout"]}, "Nobody knows how to shout"),
        ({"do": []}, "at least 1 item"),
        ({"hours": "school"}, "School days run in hours"),
        ({"within": "1 school day"}, "School days run in hours"),
        ({"within": "1 day", "hours": "desk"}, "Days run `always`"),
        ({"hours": "sometimes"}, "Input should be"),
        ({"extra": 1}, "Extra inputs are not permitted"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(parts, because):
    with pytest.raises(ValidationError, match=because):
        plans.read(changed(**parts))


def test_a_file_without_a_kind_or_with_a_repeated_step_in_the_middle_is_refused():
    told = yaml.safe_load(plans.FILE.read_text(encoding="utf-8"))
    told["clocks"]["claim"]["other"][0]["again"] = True
    with pytest.raises(ValidationError, match="Only the last step"):
        plans.read(yaml.safe_dump(told))
    del told["clocks"]["claim"]
    with pytest.raises(ValidationError, match="no plan for claim"):
        plans.read(yaml.safe_dump(told))


def test_after_the_last_step_it_is_repeated_or_nothing_follows():
    known = plans.settings()
    assert known.step("claim", 99, is_life_safety=True) == known.step("claim", 3, is_life_safety=True)
    ends = known.model_copy(update={"clocks": known.clocks | {"claim": plans.Plan(life_safety=(step("1 minute"),), other=(step("1 minute"),))}})  # fmt: skip
    assert ends.step("claim", 2, is_life_safety=True) is None


def test_the_page_of_clocks_is_current():
    printed = clocks_page.page(plans.settings())
    assert printed == (Path(__file__).parents[3] / "docs/reference/clocks.md").read_text(encoding="utf-8"), (
        "write it anew: python -m shelterbelt clocks_page > docs/reference/clocks.md"
    )
    assert {
        name
        for each in plans.settings().clocks.values()
        for step in (*each.life_safety, *each.other)
        for name in step.do
    } <= set(clocks_page.DOES)


def test_a_states_own_file_that_is_wrong_is_told_by_name(monkeypatch):
    monkeypatch.setattr(plans, "read_rules", lambda _name: {"version": 2})
    with pytest.raises(SettingError, match=r"clocks.yaml doesn't tell clocks"):
        plans.settings.__wrapped__()
