"""Says what was done with a tip as plain sentences, in the reader's language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from shelterbelt.people.models import Person
from shelterbelt.tips.attachments.sentences import WHY_ORIGINAL
from shelterbelt.tips.models import Done, Link, Tip

WHO = {
    "reporter": gettext_lazy("The reporter"),
    "recipient": gettext_lazy("A recipient"),
    "system": gettext_lazy("The system"),
    "desk": gettext_lazy("The desk"),
}


@dataclass(frozen=True)
class Told:
    """What a line of history speaks of: the people and tips that it names by number."""

    told: dict[str, Any]
    people: dict[int, str]

    def person(self, name: str) -> str:
        """Somebody's name."""
        return self.people.get(self.told.get(name, 0), _("somebody"))

    def __getitem__(self, name: str) -> Any:
        return self.told.get(name, "")


SENTENCES: dict[str, Callable[[Told], str]] = {
    "file": lambda _told: _("filed the tip"),
    "claim": lambda told: (
        _("took it over from %(name)s") % {"name": told.person("from")} if told["from"] else _("took it on")
    ),
    "assign": lambda told: _("gave it to %(name)s") % {"name": told.person("to")},
    "give_back": lambda _told: _("put it back"),
    "say": lambda _told: _("wrote to the reporter"),
    "ask": lambda _told: _("asked the reporter something"),
    "write": lambda _told: _("wrote"),
    "note": lambda _told: _("wrote a note"),
    "life_safety": lambda _told: _("marked it as life safety; why is among the notes"),
    "not_life_safety": lambda _told: _("took the life-safety mark back; why is among the notes"),
    "judge": lambda told: _("judged it: %(kind)s; why is among the notes") % {"kind": _label(Tip.Kind, told["kind"])},
    "link": lambda told: _("linked it to another tip: %(kind)s") % {"kind": _label(Link.Kind, told["kind"])},
    "linked": lambda told: _("linked another tip to it: %(kind)s") % {"kind": _label(Link.Kind, told["kind"])},
    "unlink": lambda _told: _("undid a link"),
    "attach": lambda told: (
        ngettext("added %(files)s file", "added %(files)s files", told["files"]) % {"files": told["files"]}
    ),
    "mark_file": lambda told: (
        _("marked a file as sexual in nature") if told["sexual"] else _("took a file’s mark as sexual in nature back")
    ),
    "open_original": lambda told: _("opened a file’s original: %(why)s") % {"why": WHY_ORIGINAL.get(told["why"], "")},
}
"""By an action's verb. Rooms of the tip line add their own: `SENTENCES["refer"] = lambda told: ...`."""


@dataclass(frozen=True)
class Line:
    """One line of history."""

    at: datetime
    who: str
    said: str


def history(rows: Iterable[Done]) -> list[Line]:
    """What was done, as sentences."""
    done = list(rows)
    numbers = {each for row in done for each in (row.told.get("to"), row.told.get("from")) if isinstance(each, int)}
    people = {person.pk: str(person) for person in Person.objects.filter(pk__in=numbers)} if numbers else {}
    return [Line(row.at, _who(row), _sentence(row, people)) for row in done]


def _who(row: Done) -> str:
    return str(row.by) if row.by else str(WHO.get(row.by_whom, row.by_whom))


def _sentence(row: Done, people: dict[int, str]) -> str:
    known = SENTENCES.get(row.verb)
    return known(Told(row.told, people)) if known else row.verb.replace("_", " ")


def _label(choices: Any, value: str) -> str:
    return str(dict(choices.choices).get(value, value))
