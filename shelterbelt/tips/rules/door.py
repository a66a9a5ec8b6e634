"""How the door tells a person from a flood (data/door.yaml): a proof of work, or a turn."""

import hashlib
from dataclasses import dataclass
from functools import cache

from shelterbelt.tips.rules.reading import read_rules

_LONGEST_ANSWER = 16


@dataclass(frozen=True)
class Turns:
    """How often tips without proof reach the desk."""

    per_minute: int
    burst: int
    deepest_minutes: int


@dataclass(frozen=True)
class Door:
    """The numbers of data/door.yaml."""

    puzzles: int
    bits: int
    form_hours: int
    visit_minutes: int
    letters: dict[str, int]
    most_files: int
    file_megabytes: int
    turns: dict[str, Turns]


@cache
def door() -> Door:
    """The numbers in force."""
    said = read_rules("door.yaml")
    return Door(
        puzzles=said["proof"]["puzzles"],
        bits=said["proof"]["bits"],
        form_hours=said["form_hours"],
        visit_minutes=said["visit_minutes"],
        letters=said["letters"],
        most_files=said["files"]["most"],
        file_megabytes=said["files"]["megabytes"],
        turns={name: Turns(**numbers) for name, numbers in said["turns"].items()},
    )


def is_proven(challenge: str, answers: str, rules: Door) -> bool:
    """Whether the sender did the work for this very form: an answer to each puzzle, between commas."""
    given = answers.split(",", rules.puzzles)
    return len(given) == rules.puzzles and all(
        _solves(challenge, number, answer, rules.bits) for number, answer in enumerate(given)
    )


def _solves(challenge: str, number: int, answer: str, bits: int) -> bool:
    if not (answer.isascii() and answer.isdecimal() and len(answer) <= _LONGEST_ANSWER):
        return False
    digest = hashlib.sha256(f"{challenge}.{number}.{answer}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - bits) == 0
