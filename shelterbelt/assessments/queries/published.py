"""Everything the state publishes for schools to judge by: one list, whichever room keeps it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from shelterbelt.assessments.queries import templates as site
from shelterbelt.assessments.rules.buying_data import Published, versions
from shelterbelt.assessments.rules.buying_differences import Difference, differences
from shelterbelt.assessments.rules.buying_methods import Funding, Methods, Scoring
from shelterbelt.assessments.rules.clause_library import ClauseLibrary
from shelterbelt.assessments.rules.product_templates import ProductTemplate
from shelterbelt.plans.rules import evaluation as plan_evaluation


@dataclass(frozen=True)
class Edition:
    """One version of a template, as it was published."""

    version: str
    title: str
    what: str
    since: date
    source: str
    basis: str
    changed: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """A template with all its editions, the newest first."""

    kind: str
    key: str
    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition:
        """The edition in force on a day; before the first, the first."""
        return next((each for each in self.editions if each.since <= day), self.editions[-1])

    def edition(self, version: str) -> Edition | None:
        """One of them."""
        return next((each for each in self.editions if each.version == version), None)

    def changes_in(self, edition: Edition) -> list[Difference] | None:
        """What an edition changed against the one before; None for the first."""
        place = self.editions.index(edition)
        if place + 1 == len(self.editions):
            return None
        return differences(self.editions[place + 1].content, edition.content)


def kinds() -> dict[str, str]:
    """What there is, by the word of its address."""
    return {
        "site": _("Site assessments"),
        "evaluation": _("Evaluation of emergency operations plans"),
        "product": _("Products, services and training"),
        "methods": _("Evaluation methods for purchases"),
        "scoring": _("Scores"),
        "clauses": _("Clauses for contracts"),
        "funding": _("Sources of money"),
    }


def of_kind(kind: str) -> list[Template]:
    """All templates of a kind, by title."""
    found = list(_SHELVES[kind]())
    return sorted(found, key=lambda each: each.editions[0].title)


def one(kind: str, key: str) -> Template | None:
    """One template; None if there is none of that kind and name."""
    return next((each for each in of_kind(kind) if each.key == key), None) if kind in _SHELVES else None


def _files(kind: str, model: type[Published], folder: str) -> Iterator[Template]:
    for key, some in versions(model, folder).items():
        yield Template(kind, key, tuple(_edition(each) for each in reversed(some)))


def _edition(each: Published) -> Edition:
    return Edition(
        str(each.version), each.title, each.what, each.effective_from, each.source, each.basis, each.changed,
        each.model_dump(mode="json"),
    )  # fmt: skip


def _site() -> Iterator[Template]:
    by_key: dict[str, list[Edition]] = {}
    for each in site.every():
        sources = "; ".join(source.name for source in each.sources)
        by_key.setdefault(each.key, []).append(
            Edition(each.version, each.title, each.about, each.from_, sources, "", "", each.model_dump(mode="json"))
        )
    for key, editions in by_key.items():
        yield Template("site", key, tuple(editions))


def _plan_evaluation() -> Iterator[Template]:
    by_key: dict[str, list[Edition]] = {}
    for each in sorted(plan_evaluation.methods(), key=lambda method: method.version, reverse=True):
        by_key.setdefault(each.id, []).append(
            Edition(str(each.version), each.name, "", each.from_on, each.source, "", "", asdict(each))
        )
    for key, editions in by_key.items():
        yield Template("evaluation", key, tuple(editions))


_SHELVES: dict[str, Callable[[], Iterator[Template]]] = {
    "site": _site,
    "evaluation": _plan_evaluation,
    "product": partial(_files, "product", ProductTemplate, "products"),
    "methods": partial(_files, "methods", Methods, "buying/methods"),
    "scoring": partial(_files, "scoring", Scoring, "buying/scoring"),
    "clauses": partial(_files, "clauses", ClauseLibrary, "clauses"),
    "funding": partial(_files, "funding", Funding, "buying/funding"),
}
