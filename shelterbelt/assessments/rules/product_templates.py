"""Templates by which an offer of a kind of product is judged (data/products), and the score that comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pydantic import BaseModel, ConfigDict, model_validator

from shelterbelt.assessments.rules.buying_data import Published, in_force, numbered, versions
from shelterbelt.assessments.rules.buying_methods import highest_score

WHOLE = 100


class Criterion(BaseModel):
    """One thing an offer is judged by."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    name: str
    weight: int
    question: str
    look_for: tuple[str, ...]


class ProductTemplate(Published):
    """The criteria for one kind of product; their weights add up to 100."""

    criteria: tuple[Criterion, ...]

    @model_validator(mode="after")
    def _whole(self) -> "ProductTemplate":
        if sum(each.weight for each in self.criteria) != WHOLE:
            raise ValueError(f"the weights of {self.key} don't add up to {WHOLE}")
        return self

    def criterion(self, key: str) -> Criterion | None:
        """One of them."""
        return next((each for each in self.criteria if each.key == key), None)


@dataclass(frozen=True)
class Given:
    """What was said about a criterion: a score, or None where it doesn't apply, and what it rests on."""

    score: int | None
    evidence: str


def product_templates() -> Mapping[str, tuple[ProductTemplate, ...]]:
    """All templates by key, each in its versions."""
    return versions(ProductTemplate, "products")


def template_on(key: str, on: date) -> ProductTemplate:
    """A template as it holds on a day; KeyError if there is none of that name."""
    return in_force(product_templates()[key], on)


def template_as_used(key: str, version: int) -> ProductTemplate:
    """A template in the version that an evaluation was made by."""
    return numbered(product_templates()[key], version)


def unanswered(template: ProductTemplate, given: Mapping[str, Given]) -> list[Criterion]:
    """The criteria that are still to be judged, in order."""
    return [each for each in template.criteria if each.key not in given]


def score_of(template: ProductTemplate, given: Mapping[str, Given]) -> Decimal | None:
    """The weighted share of what could be reached, in percent to a tenth; None where nothing applies."""
    judged = [(each.weight, given[each.key].score) for each in template.criteria if each.key in given]
    applying = [(weight, score) for weight, score in judged if score is not None]
    reachable = sum(weight for weight, _ in applying) * highest_score()
    if not reachable:
        return None
    reached = sum(weight * score for weight, score in applying)
    return (Decimal(100 * reached) / reachable).quantize(Decimal("0.1"), ROUND_HALF_UP)
