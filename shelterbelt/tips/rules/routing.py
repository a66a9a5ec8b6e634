"""To whom a tip is referred, by event type, life safety, place and hours (data/routing.yaml).

Pure: it takes facts and proposes classes of recipients. Which organisation of a class it is, queries find out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from shelterbelt.tips.rules.event_types import event_types, groups
from shelterbelt.tips.rules.reading import read_rules

FILE = Path(__file__).resolve().parent.parent / "data/routing.yaml"

Recipient = Literal[
    "school_team", "district", "law_enforcement", "dispatch", "mental_health", "child_welfare", "out_of_state"
]
Place = Literal["public", "charter", "private", "not_a_school", "unknown", "other_state"]
Hours = Literal["school_hours", "after_hours", "night", "break"]
Part = Literal["primary", "informed", "no"]

RECIPIENTS: tuple[Recipient, ...] = (
    "law_enforcement", "dispatch", "school_team", "district", "mental_health", "child_welfare", "out_of_state",
)  # fmt: skip
"""In the order in which they are proposed."""
PLACES: tuple[Place, ...] = ("public", "charter", "private", "not_a_school", "unknown", "other_state")
HOURS: tuple[Hours, ...] = ("school_hours", "after_hours", "night", "break")
CLASSES: Mapping[str, str] = {
    "school_team": "school", "district": "school",
    "law_enforcement": "law_enforcement", "dispatch": "law_enforcement",
    "mental_health": "community_support", "child_welfare": "community_support",
    "out_of_state": "out_of_state",
}  # fmt: skip
"""The class of A-O3 that each recipient is counted in (models.Referral.To)."""
_STRENGTH: Mapping[Part, int] = {"informed": 1, "primary": 2, "no": 3}
"""Which word holds where event types differ: not to tell somebody protects a child, so it holds against all."""
Minute = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


@dataclass(frozen=True)
class Facts:
    """What the rules look at."""

    events: tuple[str, ...]
    is_life_safety: bool
    place: Place
    hours: Hours


@dataclass(frozen=True)
class Proposal:
    """A class of recipients that should be told, in which part, and why."""

    recipient: Recipient
    part: Part
    why: str
    rule: str

    @property
    def is_primary(self) -> bool:
        """Owes an answer."""
        return self.part == "primary"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class When(_Part):
    """To which tips a rule applies; what isn't said applies to all."""

    events: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    life_safety: bool | None = None
    place: tuple[Place, ...] = ()
    hours: tuple[Hours, ...] = ()

    @model_validator(mode="after")
    def _names_what_there_is(self) -> "When":
        unknown = sorted(({*self.events} - {*event_types()}) | ({*self.groups} - {*groups()}))
        if unknown:
            raise ValueError(f"There is no event type or group {', '.join(unknown)}.")
        return self

    def covers(self, event: str, facts: Facts) -> bool:
        """Whether it applies to a tip, looked at as being about this event type."""
        return (
            (not self.events or event in self.events)
            and (not self.groups or event_types()[event].group in self.groups)
            and self.life_safety in {None, facts.is_life_safety}
            and (not self.place or facts.place in self.place)
            and (not self.hours or facts.hours in self.hours)
        )


class Rule(_Part):
    """One line of the table."""

    code: Annotated[str, Field(pattern=r"^[a-z_]{3,40}$")]
    when: When
    then: Annotated[dict[Recipient, Part], Field(min_length=1)]
    why: str | dict[Recipient, str]

    @model_validator(mode="after")
    def _says_why(self) -> "Rule":
        if isinstance(self.why, dict) and {*self.why} != {*self.then}:
            raise ValueError(f"{self.code} must say why for each recipient that it names, and for no other.")
        if not all(self.because(recipient).strip() for recipient in self.then):
            raise ValueError(f"{self.code} must say why.")
        return self

    def because(self, recipient: Recipient) -> str:
        """Why it says so of this recipient."""
        return self.why if isinstance(self.why, str) else self.why[recipient]


class Table(_Part):
    """The whole file."""

    version: Annotated[int, Field(ge=1)]
    night: tuple[Minute, Minute]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_code_once(self) -> "Table":
        codes = [rule.code for rule in self.rules]
        if len(codes) != len(set(codes)):
            raise ValueError("Two rules bear the same code.")
        return self


@cache
def table() -> Table:
    """The rules in force, checked: a wrong file stops the start with the reason."""
    return Table.model_validate(read_rules("routing.yaml"))


def read(text: str) -> Table:
    """Rules from a text."""
    return Table.model_validate(yaml.safe_load(text))


def proposals(facts: Facts, rules: Sequence[Rule] | None = None) -> list[Proposal]:
    """Whom to tell, in the order of RECIPIENTS; those that a rule says not to tell aren't in it."""
    found = considered(facts, rules)
    return [found[each] for each in RECIPIENTS if each in found and found[each].part != "no"]


def considered(facts: Facts, rules: Sequence[Rule] | None = None) -> dict[Recipient, Proposal]:
    """What the rules say of every recipient that they name, also of those not to tell."""
    chosen = table().rules if rules is None else rules
    strongest: dict[Recipient, Proposal] = {}
    for event in facts.events or ("other",):
        for each in _for_one(event, facts, chosen):
            known = strongest.get(each.recipient)
            if known is None or _STRENGTH[each.part] > _STRENGTH[known.part]:
                strongest[each.recipient] = each
    return strongest


def _for_one(event: str, facts: Facts, rules: Sequence[Rule]) -> Iterator[Proposal]:
    """What the rules say of one event type: the last that names a recipient holds."""
    known = event if event in event_types() else "other"
    said: dict[Recipient, Proposal] = {}
    for rule in rules:
        if rule.when.covers(known, facts):
            for recipient, part in rule.then.items():
                said[recipient] = Proposal(recipient, part, rule.because(recipient), rule.code)
    yield from said.values()


def place_of(kind: str, sector: str) -> Place:
    """The rules' word for where a tip plays: the kind of place the reporter named, and who runs the school."""
    if kind != "school":
        return "not_a_school" if kind == "not_a_school" else "unknown"
    return {"public": "public", "charter": "charter"}.get(sector, "private")  # type: ignore[return-value]


def hours_of(local: datetime, *, in_session: bool, has_school: bool) -> Hours:
    """Which hours it is at the place, by the clock on the wall."""
    if in_session:
        return "school_hours"
    begins, ends = (time.fromisoformat(each) for each in table().night)
    if local.time() >= begins or local.time() < ends:
        return "night"
    return "after_hours" if has_school else "break"
