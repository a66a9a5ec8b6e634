"""How far a school is with a recommendation."""

import pytest

from shelterbelt.home.checklist_rules import Step, step_of
from shelterbelt.measures.rules import Answer

MET, NOT_MET, SILENT, ASIDE = Answer.MET, Answer.NOT_MET, Answer.NOT_REPORTED, Answer.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ([MET], Step.DONE),
        ([MET, MET], Step.DONE),
        ([MET, ASIDE], Step.DONE),
        ([MET, NOT_MET], Step.PART),
        ([MET, SILENT], Step.PART),
        ([NOT_MET, SILENT], Step.NOT_MET),
        ([SILENT, SILENT], Step.NOT_REPORTED),
        ([ASIDE, ASIDE], Step.NOT_APPLICABLE),
        ([ASIDE, SILENT], Step.NOT_REPORTED),
    ],
)
def test_answers_decide(answers: list[Answer], step: Step) -> None:
    assert step_of(answers, measured=True, progress=None) == step


@pytest.mark.parametrize(
    ("progress", "step"),
    [
        (None, Step.NOT_REPORTED),
        ("not_started", Step.NOT_STARTED),
        ("under_way", Step.UNDER_WAY),
        ("in_place", Step.DONE),
    ],
)
def test_without_outputs_the_school_says_so_itself(progress: str | None, step: Step) -> None:
    assert step_of([], measured=False, progress=progress) == step


def test_what_only_the_state_counts_is_not_held_against_a_school() -> None:
    assert step_of([], measured=True, progress=None) == Step.STATEWIDE
