"""Methods of evaluating a plan, read from data, and what answers to them add up to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from shelterbelt.core import environment
from shelterbelt.plans.rules.reading import files_in, read_data

FOLDER = "evaluation"
OUTSIDE_FILE = "outside"
POINTS = {"met": 2, "partly": 1, "absent": 0}
NOT_APPLICABLE = "not_applicable"
ANSWERS = (*POINTS, NOT_APPLICABLE)
_ID_LENGTH = 40


@dataclass(frozen=True)
class Question:
    """One thing that a plan should have."""

    key: str
    asks: str
    gap: str
    """What is written down as a finding where it isn't met."""
    section: str = ""
    """Key of the section, or the list, that one looks at."""
    is_critical: bool = False


@dataclass(frozen=True)
class Area:
    """Questions that belong together: one page."""

    key: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Method:
    """One version of a method; a changed word is a new version."""

    id: str
    version: int
    name: str
    source: str
    is_recognized: bool
    from_on: date
    until_on: date | None = None
    areas: tuple[Area, ...] = ()

    @property
    def questions(self) -> Iterator[Question]:
        """All of them, in order."""
        return (question for area in self.areas for question in area.questions)

    def holds(self, on: date) -> bool:
        """Whether plans are evaluated by it on a day."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    def area(self, key: str) -> Area | None:
        """The area with this key."""
        return next((area for area in self.areas if area.key == key), None)


@dataclass(frozen=True)
class Result:
    """What the answers add up to."""

    score: float
    """Percent of the points of all questions that apply."""
    failed: tuple[str, ...]
    """Keys of critical questions that aren't met."""
    open: tuple[str, ...]
    """Keys of questions without an answer."""

    @property
    def is_complete(self) -> bool:
        """Whether every question has an answer."""
        return not self.open


def judge(method: Method, answers: Mapping[str, str]) -> Result:
    """Score the answers. What isn't applicable leaves the whole; a critical question is met or failed, nothing between.

    A plan to which nothing applies has no points to lose, and scores 0: nothing was shown.
    """
    told = {question.key: answers.get(question.key, "") for question in method.questions}
    points = [POINTS[answer] for answer in told.values() if answer in POINTS]
    critical = {question.key for question in method.questions if question.is_critical}
    return Result(
        score=100 * sum(points) / (2 * len(points)) if points else 0.0,
        failed=tuple(key for key in told if key in critical and told[key] not in {"", "met"}),
        open=tuple(key for key, answer in told.items() if not answer),
    )


def methods() -> tuple[Method, ...]:
    """Every method with questions, of all versions there are."""
    return tuple(_method(name) for name in files_in(FOLDER) if name != OUTSIDE_FILE)


def methods_on(on: date) -> tuple[Method, ...]:
    """Those by which plans are evaluated on a day."""
    return tuple(method for method in methods() if method.holds(on))


def method_of(method_id: str, version: int) -> Method | None:
    """One version of a method with questions."""
    return next((one for one in methods() if (one.id, one.version) == (method_id, version)), None)


@cache
def outside_methods() -> tuple[Method, ...]:
    """Methods that are worked through elsewhere."""
    file = f"{FOLDER}/{OUTSIDE_FILE}.yaml"
    told = read_data(file)
    try:
        return tuple(
            Method(row["id"], int(told["version"]), row["name"], row["source"], bool(row["recognized"]), date.min)
            for row in told["methods"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise environment.SettingError(f"{file} is no list of methods: {error!r}") from error


@cache
def _method(name: str) -> Method:
    file = f"{FOLDER}/{name}.yaml"
    told = read_data(file)
    try:
        method = Method(
            id=told["id"], version=int(told["version"]), name=told["name"], source=told["source"],
            is_recognized=bool(told["recognized"]), from_on=_day(told["from"]),
            until_on=_day(told["until"]) if told["until"] else None,
            areas=tuple(_area(row) for row in told["areas"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise environment.SettingError(f"{file} is no method of evaluating plans: {error!r}") from error
    problems = problems_of(method)
    if problems:
        raise environment.SettingError(f"{file} is no method of evaluating plans: {'; '.join(problems)}")
    return method


def _day(told: object) -> date:
    if not isinstance(told, date):
        raise ValueError(f"{told} is no day")  # noqa: TRY004  told to whoever wrote the file, like its other faults
    return told


def _area(row: Mapping[str, Any]) -> Area:
    return Area(row["key"], row["title"], tuple(_question(each) for each in row["questions"]))


def _question(row: Mapping[str, Any]) -> Question:
    unknown = set(row) - {"key", "asks", "gap", "section", "critical"}
    if unknown:
        raise ValueError(f"{row['key']} has {', '.join(sorted(unknown))}")
    return Question(row["key"], row["asks"], row["gap"], row.get("section", ""), bool(row.get("critical", False)))


def problems_of(method: Method) -> Sequence[str]:
    """What is wrong with a method's file, in words for whoever wrote it."""
    keys = [question.key for question in method.questions]
    areas = [area.key for area in method.areas]
    found = []
    if not keys or len(set(keys)) < len(keys):
        found.append("every question has a key of its own")
    if len(set(areas)) < len(areas):
        found.append("every area has a key of its own")
    if any(len(key) > _ID_LENGTH for key in (method.id, *keys, *areas)):
        found.append(f"keys have at most {_ID_LENGTH} letters")
    return found
