"""Whether what somebody writes down about a purchase can be so: days in their order, amounts in their range."""

from datetime import date, timedelta
from decimal import Decimal

from shelterbelt.assessments.rules.procurement_sentences import Problem, Sentence, _

LARGEST = Decimal(1000000000)
"""No district's security purchase costs a billion dollars; more is a slip of the finger."""
LOOKS_BACK = timedelta(days=10 * 365)
NOT_YET = Sentence(_("That day hasn't come yet."))
LONG_AGO = Sentence(_("That is more than ten years ago. Check the year."))


def problems_of_day(field: str, day: date, *, today: date) -> list[Problem]:
    """A day on which something happened is neither ahead nor long ago."""
    if day > today:
        return [Problem(field, NOT_YET)]
    return [Problem(field, LONG_AGO)] if day < today - LOOKS_BACK else []


def problems_of_amount(field: str, amount: Decimal | None) -> list[Problem]:
    """An amount is not below zero and not beyond belief."""
    if amount is None or 0 <= amount < LARGEST:
        return []
    return [Problem(field, Sentence(_("Write an amount between 0 and one billion dollars.")))]


def problems_of_evaluation(evaluated_on: date, *, method_chosen_on: date | None, today: date) -> list[Problem]:
    """An evaluation follows the choice of its method."""
    problems = problems_of_day("evaluated_on", evaluated_on, today=today)
    if not problems and method_chosen_on and evaluated_on < method_chosen_on:
        problems.append(
            Problem("evaluated_on", Sentence(_("The method was chosen later than that. Correct one of the two days.")))
        )
    return problems


def problems_of_purchase(bought_on: date, *, awarded_on: date, today: date) -> list[Problem]:
    """What is delivered was awarded before."""
    problems = problems_of_day("bought_on", bought_on, today=today)
    if not problems and bought_on < awarded_on:
        problems.append(Problem("bought_on", Sentence(_("That is before the award. Check the day."))))
    return problems
