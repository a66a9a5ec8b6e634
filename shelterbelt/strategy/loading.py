"""Loads a strategy file, or says everything that is wrong with it at once."""

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shelterbelt.strategy.checks import check
from shelterbelt.strategy.model import Strategy
from shelterbelt.strategy.source import Document, Place, Problem, read

A_DATE = "{what} must be a date such as 2025-08-28."
A_NUMBER = "{what} must be a whole number from 1."
SENTENCES = {  # by the validator's name for what went wrong
    "extra_forbidden": "{what} is not a word of this format.",
    "literal_error": "{what} is `{found}`. It must be {expected}.",
    "value_error": "{error}",
    "string_type": "{what} must be words. A number or a date needs quotation marks.",
    "string_too_short": "{what} is empty.",
    "bool_type": "{what} must be true or false.",
    "int_type": A_NUMBER,
    "greater_than_equal": A_NUMBER,
    "date_type": A_DATE,
    "tuple_type": "{what} must be a list.",
    "dict_type": "{what} must have parts of its own, each with a name.",
    "model_type": "{what} must have parts of its own, each with a name.",
}


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
    if detail["type"] == "missing":
        return place[:-1], f"{_row(document, place[:-1])} has no {_called(place)}."
    sentence = SENTENCES.get(detail["type"], "{what}: {message}.")
    said = detail.get("ctx", {})
    return place, sentence.format(
        what=_called(place),
        found=detail["input"],
        message=detail["msg"],
        error=said.get("error"),
        expected=said.get("expected"),
    )


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
