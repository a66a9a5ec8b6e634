"""What a plan is made of and whom it names, as frozen records of the data files."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from shelterbelt.plans.rules.reading import files_in, read_data

BASIC, FUNCTIONAL, HAZARD = "basic", "functional", "hazard"
HAZARD_PREFIX = "hazard-"
"""Key of the annex on a hazard: this and the hazard's key."""
OWN_PREFIX = "own-"
FIRST_HAZARD = 500
"""Position of the first annex on a hazard; the others' come from their place in the file."""


@dataclass(frozen=True)
class Outlined:
    """One section of the outline."""

    key: str
    kind: str
    title: str
    position: int
    at: str = "both"
    is_needed: bool = False
    prompts: tuple[str, ...] = ()

    def belongs_at(self, org_kind: str, *, has_district_plan: bool) -> bool:
        """Whether a plan of such an organisation begins with it.

        A school whose district hasn't begun a plan writes everything itself.
        """
        if org_kind == "district":
            return self.at != "school"
        return self.at != "district" or not has_district_plan


@dataclass(frozen=True)
class KnownHazard:
    """A hazard of the list."""

    key: str
    name: str
    category: str
    is_usual: bool = False
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rating:
    """One of the four ratings: what is asked, and what 1 to 4 mean."""

    key: str
    question: str
    answers: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class Group:
    """Whom somebody on the team speaks for."""

    key: str
    name: str
    is_needed: bool = False


@dataclass(frozen=True)
class Role:
    """A role of incident command."""

    key: str
    title: str
    does: str


@dataclass(frozen=True)
class Action:
    """A response action: what is called out, and what students and adults do."""

    key: str
    name: str
    call: str
    students: tuple[str, ...]
    adults: tuple[str, ...]
    section: str


@dataclass(frozen=True)
class Topic:
    """What a state asks a plan to cover."""

    key: str
    name: str
    source: str
    basis: str
    from_on: date
    sections: tuple[str, ...]
    note: str = ""


@cache
def sections() -> tuple[Outlined, ...]:
    """Basic plan and functional annexes, in order. Annexes on hazards come with the hazards."""
    data = read_data("sections.yaml")
    found: list[Outlined] = []
    for kind, start in ((BASIC, 10), (FUNCTIONAL, 200)):
        found += [_outlined(row, kind, start + number) for number, row in enumerate(data[kind])]
    return tuple(found)


def _outlined(row: dict[str, Any], kind: str, position: int) -> Outlined:
    prompts = tuple(row.get("prompts", ()))
    return Outlined(row["key"], kind, row["title"], position, row.get("at", "both"), row.get("needed", False), prompts)


@cache
def hazards() -> tuple[KnownHazard, ...]:
    """Those of the list, in order."""
    rows = read_data("hazards.yaml")["hazards"]
    return tuple(
        KnownHazard(row["key"], row["name"], row["category"], row.get("usual", False), tuple(row.get("prompts", ())))
        for row in rows
    )


@cache
def categories() -> dict[str, str]:
    """Kinds of hazards, by key."""
    return dict(read_data("hazards.yaml")["categories"])


@cache
def ratings() -> tuple[Rating, ...]:
    """The four ratings, in order."""
    rows = read_data("hazards.yaml")["ratings"]
    return tuple(Rating(key, row["question"], tuple(row["answers"]), row["weight"]) for key, row in rows.items())


@cache
def groups() -> tuple[Group, ...]:
    """Whom a team's members speak for."""
    return tuple(Group(row["key"], row["name"], row.get("needed", False)) for row in read_data("team.yaml")["groups"])


@cache
def roles() -> tuple[Role, ...]:
    """Roles of incident command, in order."""
    return tuple(Role(row["key"], row["title"], row["does"]) for row in read_data("roles.yaml")["roles"])


@cache
def protocols() -> dict[str, str]:
    """The names of the response protocols there are, by key."""
    return {key: str(read_data(f"protocols/{key}.yaml")["name"]) for key in files_in("protocols")}


@cache
def response_actions(protocol: str) -> tuple[Action, ...]:
    """The response actions of a protocol, in order."""
    rows = read_data(f"protocols/{protocol}.yaml")["actions"]
    return tuple(
        Action(row["key"], row["name"], row["call"], tuple(row["students"]), tuple(row["adults"]), row["section"])
        for row in rows
    )


@cache
def topics() -> tuple[Topic, ...]:
    """What the state asks a plan to cover."""
    return tuple(
        Topic(
            row["key"],
            row["name"],
            row["source"],
            row["basis"],
            row["from"],
            tuple(row["sections"]),
            row.get("note", ""),
        )
        for row in read_data("topics.yaml")["topics"]
    )


def topics_of(key: str, on: date) -> tuple[Topic, ...]:
    """What a section has to cover by then."""
    return tuple(topic for topic in topics() if key in topic.sections and topic.from_on <= on)


def prompts_of(key: str) -> tuple[str, ...]:
    """What a reader will look for in a section; nothing for one of the plan's own."""
    if key.startswith(HAZARD_PREFIX):
        own = next((known.prompts for known in hazards() if HAZARD_PREFIX + known.key == key), ())
        return (*own, *read_data("hazards.yaml")["prompts"])
    return next((each.prompts for each in sections() if each.key == key), ())


def needed_keys() -> frozenset[str]:
    """Sections without which a plan is not complete."""
    return frozenset(each.key for each in sections() if each.is_needed)
