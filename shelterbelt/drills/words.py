"""Says what the rules decided in the reader's language."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext

from shelterbelt.drills.rules import KINDS, Problem, Sentence

_KIND_WORDS = {kind.words for kind in KINDS.values()}


def say(sentence: Sentence | str) -> str:
    """A rule's sentence, translated, with its values as people write them."""
    if isinstance(sentence, str):
        return gettext(sentence)
    return gettext(sentence.text) % {name: _spoken(value) for name, value in sentence.values.items()}


def _spoken(value: str | int | date) -> str:
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return gettext(value) if value in _KIND_WORDS else str(value)


def refuse(problems: list[Problem]) -> None:
    """Go on, or stop with every problem at its field."""
    if problems:
        by_field: dict[str, list[str]] = {}
        for problem in problems:
            by_field.setdefault(problem.field, []).append(say(problem.sentence))
        raise ValidationError(by_field)
