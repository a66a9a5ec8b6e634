"""Why a number is what it is: the records behind one unit's answer, read with the reader's own eyes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.asking import Evidence
from shelterbelt.measures.finding import definition_of
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.strategy.model import Output


@dataclass(frozen=True)
class Explanation:
    """One unit's answer to one output in one year, with what is behind it and what is missing."""

    output: Output
    year: SchoolYear
    answer: Answer
    level: int
    evidence: tuple[Evidence, ...]
    missing: str
    """What the unit lacks, as a sentence; empty when it meets the output or isn't concerned."""


def explain(measured: Measured, output: Output, year: SchoolYear, unit: int) -> Explanation:
    """Explain a unit's answer. Under the reader's scope: records they may not see are not listed."""
    answer, level = measured.facts(output, year).of(unit)
    evidence = tuple(definition_of(output).evidence(measured.asked(output, year), unit))
    return Explanation(output, year, answer, level, evidence, _missing(output, answer, evidence))


def _missing(output: Output, answer: Answer, evidence: tuple[Evidence, ...]) -> str:
    if answer in {Answer.MET, Answer.NOT_APPLICABLE}:
        return ""
    if answer == Answer.NOT_REPORTED:
        return _("Nothing is on record for this year yet.")
    counting = sum(one.counts for one in evidence)
    if "min_drills" in output.thresholds:
        return _("%(counting)d of the %(needed)d records it takes count so far.") % {
            "counting": counting,
            "needed": int(output.thresholds["min_drills"]),
        }
    return _("What was reported does not meet it yet: %(meaning)s") % {"meaning": output.meaning}
