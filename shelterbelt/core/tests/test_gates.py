"""Few at a time, as many waiting, the rest told to come back."""

import threading

import pytest

from shelterbelt.core.gates import Gate


def test_one_after_the_other_all_get_their_turn():
    gate = Gate(1)
    for _ in range(3):
        with gate.turn() as got:
            assert got


def test_a_place_is_given_back_when_the_work_fails():
    gate = Gate(1, patience=0.01)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), gate.turn():
            _ = 1 / 0
    with gate.turn() as got:
        assert got


def test_whoever_finds_no_place_is_told_at_once_and_whoever_waits_too_long_later():
    gate, inside, leave, answers = Gate(1, patience=0.2), threading.Event(), threading.Event(), []

    def stay():
        with gate.turn():
            inside.set()
            leave.wait(5)

    def wait():
        with gate.turn() as got:
            answers.append(got)

    first = threading.Thread(target=stay)
    first.start()
    assert inside.wait(5)
    second = threading.Thread(target=wait)
    second.start()
    while gate._places._value:  # until the second has its place
        pass
    with gate.turn() as third:
        assert not third
    second.join(5)
    leave.set()
    first.join(5)
    assert answers == [False]


def test_whoever_waits_gets_the_turn_that_becomes_free():
    gate, inside, leave, answers = Gate(1), threading.Event(), threading.Event(), []

    def stay():
        with gate.turn():
            inside.set()
            leave.wait(5)

    def wait():
        with gate.turn() as got:
            answers.append(got)

    threads = [threading.Thread(target=stay), threading.Thread(target=wait)]
    threads[0].start()
    assert inside.wait(5)
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join(5)
    assert answers == [True]
