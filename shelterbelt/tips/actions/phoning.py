"""A tip on the phone: kept after two answers, with a code that the caller changes at its first use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.scope import acting_as_system
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import filing, history, intake
from shelterbelt.tips.actions.judging import recounted
from shelterbelt.tips.actions.moving import locked
from shelterbelt.tips.attachments.actions.marking import mark_with_tip
from shelterbelt.tips.models import Tip
from shelterbelt.tips.policy.channels import may_complete, may_enter
from shelterbelt.tips.rules.event_types import gravest
from shelterbelt.tips.sealing import words
from shelterbelt.tips.sealing.opening import body_of, key_of

ANSWERS = ("narrative", "who", "where", "when", "relationship", "staff_told")


@transaction.atomic
def enter_phone_tip(*, state: Org, filed: filing.Filed, by: Standing, at: datetime) -> filing.Receipt:
    """Keep what a caller says, and take it in at once. The code is told this once, to be read out."""
    require(may_enter(by, state))
    if not filed.answers.get("narrative", "").strip():
        raise ValidationError({"narrative": _("Write down what the caller says, in a few words at least.")})
    with acting_as_system("tip_desk", today=by.today, reason="enter a phone tip"):
        receipt = filing.file_tip(filed, at=at, entered_by=by.person.pk)
        if receipt.code is not None:
            Tip.objects.filter(pk=filed.id).update(code_is_spoken=True)
            intake.take_in(at=at)
    return receipt


@dataclass(frozen=True)
class GoesOn:
    """What a caller goes on to say. What is left empty changes nothing."""

    answers: Mapping[str, str] = field(default_factory=dict)
    event_types: Sequence[str] = ()
    school: Org | None = None
    about: str = ""
    band: str = ""


@transaction.atomic
def complete_phone_tip(*, tip: Tip, said: GoesOn, by: Standing, at: datetime) -> None:
    """Add what the caller goes on to say. What was said before stays where nothing new is said."""
    require(may_complete(by, tip))
    tip = locked(tip)
    known = body_of(tip) | {name: said.answers[name].strip() for name in ANSWERS if said.answers.get(name, "").strip()}
    tip.body = words.seal_answers(key_of(tip), known, kind="body", of=tip.id)
    with recounted(tip, at):
        _sort_anew(tip, said)
        tip.changed_at = at
        tip.save()
        mark_with_tip(tip)
    history.write(tip, "complete", at=at, by=by.person)


def _sort_anew(tip: Tip, said: GoesOn) -> None:
    """Raised to life safety by its type where that is one; lowered by an analyst's judgment alone."""
    tip.about, tip.band = said.about or tip.about, said.band or tip.band
    if said.school is not None:
        tip.school, tip.place_kind = said.school, Tip.PlaceKind.SCHOOL
    if not said.event_types:
        return
    kind = gravest(said.event_types)
    tip.event_type, tip.event_types = kind.code, list(said.event_types)
    tip.is_sexual = tip.is_sexual or kind.is_sexual
    if kind.is_life_safety and not tip.is_life_safety:
        tip.is_life_safety, tip.life_safety_because = True, Tip.Because.EVENT_TYPE
