"""What is kept is made once, however many ask at the same time."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from shelterbelt.measures.changes import forget, kept


def test_readers_who_ask_at_once_share_one_computation() -> None:
    forget()
    made: list[int] = []

    def make() -> int:
        sleep(0.05)
        made.append(1)
        return 7

    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda _number: kept("shared", 1, make), range(8)))

    assert answers == [7] * 8
    assert made == [1]


def test_nothing_is_an_answer_too() -> None:
    forget()
    assert kept("none", 1, lambda: None) is None
    assert kept("none", 1, lambda: 1) is None  # type: ignore[arg-type,return-value]


def test_who_fails_leaves_the_turn_to_the_next() -> None:
    forget()
    with pytest.raises(ZeroDivisionError):
        kept("failing", 1, lambda: 1 // 0)

    assert kept("failing", 1, lambda: 3) == 3


def test_a_newer_answer_takes_the_older_ones_place() -> None:
    assert kept("moving", 1, lambda: "old") == "old"
    assert kept("moving", 2, lambda: "new") == "new"
    assert kept("moving", 2, lambda: "not made again") == "new"
    assert kept("moving", 1, lambda: "made again") == "made again"
