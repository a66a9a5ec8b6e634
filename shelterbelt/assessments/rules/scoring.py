"""What the answers of a walk add up to, per domain, per layer and in all; and how they differ from the last ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shelterbelt.assessments.rules.template import Domain, Question, Template

Levels = Mapping[str, int | None]
"""The level given to each question that was answered; None where it doesn't apply."""


@dataclass(frozen=True)
class Score:
    """A share of what could be reached, and how many questions stand behind it."""

    percent: float | None
    answered: int
    asked: int

    @property
    def is_complete(self) -> bool:
        """Whether every question has an answer."""
        return self.answered == self.asked

    @property
    def open(self) -> int:
        """How many wait for one."""
        return self.asked - self.answered


def score_of(questions: Iterable[Question], levels: Levels, top: int) -> Score:
    """Weighted levels as a share of the weighted top. What doesn't apply counts neither way."""
    asked = list(questions)
    answered = [each for each in asked if each.key in levels]
    counted = [(each.weight, level) for each in answered if (level := levels[each.key]) is not None]
    whole = sum(weight * top for weight, _ in counted)
    reached = sum(weight * level for weight, level in counted)
    return Score(100 * reached / whole if whole else None, len(answered), len(asked))


def domain_scores(template: Template, levels: Levels) -> dict[str, Score]:
    """Each domain's score."""
    return {domain.key: score_of(domain.questions, levels, template.top) for domain in template.domains}


def layer_scores(template: Template, levels: Levels) -> dict[str, Score]:
    """How well the school detects, delays and responds."""
    return {
        layer: score_of((each for each in template.questions.values() if each.layer == layer), levels, template.top)
        for layer in ("detect", "delay", "respond")
        if any(each.layer == layer for each in template.questions.values())
    }


def overall(template: Template, levels: Levels) -> Score:
    """The domains' scores, weighted. A domain of which nothing applies is left out."""
    scores = domain_scores(template, levels)
    counted = [
        (domain.weight, share) for domain in template.domains if (share := scores[domain.key].percent) is not None
    ]
    whole = sum(weight for weight, _ in counted)
    percent = sum(weight * share for weight, share in counted) / whole if whole else None
    return Score(percent, sum(each.answered for each in scores.values()), sum(each.asked for each in scores.values()))


def unanswered(template: Template, levels: Levels) -> list[tuple[Domain, int]]:
    """The domains in which questions wait, and how many."""
    scores = domain_scores(template, levels)
    return [(domain, scores[domain.key].open) for domain in template.domains if scores[domain.key].open]


@dataclass(frozen=True)
class Weakness:
    """A question whose answer falls short, with the rating that is proposed for it: likelihood and impact, 1 to 4."""

    question: Question
    domain: Domain
    level: int
    likelihood: int
    impact: int


def weaknesses(template: Template, levels: Levels) -> list[Weakness]:
    """What falls short, the gravest first, else in the order of the walk. The top but one is no weakness."""
    found = [
        Weakness(question, template.domain_of[key], level, likely(level, template.top), question.weight + 1)
        for key, question in template.questions.items()
        if (level := levels.get(key)) is not None and level < max(1, template.top - 1)
    ]
    return sorted(found, key=lambda each: -each.likelihood * each.impact)


def likely(level: int, top: int) -> int:
    """The more is missing, the likelier it leads to harm: 2 to 4. People who know the place change it."""
    return 2 + round(2 * (top - level) / top)


@dataclass(frozen=True)
class Change:
    """A question answered otherwise than the last time."""

    question: Question
    before: int
    now: int

    @property
    def is_better(self) -> bool:
        """Whether it rose."""
        return self.now > self.before


@dataclass(frozen=True)
class Comparison:
    """An assessment beside the last one by the same template."""

    better: list[Change]
    worse: list[Change]
    same: int
    only_now: int
    """Questions that one of the two didn't ask or found not to apply."""


def compare(template: Template, now: Levels, before: Levels) -> Comparison:
    """Question by question, by key: a version may reword a question, but not reuse its key for another."""
    both = [
        Change(question, was, level)
        for key, question in template.questions.items()
        if (level := now.get(key)) is not None and (was := before.get(key)) is not None
    ]
    better = [each for each in both if each.now > each.before]
    worse = [each for each in both if each.now < each.before]
    same = len(both) - len(better) - len(worse)
    return Comparison(better, worse, same, len(template.questions) - len(both))
