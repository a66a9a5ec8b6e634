"""The attestation behind a unit's answer, for the page that says why."""

from django.db.models import Q

from shelterbelt.attestations.models import Attestation
from shelterbelt.measures.asking import Asked, Evidence, in_force
from shelterbelt.strategy.model import Output


def attestation_evidence(asked: Asked, unit: int) -> list[Evidence]:
    """What the unit said for the year, question by question."""
    whose = Q(about=unit) if asked.output.unit == "person" else Q(org=unit)
    return [_evidence(asked.output, made) for made in in_force(asked).filter(whose).select_related("made_by")]


def _evidence(output: Output, made: Attestation) -> Evidence:
    who = made.made_by.name if made.made_by else ""
    return Evidence(
        what=f"{who}: {made.statement}" if made.statement else who,
        on=made.made_on,
        level=made.level_on,  # type: ignore[attr-defined]  # annotated by with_level
        counts=True,
        route=("documents:open", str(made.document_id)) if made.document_id else None,
        facts=tuple((str(ask.label), _words(ask.key, ask, made.answers)) for ask in output.asks),
    )


def _words(key: str, ask: object, answers: dict[str, object]) -> str:
    answer = answers.get(key)
    if answer is None:
        return "-"
    for choice in getattr(ask, "choices", ()):
        if choice.key == answer:
            return str(choice.label)
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(answer)
