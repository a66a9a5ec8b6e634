"""The strategic plan as data: focus areas, recommendations, outputs, and what else they answer.

Nothing here changes once it is loaded. A changed word is a new version of the file.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, TypeVar

from pydantic import Field, model_validator

from shelterbelt.strategy.words import (
    AskKind,
    Basis,
    Direction,
    FileId,
    Kind,
    Letter,
    Level,
    Listed,
    Name,
    Number,
    OutputId,
    RecommendationId,
    Row,
    SchoolYearName,
    Source,
    State,
    Text,
    Unit,
    Version,
    Visibility,
)

Answers = Mapping[str, Any]  # as JSON keeps them: true/false, number, "2026-09-01", or a choice's key

ABOVE_ZERO = "above_zero"

T = TypeVar("T")


class Condition(Row):
    """A question is put only when an earlier one got one of these answers."""

    key: Name
    values: tuple[bool | str, ...]

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: Any) -> Any:  # whatever stands in the file
        """`{program: [pbis, other]}`, `{has_officer: true}` or `{procurements: above_zero}`."""
        if not isinstance(raw, dict) or len(raw) != 1:
            raise ValueError("`only_if` names one earlier question and its answer, such as {has_officer: true}.")
        [(key, values)] = raw.items()
        return {"key": key, "values": tuple(values) if isinstance(values, list) else (values,)}

    def holds(self, answers: Answers) -> bool:
        """Whether the earlier question was answered so."""
        answer = answers.get(self.key)
        if self.values == (ABOVE_ZERO,):
            return isinstance(answer, int | float) and answer > 0
        return answer in self.values


class Choice(Row):
    """One answer of a list. `counts` is false for those that can never meet the output."""

    key: Name
    label: Text
    counts: bool = True


class Ask(Row):
    """A question whose answer decides an output, put to whoever answers for the unit."""

    key: Name
    kind: AskKind
    label: Text
    choices: Annotated[tuple[Choice, ...], Listed] = ()
    required: bool
    help: Text | None = None
    only_if: Condition | None = None
    at_most: Name | None = None
    """The earlier number of which this one is a part."""
    at_least: Name | Version | None = None
    """The earlier number that is a part of this one, or a whole number from 1."""

    @property
    def counting(self) -> tuple[str, ...]:
        """The choices that can meet the output."""
        return tuple(choice.key for choice in self.choices if choice.counts)

    def is_asked(self, answers: Answers) -> bool:
        """Whether the answers so far lead to this question."""
        return self.only_if is None or self.only_if.holds(answers)


class SecondLine(Row):
    """Another reading of an output, shown under its headline."""

    key: Name
    label: Text
    needs_records: bool = False  # the general form does not ask for it; it shows once records exist


class FocusArea(Row):
    """One of the plan's areas, known by its letter."""

    letter: Letter
    title: Text
    objective: Text


class Output(Row):
    """What the plan measures: one figure, its unit, and what a unit does to meet it."""

    id: OutputId
    title: Text
    meaning: Text
    kind: Kind
    unit: Unit
    alt_unit: Unit | None
    visibility: Visibility = Field(alias="class")
    measure: Name
    version: Version
    from_year: SchoolYearName
    until_year: SchoolYearName | None
    thresholds: dict[Name, Number]
    second_lines: Annotated[tuple[SecondLine, ...], Listed]
    not_applicable: Text | None
    source: Source
    good_direction: Direction
    asks: Annotated[tuple[Ask, ...], Listed]

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @property
    def area(self) -> str:
        """The letter of its focus area."""
        return self.id[0]

    @property
    def answered_by(self) -> Unit:
        """Who answers the questions: the unit itself, and for people the district that appoints them."""
        return "district" if self.unit == "person" else self.unit

    def ask(self, key: str) -> Ask:
        """The question with this key."""
        return _found({ask.key: ask for ask in self.asks}, key, f"{self.id} asks no question")

    def asked(self, answers: Answers) -> tuple[Ask, ...]:
        """The questions these answers lead to, in order. Answers to questions not put are passed over."""
        put: list[Ask] = []
        valid: dict[str, Any] = {}
        for ask in self.asks:
            if ask.is_asked(valid):
                put.append(ask)
                if ask.key in answers:
                    valid[ask.key] = answers[ask.key]
        return tuple(put)

    def missing(self, answers: Answers) -> tuple[Ask, ...]:
        """The required questions still without an answer."""
        return tuple(ask for ask in self.asked(answers) if ask.required and answers.get(ask.key) is None)


