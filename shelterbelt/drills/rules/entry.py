"""What cannot be true in what somebody wrote, in sentences for them, each with the field it stands in."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from shelterbelt.drills.rules.kinds import KINDS, OTHER_PART, PLAN_PARTS
from shelterbelt.drills.rules.sentences import Sentence, _
from shelterbelt.drills.rules.standard_form import Facts, Learned

FIRST_DAY = date(2000, 7, 1)
"""Records from before this day are typing errors."""
LONGEST = 24 * 60
MOST_PEOPLE = 20_000
DAYS_AHEAD = 2 * 366

COUNTED = ("students", "staff", "visitors")


class Problem(NamedTuple):
    """Something that cannot be, and where it was written."""

    field: str
    sentence: Sentence


def problems_of_facts(facts: Facts, *, now: datetime, opened_on: date, closed_on: date | None) -> list[Problem]:
    """What is wrong with a drill or incident as it was written down; `now` is local time."""
    found = _day(facts, now.date()) or _school_is_open("held_on", facts.held_on, opened_on, closed_on)
    if not found and facts.held_on == now.date() and facts.started_at and facts.started_at > now.time():
        found = [Problem("started_at", Sentence(_("That time hasn't come yet today. Check the time or the day.")))]
    return [*found, *_minutes(facts), *_numbers(facts), *_choices(facts)]


def problems_of_plan(
    planned_on: date, kind: str, plan_part: str, *, today: date, opened_on: date, closed_on: date | None
) -> list[Problem]:
    """What is wrong with a day that a drill is planned for."""
    if planned_on < today:
        sentence = Sentence(_("That day has passed. If the drill was held, record it; otherwise choose a day ahead."))
    elif planned_on > today + timedelta(days=DAYS_AHEAD):
        sentence = Sentence(_("That is more than two years ahead. Check the year."))
    else:
        found = _school_is_open("planned_on", planned_on, opened_on, closed_on)
        return [*found, *_kind(kind), *_part(plan_part)]
    return [Problem("planned_on", sentence), *_kind(kind), *_part(plan_part)]


def problems_of_learned(learned: Learned, *, held_on: date, today: date) -> list[Problem]:
    """What is wrong with an after-action form."""
    told = learned.parents_told_on
    if told is None:
        return []
    if told > today:
        return [Problem("parents_told_on", Sentence(_("That day hasn't come yet.")))]
    if told < held_on - timedelta(days=366):
        return [Problem("parents_told_on", Sentence(_("That is more than a year before the drill. Check the year.")))]
    return []


def _day(facts: Facts, today: date) -> list[Problem]:
    if facts.held_on > today:
        text = (
            _("That day hasn't come yet, so the drill can't have been held. Schedule it instead.")
            if facts.nature == "drill"
            else _("That day hasn't come yet. Check the day.")
        )
        return [Problem("held_on", Sentence(text))]
    if facts.held_on < FIRST_DAY:
        return [Problem("held_on", Sentence(_("Records start on %(day)s. Check the year."), {"day": FIRST_DAY}))]
    return []


def _school_is_open(field: str, day: date, opened_on: date, closed_on: date | None) -> list[Problem]:
    if day < opened_on:
        text = _("The school opened on %(day)s, after the day you gave.")
        return [Problem(field, Sentence(text, {"day": opened_on}))]
    if closed_on is not None and day >= closed_on:
        text = _("The school is closed since %(day)s.")
        return [Problem(field, Sentence(text, {"day": closed_on}))]
    return []


def _minutes(facts: Facts) -> list[Problem]:
    if facts.minutes is None or 1 <= facts.minutes <= LONGEST:
        return []
    return [Problem("minutes", Sentence(_("Give the minutes as a number from 1 to 1440 (24 hours).")))]


def _numbers(facts: Facts) -> list[Problem]:
    wrong = [name for name in COUNTED if not 0 <= (getattr(facts, name) or 0) <= MOST_PEOPLE]
    text = _("Give a number from 0 to %(most)s.")
    return [Problem(name, Sentence(text, {"most": MOST_PEOPLE})) for name in wrong]


def _choices(facts: Facts) -> list[Problem]:
    found = [*_kind(facts.kind), *_part(facts.plan_part)]
    if facts.plan_part == OTHER_PART and not facts.plan_part_other.strip():
        found.append(Problem("plan_part_other", Sentence(_("Say which other part of the plan it was."))))
    if facts.nature != "drill" and not facts.incident_class:
        found.append(Problem("incident_class", Sentence(_("Choose what it was."))))
    return found


def _kind(kind: str) -> list[Problem]:
    return [] if kind in KINDS else [Problem("kind", Sentence(_("Choose the kind from the list.")))]


def _part(part: str) -> list[Problem]:
    if not part or part in PLAN_PARTS:
        return []
    return [Problem("plan_part", Sentence(_("Choose the part of the plan from the list.")))]
