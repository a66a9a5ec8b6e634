"""How grave a hazard is, from its four ratings."""

from collections.abc import Mapping

from shelterbelt.plans.rules.outline import ratings
from shelterbelt.plans.rules.reading import read_data


def score(given: Mapping[str, int | None]) -> float | None:
    """From 1 to 4, weighted as the file says; none while a rating is missing."""
    values = {rating.key: given.get(rating.key) for rating in ratings()}
    if any(value is None for value in values.values()):
        return None
    weights = {rating.key: rating.weight for rating in ratings()}
    total = sum(weights.values())
    return round(sum((values[key] or 0) * weight for key, weight in weights.items()) / total, 2)


def priority(scored: float | None) -> str:
    """high, medium or low; empty while there is no score."""
    if scored is None:
        return ""
    limits = read_data("hazards.yaml")["priorities"]
    return next((name for name in ("high", "medium") if scored >= limits[name]), "low")
