"""What a template is: domains with weights, questions with layers, levels of maturity; read from data, checked."""

import json
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Layer = Literal["detect", "delay", "respond"]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Words = Annotated[str, Field(min_length=1, max_length=400)]
Weight = Annotated[int, Field(ge=1, le=3)]
LONGEST = 500_000
"""Letters that a template's file may have."""
MOST_QUESTIONS = 500


class TemplateError(ValueError):
    """The file can't be used; each problem is a sentence."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Part):
    """What a template follows, and what it took from there."""

    name: Words
    note: str = ""


class Level(_Part):
    """One step of maturity; 0 is nothing."""

    value: Annotated[int, Field(ge=0, le=9)]
    label: Words
    meaning: str = ""


class Question(_Part):
    """One question, and what to look at."""

    key: Key
    text: Words
    look: str = ""
    layer: Layer
    weight: Weight = 1
    source: str = ""


class Domain(_Part):
    """One page of the walk."""

    key: Key
    title: Words
    lead: str = ""
    weight: Weight = 1
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Template(_Part):
    """A whole template in one version."""

    key: Key
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,19}$")]
    title: Words
    from_: Annotated[date, Field(alias="from")]
    until: date | None = None
    recognised: bool
    about: str = ""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits_together(self) -> "Template":
        if [level.value for level in self.levels] != list(range(len(self.levels))):
            raise ValueError("The levels must be numbered 0, 1, 2 and so on, from nothing to all of it.")
        if self.until is not None and self.until <= self.from_:
            raise ValueError("`until` must be a day after `from`.")
        for what, keys in (
            ("domain", [domain.key for domain in self.domains]),
            ("question", [each.key for domain in self.domains for each in domain.questions]),
        ):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            if twice:
                raise ValueError(f"Each {what} needs a key of its own; these are there twice: {', '.join(twice)}.")
        if sum(len(domain.questions) for domain in self.domains) > MOST_QUESTIONS:
            raise ValueError(f"A template may have {MOST_QUESTIONS} questions at most.")
        return self

    @property
    def top(self) -> int:
        """The highest level."""
        return len(self.levels) - 1

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions by key, in the order of the walk."""
        return {each.key: each for domain in self.domains for each in domain.questions}

    @cached_property
    def domain_of(self) -> dict[str, Domain]:
        """Each question's domain."""
        return {each.key: domain for domain in self.domains for each in domain.questions}

    def domain(self, key: str) -> Domain | None:
        """The domain with this key."""
        return next((domain for domain in self.domains if domain.key == key), None)

    def holds(self, day: date) -> bool:
        """Whether new assessments may follow it on a day."""
        return self.from_ <= day and (self.until is None or day < self.until)

    def content(self) -> dict[str, Any]:
        """All of it, as it is frozen."""
        return self.model_dump(mode="json", by_alias=True)

    def digest(self) -> str:
        """What tells this wording from every other."""
        said = json.dumps(self.content(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(said.encode()).hexdigest()


class _NoAliases(yaml.SafeLoader):
    """YAML without references: a few letters of them can stand for more than a machine holds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references (* and &) aren't taken")
        return super().compose_node(parent, index)


def read_template(text: str) -> Template:
    """The template that a file says. TemplateError with every problem as a sentence."""
    if len(text) > LONGEST:
        raise TemplateError([f"The file is longer than {LONGEST:,} letters."])
    try:
        said = yaml.load(text, Loader=_NoAliases)  # noqa: S506  a SafeLoader that takes less than the safe one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" Look at line {mark.line + 1}." if mark is not None else ""
        raise TemplateError([f"The file can't be read as YAML.{where}"]) from error
    return template_of(said)


def template_of(said: Any) -> Template:
    """The template that plain values say."""
    try:
        return Template.model_validate(said)
    except ValidationError as error:
        raise TemplateError([_sentence(each["loc"], each["msg"]) for each in error.errors()[:20]]) from error


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    where = " › ".join(str(step + 1) if isinstance(step, int) else step for step in place)
    said = message.removeprefix("Value error, ")
    return f"{where}: {said}" if where else said
