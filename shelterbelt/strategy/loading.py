"""Loads a strategy file, or says everything that is wrong with it at once."""

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shelterbelt.strategy.checks import check
from shelterbelt.strategy.model import Strategy
from shelterbelt.strategy.source import Document, Place, Problem, read


class StrategyError(Exception):
    """The file cannot be used. `problems` holds each reason with its line."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path = path
        self.problems = sorted(set(problems))
        super().__init__("\n".join(f"{path}, line {each.line}: {each.sentence}" for each in self.problems))


def load(path: Path) -> Strategy:
    """The plan in this file. Raises StrategyError with every problem found."""
    document = _read(path)
    strategy = _model(document)
    check(document)
    if document.problems or strategy is None:
        raise StrategyError(path, document.problems)
    return strategy


def _read(path: Path) -> Document:
    """The file's content. When it is not even YAML there is nothing more to look at."""
    try:
        document = read(path)
    except (OSError, UnicodeDecodeError) as error:
        raise StrategyError(path, [Problem(1, f"The file cannot be read: {error}.")]) from error
    if not isinstance(document.said, dict):
        raise StrategyError(path, document.problems or [Problem(1, "The file holds no plan.")])
    return document


def _model(document: Document) -> Strategy | None:
    try:
        return Strategy.model_validate(document.said)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            document.complain(*_in_plain_words(document, detail))
        return None


def _in_plain_words(document: Document, detail: ErrorDetails) -> tuple[Place, str]:
    """Where it went wrong, and a sentence instead of a validator's message."""
    place: Place = detail["loc"]
    what, found = _called(place), detail["input"]
    match detail["type"]:
        case "missing":
            return place[:-1], f"{_row(document, place[:-1])} has no {what}."
        case "extra_forbidden":
            return place, f"{what} is not a word of this format."
        case "literal_error":
            return place, f"{what} is `{found}`. It must be {detail['ctx']['expected']}."
        case "value_error":
            return place, str(detail["ctx"]["error"])
        case "string_type":
            return place, f"{what} must be words{_quote(found)}."
        case "string_too_short":
            return place, f"{what} is empty."
        case "bool_type":
            return place, f"{what} must be true or false."
        case "int_type" | "greater_than_equal":
            return place, f"{what} must be a whole number from 1."
        case "date_type" | "date_parsing" | "date_from_datetime_inexact":
            return place, f"{what} must be a date such as 2025-08-28."
        case "tuple_type":
            return place, f"{what} must be a list."
        case "dict_type" | "model_type":
            return place, f"{what} must have parts of its own, each with a name."
        case _:
            return place, f"{what}: {detail['msg']}."


def _called(place: Place) -> str:
    """The name of a place, for a sentence."""
    names = [step for step in place if isinstance(step, str)]
    return f"`{names[-1]}`" if names else "This"


def _row(document: Document, place: Place) -> str:
    """What a row calls itself: its id, key or letter."""
    for key in ("id", "key", "letter", "source"):
        if place and (word := document.word(*place, key)):
            return word
    return _called(place) if place else "The file"


def _quote(found: object) -> str:
    return "" if isinstance(found, dict | list) or found is None else f"; put quotation marks around {found}"
