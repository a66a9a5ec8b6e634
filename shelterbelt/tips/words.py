"""Says what was done with a tip as plain sentences, in the reader's language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from shelterbelt.people.models import Person
from shelterbelt.tips.attachments.sentences import WHY_ORIGINAL
from shelterbelt.tips.models import Alarm, Done, Link, Referral, Tip

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
    recipients: dict[str, str]

    def person(self, name: str) -> str:
        """Somebody's name."""
        return self.people.get(self.told.get(name, 0), _("somebody"))

    @property
    def recipient(self) -> str:
        """Whom the referral that it is about went to."""
        return self.recipients.get(self.told.get("referral", ""), _("a recipient"))

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
    "complete": lambda _told: _("completed what was written down on the phone"),
    "unreadable": lambda _told: _("could not open it: the key of its month is missing"),
    "reporter_wrote": lambda _told: _("wrote"),
    "refer": lambda told: _("referred it to %(name)s") % {"name": told.recipient},
    "tell_anew": lambda told: _("told %(name)s anew") % {"name": told.recipient},
    "send_again": lambda told: _("sent the notice to %(name)s again") % {"name": told.recipient},
    "reach": lambda told: _("reached %(name)s") % {"name": told.recipient},
    "not_reached": lambda told: _("reached nobody at %(name)s") % {"name": told.recipient},
    "withdraw": lambda told: _("took the referral to %(name)s back") % {"name": told.recipient},
    "acknowledge": lambda told: _("acknowledged it for %(name)s") % {"name": told.recipient},
    "open_link": lambda told: _("opened it by link and code, for %(name)s") % {"name": told.recipient},
    "lock_link": lambda told: _("locked the link of %(name)s after too many wrong codes") % {"name": told.recipient},
    "read_code": lambda told: _("looked at the code of %(name)s") % {"name": told.recipient},
    "work": lambda told: _("began to work on it, for %(name)s") % {"name": told.recipient},
    "ask_back": lambda told: _("asked back, for %(name)s") % {"name": told.recipient},
    "reply": lambda told: _("answered %(name)s") % {"name": told.recipient},
    "return": lambda told: _("gave it back: not for %(name)s") % {"name": told.recipient},
    "report": lambda told: _("reported an outcome, for %(name)s") % {"name": told.recipient},
    "revise": lambda told: _("reported another outcome, for %(name)s") % {"name": told.recipient},
    "accept_outcome": lambda told: _("accepted the outcome of %(name)s") % {"name": told.recipient},
    "ask_outcome": lambda told: _("asked %(name)s for an outcome") % {"name": told.recipient},
    "ask_outcome_again": lambda told: _("asked %(name)s for more about the outcome") % {"name": told.recipient},
    "close": lambda told: _("closed it without every outcome") if told["word"] == "reason" else _("closed it"),
    "reopen": lambda _told: _("reopened it"),
    "hold": lambda _told: _("set a legal hold"),
    "lift_hold": lambda _told: _("lifted the legal hold"),
    "ask_to_unmask": lambda _told: _("asked to read the reporter's name"),
    "unmask": lambda _told: _("agreed that the reporter's name is read"),
    "read_reporter": lambda _told: _("read the reporter's name"),
    "miss": lambda told: _("saw that it was late: %(clock)s") % {"clock": clock_words(told["kind"])},
    "deed_failed": lambda _told: _("could not do what a missed clock asks for, and called the supervisors"),
    "acknowledge_alarm": lambda told: _("answered an alarm: %(why)s") % {"why": _label(Alarm.Because, told["because"])},
    "pass_on_alarm": lambda _told: _("passed an alarm on that nobody had answered"),
    "page_failed": lambda _told: _("could not call somebody off the site"),
}
"""By an action's verb, as what follows the name of whoever did it."""
CLOCKS = {
    "claim": gettext_lazy("To be taken on"),
    "dispatch": gettext_lazy("To be sent out"),
    "acknowledge": gettext_lazy("To be acknowledged"),
    "chain": gettext_lazy("Somebody in the call chain"),
    "outcome": gettext_lazy("Outcome"),
    "reply": gettext_lazy("Answer to the reporter"),
}


def clock_words(kind: str) -> str:
    """What a clock waits for."""
    return str(CLOCKS.get(kind, kind))


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
    recipients = _recipients({row.told["referral"] for row in done if "referral" in row.told})
    return [Line(row.at, _who(row), _sentence(row, people, recipients)) for row in done]


def _recipients(referrals: set[str]) -> dict[str, str]:
    """The name of each referral's recipient, by the referral's id as history writes it."""
    if not referrals:
        return {}
    rows = Referral.objects.filter(pk__in=referrals).select_related("org")
    return {row.pk.hex: str(row.org) if row.org else row.outside for row in rows}


def _who(row: Done) -> str:
    return str(row.by) if row.by else str(WHO.get(row.by_whom, row.by_whom))


def _sentence(row: Done, people: dict[int, str], recipients: dict[str, str]) -> str:
    known = SENTENCES.get(row.verb)
    return known(Told(row.told, people, recipients)) if known else row.verb.replace("_", " ")


def _label(choices: Any, value: str) -> str:
    return str(dict(choices.choices).get(value, value))
