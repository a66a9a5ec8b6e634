"""Whether a purchase was evaluated before it was awarded (E-O1), and every reason why not.

The measure asks the same of the database (measures/definitions/procurements_evaluated_first.py); a test compares them.
"""

from dataclasses import dataclass
from datetime import date

from shelterbelt.assessments.rules.procurement_sentences import Sentence, _


@dataclass(frozen=True)
class Purchase:
    """What the judgment looks at. `evaluated_on` is the day of the evaluation of the very offer that was awarded."""

    method: str
    method_recognized: bool
    method_chosen_on: date | None
    evaluated_on: date | None
    awarded_on: date
    has_performance_clause: bool = False


def why_not_evaluated_first(purchase: Purchase) -> list[Sentence]:
    """Empty if it counts. The evaluation is dated before the award: on the same day nobody can tell what came first."""
    reasons = []
    if not purchase.method:
        reasons.append(Sentence(_("No evaluation method was chosen.")))
    elif not purchase.method_recognized:
        reasons.append(Sentence(_("The chosen method is not a recognized one.")))
    if purchase.evaluated_on is None:
        reasons.append(Sentence(_("What was bought was not evaluated.")))
        return reasons
    if purchase.evaluated_on > purchase.awarded_on:
        reasons.append(Sentence(_("The award came first: it is dated before the evaluation.")))
    elif purchase.evaluated_on == purchase.awarded_on:
        reasons.append(Sentence(_("The evaluation and the award are dated the same day. It must be dated before.")))
    if purchase.method_chosen_on and purchase.method_chosen_on > purchase.evaluated_on:
        reasons.append(Sentence(_("The method was chosen after the evaluation.")))
    return reasons


def is_evaluated_first(purchase: Purchase) -> bool:
    """Whether nothing speaks against it."""
    return not why_not_evaluated_first(purchase)