class Recommendation(Row):
    """What the plan asks of the state or of schools, and the outputs that show it."""

    id: RecommendationId
    text: Text
    outputs: Annotated[tuple[OutputId, ...], Listed]
    next_step: Text | None = None

    @property
    def area(self) -> str:
        """The letter of its focus area."""
        return self.id[0]

    @property
    def level(self) -> Level:
        """Whose it is."""
        return "state" if self.id[2] == "S" else "local"


class Resource(Row):
    """Help that exists already: a guide, a course, a number to call."""

    area: Letter
    name: Text
    organisation: str
    address: str | None
    basis: Basis

    @property
    def link(self) -> str:
        """Its page; empty for help that is reached by telephone."""
        return self.address if self.address and self.address.startswith("https://") else ""


class Note(Row):
    """A matter the plan mentions outside its focus areas, without recommendation or output."""

    number: Annotated[int, Field(ge=1)]
    title: Text
    text: Text


class Crosswalk(Row):
    """A law or standard that the same records answer, and the days on which it holds."""

    source: str
    outputs: Annotated[tuple[OutputId, ...], Listed]
    from_on: date = Field(alias="from")
    until_on: date | None = Field(alias="until")
    requires: Text
    basis: Basis

    def holds(self, on: date) -> bool:
        """Whether the rule is in force on a day; its last day included."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


class Strategy(Row):
    """One version of one state's plan."""

    id: FileId
    version: Version
    state: State
    title: Text
    source: str
    adopted: date
    areas: Annotated[tuple[FocusArea, ...], Listed]
    outputs: Annotated[tuple[Output, ...], Listed]
    recommendations: Annotated[tuple[Recommendation, ...], Listed]
    resources_note: Text | None = None
    resources: Annotated[tuple[Resource, ...], Listed] = ()
    notes: Annotated[tuple[Note, ...], Listed] = ()
    crosswalk: Annotated[tuple[Crosswalk, ...], Listed] = ()

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    def output(self, output_id: str) -> Output:
        """The output with this number, such as D-O4."""
        return _found(self._outputs, output_id, "This plan has no output")

    def recommendation(self, recommendation_id: str) -> Recommendation:
        """The recommendation with this number, such as A-L1."""
        return _found(self._recommendations, recommendation_id, "This plan has no recommendation")

    def area(self, letter: str) -> FocusArea:
        """The focus area with this letter."""
        return _found(self._areas, letter, "This plan has no focus area")

    def outputs_in(self, letter: str) -> tuple[Output, ...]:
        """The outputs of a focus area."""
        return tuple(output for output in self.outputs if output.area == letter)

    def recommendations_in(self, letter: str) -> tuple[Recommendation, ...]:
        """The recommendations of a focus area, the state's and the local ones."""
        return tuple(each for each in self.recommendations if each.area == letter)

    def recommendations_for(self, output_id: str) -> tuple[Recommendation, ...]:
        """The recommendations that an output shows; none for some."""
        return tuple(each for each in self.recommendations if output_id in each.outputs)

    def resources_for(self, letter: str) -> tuple[Resource, ...]:
        """What already exists to help with a focus area."""
        return tuple(each for each in self.resources if each.area == letter)

    def crosswalk_for(self, output_id: str, on: date) -> tuple[Crosswalk, ...]:
        """The laws and standards in force on a day that the output's records also answer."""
        return tuple(rule for rule in self.crosswalk if output_id in rule.outputs and rule.holds(on))

    @cached_property
    def state_recommendations(self) -> tuple[Recommendation, ...]:
        """What the plan asks of the state."""
        return tuple(each for each in self.recommendations if each.level == "state")

    @cached_property
    def local_recommendations(self) -> tuple[Recommendation, ...]:
        """What the plan asks of schools and communities."""
        return tuple(each for each in self.recommendations if each.level == "local")

    @cached_property
    def _outputs(self) -> dict[str, Output]:
        return {output.id: output for output in self.outputs}

    @cached_property
    def _recommendations(self) -> dict[str, Recommendation]:
        return {each.id: each for each in self.recommendations}

    @cached_property
    def _areas(self) -> dict[str, FocusArea]:
        return {area.letter: area for area in self.areas}


def _found(rows: Mapping[str, T], key: str, otherwise: str) -> T:
    try:
        return rows[key]
    except KeyError:
        raise KeyError(f"{otherwise} {key}.") from None
