"""Clauses for contracts (data/clauses): copied into a purchase and edited there."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from shelterbelt.assessments.rules.buying_data import Published, in_force, versions

PERFORMANCE = "performance"
KINDS = ("performance", "privacy", "interoperability", "accessibility", "records", "exit")


class Clause(BaseModel):
    """One clause. A performance clause has a level that can be measured, a test of acceptance and a remedy."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    name: str
    kind: Literal["performance", "privacy", "interoperability", "accessibility", "records", "exit"]
    fits: tuple[str, ...]
    text: str = ""
    service_level: str = ""
    acceptance_test: str = ""
    remedy: str = ""

    @model_validator(mode="after")
    def _complete(self) -> "Clause":
        parts = (self.service_level, self.acceptance_test, self.remedy)
        if (self.kind == PERFORMANCE) != all(parts) or (self.kind == PERFORMANCE) == bool(self.text):
            raise ValueError(f"{self.key}: a performance clause has a level, a test and a remedy; others have a text")
        return self

    @property
    def whole_text(self) -> str:
        """The clause as it goes into a contract."""
        if self.kind != PERFORMANCE:
            return self.text
        return (
            f"Service level. {self.service_level}\n\nAcceptance test. {self.acceptance_test}\n\nRemedy. {self.remedy}"
        )


class ClauseLibrary(Published):
    """All clauses, as published."""

    clauses: tuple[Clause, ...]

    def clause(self, key: str) -> Clause | None:
        """One of them."""
        return next((each for each in self.clauses if each.key == key), None)


def clause_library(on: date) -> ClauseLibrary:
    """The library as it holds on a day."""
    return in_force(versions(ClauseLibrary, "clauses")["library"], on)


def clauses_for(category: str, on: date) -> list[Clause]:
    """The clauses that fit a kind of product, performance first."""
    fitting = [each for each in clause_library(on).clauses if category in each.fits]
    return sorted(fitting, key=lambda each: KINDS.index(each.kind))
