"""What the invented schools answer is what the forms would accept."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from shelterbelt import strategy
from shelterbelt.attestations import rules
from shelterbelt.attestations.demonstration.answers import OF_DISTRICTS, OF_SCHOOLS, Draw, attended
from shelterbelt.attestations.demonstration.state_answers import of_state
from shelterbelt.core.school_year import SchoolYear

YEAR = SchoolYear(2025)
DAY = date(2026, 3, 10)


def draw(rng):
    campuses = int(rng.integers(1, 9))
    with_officer = int(rng.integers(0, campuses + 1))
    return Draw(
        YEAR, float(rng.normal()), DAY, rng.random(64).tolist(), has_plan=bool(rng.random() < 0.7),
        serving=int(rng.integers(0, 5)), campuses=campuses, campuses_with_officer=with_officer,
        with_resource_officer=int(rng.integers(0, with_officer + 1)), linked=bool(rng.random() < 0.5),
        trained=bool(rng.random() < 0.5), conference=bool(rng.random() < 0.5),
    )  # fmt: skip


def problems(output, answers):
    return rules.check(strategy.current().output(output), answers, YEAR, on=DAY).problems


@pytest.mark.parametrize(("output", "answer"), [*OF_SCHOOLS.items(), *OF_DISTRICTS.items(), ("I-O3", attended)])
def test_an_invented_answer_is_an_acceptable_one(output, answer):
    rng = np.random.default_rng(19)
    found = Counter((problem.key, problem.code) for _ in range(200) for problem in problems(output, answer(draw(rng))))
    assert not found


def test_what_the_invented_state_reports_fits_together():
    rng = np.random.default_rng(19)
    for index in range(8):
        for output, answers in of_state(index, 0.6, 1.0, rng).items():
            assert problems(output, answers) == (), output
