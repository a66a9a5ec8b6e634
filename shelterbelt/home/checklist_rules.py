"""How far a school is with a recommendation, told by answers or by its own report. No Django, no database."""

from collections.abc import Sequence
from enum import StrEnum

from shelterbelt.measures.rules import Answer


class Step(StrEnum):
    """Where a recommendation stands in a school's year."""

    DONE = "done"
    PART = "part"
    UNDER_WAY = "under_way"
    NOT_MET = "not_met"
    NOT_STARTED = "not_started"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"
    STATEWIDE = "statewide"


_OWN_REPORT = {
    None: Step.NOT_REPORTED,
    "not_started": Step.NOT_STARTED,
    "under_way": Step.UNDER_WAY,
    "in_place": Step.DONE,
}


def step_of(answers: Sequence[Answer], *, measured: bool, progress: str | None) -> Step:
    """From the answers to its outputs; without any, from the school's own report.

    `measured` says that the plan has outputs for it: where none of them has an answer here, the state counts them.
    """
    if not answers:
        return Step.STATEWIDE if measured and progress is None else _OWN_REPORT[progress]
    concerned = {answer for answer in answers if answer != Answer.NOT_APPLICABLE}
    if not concerned:
        return Step.NOT_APPLICABLE
    if concerned == {Answer.MET}:
        return Step.DONE
    if Answer.MET in concerned:
        return Step.PART
    return Step.NOT_MET if Answer.NOT_MET in concerned else Step.NOT_REPORTED
