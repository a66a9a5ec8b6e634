"""What a report lacks, in sentences, and what the thresholds of an output are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from shelterbelt.strategy.model import Ask, Output

THRESHOLDS: dict[str, str | Promise] = {
    "min_channels": gettext_lazy("Channels it takes"),
    "min_complete_share": gettext_lazy("Percent of records that must be complete"),
    "min_drills": gettext_lazy("Drills it takes"),
    "min_meetings": gettext_lazy("Meetings it takes"),
    "min_other_responders": gettext_lazy("Responders it takes besides law enforcement"),
    "min_people": gettext_lazy("People it takes"),
    "min_score": gettext_lazy("Score it takes, in percent"),
    "min_staff": gettext_lazy("Staff it takes"),
    "min_staff_share": gettext_lazy("Percent of staff it takes"),
    "min_trainings": gettext_lazy("Trainings it takes"),
    "second_line_months": gettext_lazy("Months the other reading looks back"),
    "valid_years": gettext_lazy("Years a training lasts"),
}


def thresholds_of(output: Output) -> list[tuple[str, float]]:
    """An output's thresholds with their names."""
    return [(str(THRESHOLDS.get(key, key.replace("_", " "))), value) for key, value in output.thresholds.items()]


def missing_words(output: Output, answers: Mapping[str, Any]) -> list[str]:
    """Which required questions stand in the way, by the answers given; none where numbers alone decide."""
    put = {ask.key: ask for ask in output.asked(answers) if ask.required}
    told = [_("Not answered: %(question)s") % {"question": ask.label} for ask in output.missing(answers)]
    return told + [words for key, ask in put.items() if (words := _in_the_way(ask, answers.get(key)))]


def _in_the_way(ask: Ask, answer: object) -> str:
    if answer is False:
        return _("Answered no: %(question)s") % {"question": ask.label}
    if ask.kind == "number" and answer == 0:
        return _("Answered with none: %(question)s") % {"question": ask.label}
    for choice in ask.choices:
        if choice.key == answer and not choice.counts:
            return _("“%(answer)s” does not count: %(question)s") % {"answer": choice.label, "question": ask.label}
    return ""
