"""The state's strategic plan, loaded once from the file that holds it."""

from functools import cache

from shelterbelt.strategy.loading import StrategyError, load
from shelterbelt.strategy.model import (
    Ask,
    Choice,
    Condition,
    Crosswalk,
    FocusArea,
    Note,
    Output,
    Recommendation,
    Resource,
    SecondLine,
    Strategy,
)
from shelterbelt.strategy.words import Text

__all__ = [
    "Ask",
    "Choice",
    "Condition",
    "Crosswalk",
    "FocusArea",
    "Note",
    "Output",
    "Recommendation",
    "Resource",
    "SecondLine",
    "Strategy",
    "StrategyError",
    "Text",
    "current",
    "load",
]


@cache
def current() -> Strategy:
    """The plan this installation follows: the file named by `STRATEGY_FILE`."""
    from django.conf import settings  # here, so that the loader works without settings

    return load(settings.STRATEGY_FILE)
