"""Arithmetic of figures."""

import numpy as np
from hypothesis import given, strategies as st

from shelterbelt.measures.rules import Answer, Figure, Figures, answers, kinds, places_of, roll_up


def ids(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def test_value_bounds_and_rates_keep_the_four_answers_apart() -> None:
    figure = Figure(met=3, not_met=1, not_reported=1, not_applicable=5, verified=2)

    assert (figure.value, figure.high) == (60, 80)
    assert figure.reporting_rate == 80
    assert figure.units == 10
    assert round(figure.verified_share or 0, 1) == 66.7


def test_nobody_concerned_has_no_value() -> None:
    assert Figure(not_applicable=4).value is None
    assert Figure().reporting_rate is None


def test_what_is_not_concerned_can_not_meet_it_and_strangers_are_passed_over() -> None:
    answer, level = answers(
        places_of(ids(2, 4, 6)), 3,
        met=(ids(2, 4, 4, 99), ids(1, 2, 4, 4)), reported=ids(2, 4, 6, 98), not_concerned=ids(2),
    )  # fmt: skip

    assert [Answer(each) for each in answer] == [Answer.NOT_APPLICABLE, Answer.MET, Answer.NOT_MET]
    assert level.tolist() == [0, 4, 0]


def test_no_units_at_all_is_fine() -> None:
    answer, _ = answers(places_of(ids()), 0, met=(ids(1), ids(1)), reported=ids(1), not_concerned=ids())

    assert len(answer) == 0


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(list(Answer)), st.integers(0, 4)), max_size=60))
def test_the_parts_sum_to_the_whole(units: list[tuple[int, Answer, int]]) -> None:
    codes = ids(*(group for group, _, _ in units))
    answer = np.array([each for _, each, _ in units], dtype=np.int8)
    level = np.array([each for _, _, each in units], dtype=np.int8)

    parts = Figures(dict(zip("abcde", range(5), strict=True)), roll_up(codes, 5, kinds(answer, level)))
    [whole] = Figures({"all": 0}, roll_up(np.zeros_like(codes), 1, kinds(answer, level))).values()

    assert sum(parts.values(), Figure()) == whole
    assert whole.units == len(units)
    assert whole.verified <= whole.met
