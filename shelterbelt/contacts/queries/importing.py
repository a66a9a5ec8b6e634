"""For which organisation each line of a table is, and what would become of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.rules import table
from shelterbelt.contacts.rules.entry import _
from shelterbelt.orgs.models import Identifier, Org
from shelterbelt.orgs.queries import schools_of

FACTS = ("name", "title", "kind", "hours", "language", "voice", "sms", "email")


@dataclass(frozen=True)
class Placed:
    """A line that can be loaded."""

    number: int
    org: Org
    facts: dict[str, str]
    will: str
    """added, changed or known."""


@dataclass(frozen=True)
class Looked:
    """What a table comes to, before anything is loaded."""

    placed: tuple[Placed, ...]
    problems: tuple[table.Problem, ...]


def look_at(text: str, org: Org, on: date) -> Looked:
    """Read a table for the schools of a district (or for one organisation), and find each line's place."""
    usual = {Org.Kind.SCHOOL: "school_team", Org.Kind.DISTRICT: "school_team"}.get(Org.Kind(org.kind), "other")
    found = table.read(text, usual_kind=usual)
    places = _Places(org, on)
    placed: list[Placed] = []
    problems = list(found.problems)
    for line in found.lines:
        where = places.of(line)
        if isinstance(where, table.Problem):
            problems.append(where)
        else:
            placed.append(Placed(line.number, where, {name: line.cells[name] for name in FACTS}, ""))
    return Looked(tuple(_with_outcome(placed)), tuple(sorted(problems, key=lambda problem: problem.line)))


class _Places:
    """The organisation itself and, of a district, its schools, by name and code."""

    def __init__(self, org: Org, on: date) -> None:
        self.org = org
        self.orgs = [org, *(schools_of(org, on) if org.kind == Org.Kind.DISTRICT else ())]
        self.by_name: dict[str, list[Org]] = {}
        for each in self.orgs:
            self.by_name.setdefault(each.name.casefold(), []).append(each)
        codes = Identifier.objects.filter(org__in=self.orgs)
        by_id = {each.pk: each for each in self.orgs}
        self.by_code = {code.value.casefold(): by_id[code.org_id] for code in codes}

    def of(self, line: table.Line) -> Org | table.Problem:
        code, name = line.cells["code"], line.cells["school"]
        if code:
            return self.by_code.get(code.casefold()) or table.Problem(
                line.number, _("No school here has the code “%(code)s”."), {"code": code[:40]}
            )
        if not name:
            return self.org
        found = self.by_name.get(name.casefold(), [])
        if len(found) == 1:
            return found[0]
        text = (
            _("Several schools here are called “%(name)s”. Give the code.")
            if found
            else _("No school here is called “%(name)s”. Write its name as the directory does, or give its code.")
        )
        return table.Problem(line.number, text, {"name": name[:80]})


def _with_outcome(placed: Iterable[Placed]) -> Iterable[Placed]:
    lines = list(placed)
    known = {
        (each.org_id, each.name.casefold()): each
        for each in Contact.objects.filter(org__in={line.org.pk for line in lines}).in_use()
    }
    for line in lines:
        one = known.get((line.org.pk, line.facts["name"].casefold()))
        same = one is not None and all(getattr(one, name) == value for name, value in line.facts.items())
        yield Placed(line.number, line.org, line.facts, "known" if same else "changed" if one else "added")
