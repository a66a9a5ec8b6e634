"""The sentences that say why an answer or a report isn't accepted. Rules name them; people read them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.translation import gettext, gettext_lazy as _

from shelterbelt.attestations.rules import Problem
from shelterbelt.strategy.model import Ask, Output

PROBLEMS = {
    "missing": _("This question needs an answer."),
    "unknown": _("This output doesn't ask for that."),
    "not_yes_no": _("Answer yes or no."),
    "not_whole": _("Write a whole number, such as 12."),
    "below_zero": _("Write zero or more."),
    "too_large": _("This number is too large to be right."),
    "more_than_whole": _("This can't be more than %(most)s, your answer to “%(whole)s”."),
    "too_few": _("This can't be less than %(least)s."),
    "not_number": _("Write a number, such as 92.5."),
    "not_share": _("Write a percentage from 0 to 100."),
    "not_date": _("Write a date."),
    "outside_year": _("Write a day from %(first)s to %(last)s."),
    "not_a_choice": _("Choose one of the answers listed."),
}

REFUSALS = {
    "records": _("Record the drills; this output follows from them."),
    "designation": _("This output follows from a designation. Designate somebody instead."),
    "future_year": _("The school year %(year)s hasn't begun."),
    "before_plan": _("The plan counts this output only from later school years on."),
    "not_asked": _("%(output)s is not asked of %(org)s."),
    "after_plan": _("The plan no longer counts this output in %(year)s."),
}


def sentence(problem: Problem) -> str:
    """What to tell the person who gave this answer."""
    return str(PROBLEMS[problem.code]) % _shown(dict(problem.values))


def refusal(code: str, **values: Any) -> str:
    """What to tell the person who asked for something that can't be."""
    return str(REFUSALS[code]) % _shown(values)


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: date_format(value) if isinstance(value, date) else value for key, value in values.items()}


def answer(ask: Ask, value: Any) -> str:
    """An answer as people read it."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if ask.kind == "date":
        return date_format(date.fromisoformat(value))
    if ask.kind == "share":
        return f"{localize(value)} %"
    return next((str(choice.label) for choice in ask.choices if choice.key == value), localize(value))


def answers(output: Output, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The questions that were answered, each with its answer."""
    return [(str(ask.label), answer(ask, given[ask.key])) for ask in output.asks if ask.key in given]
