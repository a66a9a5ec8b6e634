"""Whether answers fit an output's questions, and what an organisation of a kind can be asked, designate or report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.strategy.model import Ask, Output, Recommendation

LARGEST = 1_000_000_000_000
"""No count of people or dollars in a state's school safety work is larger; more is a slip of the finger."""

DUTIES = {
    "state": ("state_safety_coordinator", "advisory_council", "behavioral_health_lead"),
    "district": ("cybersecurity_coordinator",),
}
"""What can be designated at which kind of organisation."""

DAYS_BETWEEN_REMINDERS = 7

PERSON_QUESTION = "attended"
"""What is asked of each person, where an output counts people."""

PERSON_DAY = "attended_on"
"""The day, asked once for all who took part."""


@dataclass(frozen=True)
class Problem:
    """Why an answer isn't accepted: the question's key, and the name of the sentence that says it (words.py)."""

    key: str
    code: str
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Checked:
    """Answers as they may be kept, and what is wrong with the rest."""

    answers: dict[str, Any]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Window:
    """The days on which something asked about can have happened."""

    first: date
    last: date


def window(output: Output, year: SchoolYear, *, on: date) -> Window:
    """The school year up to today; earlier too, where a second line of the output looks further back."""
    last = year.last_day_by(on)
    months = int(output.thresholds.get("second_line_months", 0))
    return Window(min(year.starts_on, last - relativedelta(months=months)) if months else year.starts_on, last)


def check(output: Output, given: Mapping[str, Any], year: SchoolYear, *, on: date) -> Checked:
    """The answers to the questions these answers lead to, each in its kind and range."""
    known = {ask.key for ask in output.asks}
    problems = [Problem(key, "unknown") for key in given if key not in known]
    kept: dict[str, Any] = {}
    days = window(output, year, on=on)
    for ask in output.asks:
        if not ask.is_asked(kept):
            continue
        value, problem = _judged(ask, given.get(ask.key), days)
        problem = problem or _out_of_bounds(output, ask, value, kept)
        if problem is not None:
            problems.append(problem)
        elif value is not None:
            kept[ask.key] = value
    return Checked(kept, tuple(problems))


def _out_of_bounds(output: Output, ask: Ask, answer: Any, kept: Mapping[str, Any]) -> Problem | None:
    """A part is not more than its whole. An earlier number that wasn't given bounds nothing."""
    most, least = _bound(ask.at_most, kept), _bound(ask.at_least, kept)
    if answer is None:
        return None
    if most is not None and answer > most:
        return Problem(ask.key, "more_than_whole", (("most", most), ("whole", output.ask(str(ask.at_most)).label)))
    return Problem(ask.key, "too_few", (("least", least),)) if least is not None and answer < least else None


def _bound(named: str | int | None, kept: Mapping[str, Any]) -> int | None:
    return kept.get(named) if isinstance(named, str) else named


def _judged(ask: Ask, answer: Any, days: Window) -> tuple[Any, Problem | None]:
    if answer is None or answer == "":
        return None, Problem(ask.key, "missing") if ask.required else None
    return _JUDGES[ask.kind](ask, answer, days)


def _yes_no(ask: Ask, answer: Any, _days: Window) -> tuple[Any, Problem | None]:
    return (answer, None) if isinstance(answer, bool) else (None, Problem(ask.key, "not_yes_no"))


def _number(ask: Ask, answer: Any, _days: Window) -> tuple[Any, Problem | None]:
    if isinstance(answer, bool) or not isinstance(answer, int):
        return None, Problem(ask.key, "not_whole")
    if answer < 0:
        return None, Problem(ask.key, "below_zero")
    return (answer, None) if answer <= LARGEST else (None, Problem(ask.key, "too_large"))


def _share(ask: Ask, answer: Any, _days: Window) -> tuple[Any, Problem | None]:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return None, Problem(ask.key, "not_number")
    # Not "outside of 0 to 100": that would let a NaN pass.
    return (answer, None) if 0 <= answer <= 100 else (None, Problem(ask.key, "not_share"))


def _day(ask: Ask, answer: Any, days: Window) -> tuple[Any, Problem | None]:
    if isinstance(answer, str):
        try:
            answer = date.fromisoformat(answer)
        except ValueError:
            return None, Problem(ask.key, "not_date")
    if type(answer) is not date:
        return None, Problem(ask.key, "not_date")
    if not days.first <= answer <= days.last:
        return None, Problem(ask.key, "outside_year", (("first", days.first), ("last", days.last)))
    return answer.isoformat(), None


def _choice(ask: Ask, answer: Any, _days: Window) -> tuple[Any, Problem | None]:
    known = {choice.key for choice in ask.choices}
    return (answer, None) if answer in known else (None, Problem(ask.key, "not_a_choice"))


_JUDGES: dict[str, Callable[[Ask, Any, Window], tuple[Any, Problem | None]]] = {
    "yes_no": _yes_no,
    "number": _number,
    "share": _share,
    "date": _day,
    "choice": _choice,
}


def not_attested(output: Output) -> str:
    """Empty if the output is reported by attestation; else the name of the sentence that says how it comes about."""
    if output.source == "records":
        return "records"
    return "designation" if output.source == "designation" else ""


def kinds_asked(output: Output) -> tuple[str, ...]:
    """The kinds of organisation that report on an output: its unit, or for people wherever they hold their office."""
    return ("school", "district") if output.unit == "person" else (output.unit,)


def year_in_question(output: Output, year: SchoolYear, *, on: date) -> str:
    """Empty if the year can be reported on; else the name of the sentence that says why not."""
    if year.starts_on > on:
        return "future_year"
    if year < SchoolYear.named(output.from_year):
        return "before_plan"
    ended = output.until_year is not None and year > SchoolYear.named(output.until_year)
    return "after_plan" if ended else ""


def kinds_that_report(recommendation: Recommendation) -> tuple[str, ...]:
    """Whose progress on a recommendation is kept."""
    return ("state",) if recommendation.level == "state" else ("district", "school")
