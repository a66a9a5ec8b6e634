"""Says what the rules about purchases decided in the reader's language."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext

from shelterbelt.assessments.rules.procurement_sentences import Problem, Sentence


def say(sentence: Sentence) -> str:
    """A rule's sentence, translated, with its values as people write them."""
    return gettext(sentence.text) % {name: _spoken(value) for name, value in sentence.values.items()}


def _spoken(value: str | int | date) -> str:
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)


def refuse(problems: list[Problem]) -> None:
    """Go on, or stop with every problem at its field."""
    if problems:
        by_field: dict[str, list[str]] = {}
        for problem in problems:
            by_field.setdefault(problem.field, []).append(say(problem.sentence))
        raise ValidationError(by_field)
