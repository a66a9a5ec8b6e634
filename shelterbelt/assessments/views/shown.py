"""What the pages of an assessment show of its answers."""

from dataclasses import dataclass
from typing import Any

from shelterbelt.assessments.models import Answer, Assessment, Photograph
from shelterbelt.assessments.queries import assessment as queries, templates
from shelterbelt.assessments.queries.findings import findings_of
from shelterbelt.assessments.rules import scoring
from shelterbelt.assessments.rules.cadence import MIN_ROLES
from shelterbelt.assessments.rules.template import Domain, Question, Template


@dataclass(frozen=True)
class Asked:
    """One question with what was answered."""

    question: Question
    answer: Answer | None
    photographs: list[Photograph]
    words: str

    @property
    def chosen(self) -> str:
        """The value of the answer that is ticked."""
        if self.answer is None or not self.answer.is_answered:
            return ""
        return "na" if self.answer.level is None else str(self.answer.level)


@dataclass(frozen=True)
class Part:
    """One domain with its score and questions."""

    domain: Domain
    score: scoring.Score
    asked: list[Asked]


def shown_of(assessment: Assessment) -> dict[str, Any]:
    """Everything that page and report show."""
    shown: dict[str, Any] = {
        "assessment": assessment,
        "school": assessment.org,
        "needed": MIN_ROLES,
        "took_part": [each.member for each in assessment.participations.select_related("member").order_by("pk")],
        "findings": sorted(findings_of(assessment).values(), key=lambda each: -each.score),
    }
    if assessment.method != Assessment.Method.TEMPLATE:
        return shown
    template = templates.followed_by(assessment)
    answers = queries.latest_answers(assessment)
    levels = queries.levels_of(answers)
    return {
        **shown,
        "template": template,
        "parts": parts_of(template, answers, queries.photographs_of(assessment)),
        "layers": scoring.layer_scores(template, levels),
        "overall": scoring.overall(template, levels),
        "weaknesses": scoring.weaknesses(template, levels),
        **_beside_the_last(assessment, template, levels),
    }


def _beside_the_last(assessment: Assessment, template: Template, levels: scoring.Levels) -> dict[str, Any]:
    last = queries.previous(assessment)
    if last is None:
        return {"last": None}
    before = queries.levels_of(queries.latest_answers(last))
    return {"last": last, "comparison": scoring.compare(template, levels, before)}


def parts_of(template: Template, answers: dict[str, Answer], pictures: dict[str, list[Photograph]]) -> list[Part]:
    """The domains, each with its questions and answers."""
    scores = scoring.domain_scores(template, queries.levels_of(answers))
    words = {level.value: level.label for level in template.levels}
    return [
        Part(domain, scores[domain.key], [_asked(each, answers, pictures, words) for each in domain.questions])
        for domain in template.domains
    ]


def _asked(
    question: Question, answers: dict[str, Answer], pictures: dict[str, list[Photograph]], words: dict[int, str]
) -> Asked:
    answer = answers.get(question.key)
    said = words.get(answer.level, "") if answer is not None and answer.level is not None else ""
    return Asked(question, answer, pictures.get(question.key, []), said)
