"""The trail in plain words: what tables and columns are called, and what stands in them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, gettext_lazy

from shelterbelt.access.models import AuditEntry
from shelterbelt.trail import queries

THINGS: dict[str, Any] = {
    "access_auditentry": gettext_lazy("the trail of who did what"),
    "approvals_approval": gettext_lazy("a decision for two people"),
    "attestations_attestation": gettext_lazy("a report"),
    "attestations_designation": gettext_lazy("a designation"),
    "attestations_progress": gettext_lazy("progress on a recommendation"),
    "attestations_reminder": gettext_lazy("a reminder"),
    "documents_document": gettext_lazy("a file"),
    "drills_attachment": gettext_lazy("a file of a drill"),
    "drills_correctiveaction": gettext_lazy("a corrective action"),
    "drills_drill": gettext_lazy("a drill or incident"),
    "drills_invitation": gettext_lazy("an agency's invitation to a drill"),
    "mfa_authenticator": gettext_lazy("a second factor"),
    "orgs_directoryimport": gettext_lazy("an import of the directory"),
    "orgs_enrolment": gettext_lazy("an enrollment"),
    "orgs_formername": gettext_lazy("a former name"),
    "orgs_formeropening": gettext_lazy("a former opening"),
    "orgs_identifier": gettext_lazy("a code of the directory"),
    "orgs_jurisdiction": gettext_lazy("whom an agency serves"),
    "orgs_membership": gettext_lazy("what an organization belongs to"),
    "orgs_org": gettext_lazy("an organization"),
    "people_appointment": gettext_lazy("an appointment"),
    "people_identityprovider": gettext_lazy("an identity provider"),
    "people_invitation": gettext_lazy("an invitation to sign in"),
    "people_person": gettext_lazy("a person"),
    "people_signin": gettext_lazy("a sign-in"),
    "people_standin": gettext_lazy("a stand-in"),
    "drills.export": gettext_lazy("the drills of a school as a file"),
    "home.district": gettext_lazy("the schools of a district against the outputs"),
    "home.units": gettext_lazy("the list of those who meet or lack an output"),
    "home.state_export": gettext_lazy("all outputs of the state as a file"),
    "drills.school_year": gettext_lazy("the drills of a school"),
    "drills.follow_up": gettext_lazy("the list of what schools still have to mend"),
    "people.protection_officers": gettext_lazy("the names of school protection officers"),
    "trail.head": gettext_lazy("the trail's signed head"),
    "trail.search": gettext_lazy("the trail of who did what"),
    "trail.export": gettext_lazy("an export of the trail"),
    "assessments.due": gettext_lazy("the list of assessments that are due"),
    "assessments.school": gettext_lazy("the assessments of a school or district"),
    "assessments.purchases": gettext_lazy("the list of security purchases"),
    "contacts.chain": gettext_lazy("a call chain"),
    "contacts.gaps": gettext_lazy("the list of whom nobody reaches"),
    "disclosure.package": gettext_lazy("the answer to a records request"),
    "drills.incident_report": gettext_lazy("the incidents of a district"),
    "improvements.register": gettext_lazy("the list of improvements"),
    "tips.numbers": gettext_lazy("the figures of the tip line"),
    "tips_queue": gettext_lazy("the first lines of tips"),
    "tips_search": gettext_lazy("a search in the words of tips"),
    "tips_tip.contact": gettext_lazy("how whoever gave a tip can be reached"),
}
"""What a kind of record is called. Kinds without a word here are called by their model's name."""

VERBS: dict[str, Any] = {
    "insert": gettext_lazy("added"),
    "update": gettext_lazy("changed"),
    "delete": gettext_lazy("removed"),
    "read": gettext_lazy("looked at"),
    "truncate": gettext_lazy("emptied"),
}
SYSTEM: dict[str, Any] = {
    "import": gettext_lazy("The system (import)"),
    "demonstration": gettext_lazy("The system (invented state)"),
    "measures": gettext_lazy("The system (figures)"),
    "sign_in": gettext_lazy("The system (sign-in)"),
    "clock": gettext_lazy("The system (clock)"),
    "delivery": gettext_lazy("The system (mail)"),
    "install": gettext_lazy("Whoever runs the installation"),
}


@dataclass(frozen=True)
class Told:
    """An entry as a page tells it."""

    entry: AuditEntry
    who: str
    as_whom: str
    did: str
    what: str
    where: str


@dataclass(frozen=True)
class Difference:
    """One column, before and after."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether one reads another thing than before."""
        return self.before != self.after


def tell(entries: list[AuditEntry]) -> list[Told]:
    """Entries in words; whom the reader can't see is not named."""
    people = queries.people_named(
        number for entry in entries for number in (_person(entry.actor), entry.acting_for) if number is not None
    )
    orgs = queries.orgs_named(entry.org_id for entry in entries if entry.org_id is not None)
    return [
        Told(
            entry,
            _who(entry.actor, people),
            _named(entry.acting_for, people) if entry.acting_for is not None else "",
            str(VERBS.get(entry.verb, entry.verb)),
            thing(entry.thing),
            orgs.get(entry.org_id, "") if entry.org_id is not None else "",
        )
        for entry in entries
    ]


def _person(actor: str) -> int | None:
    kind, _colon, number = actor.partition(":")
    return int(number) if kind == "person" and number.isdecimal() else None


def _who(actor: str, people: dict[int, str]) -> str:
    number = _person(actor)
    if number is not None:
        return _named(number, people)
    kind, _colon, name = actor.partition(":")
    return str(SYSTEM.get(name, _("The system"))) if kind == "system" else _("Somebody with a login of the database")


def _named(number: int, people: dict[int, str]) -> str:
    return people.get(number) or _("Somebody you can't see")


def thing(name: str) -> str:
    """What a kind of record is called."""
    if name in THINGS:
        return str(THINGS[name])
    model = models().get(name)
    return str(model._meta.verbose_name) if model else name


def things() -> list[tuple[str, str]]:
    """The kinds of record that one can look for, by their words."""
    tables = models()
    return sorted(((name, str(words)) for name, words in THINGS.items() if name in tables), key=lambda pair: pair[1])


def is_known(name: str) -> bool:
    """Whether the trail may hold entries of such a kind."""
    return name in THINGS or name in models()


@cache
def models() -> dict[str, type[Model]]:
    """The model of each table."""
    return {model._meta.db_table: model for model in apps.get_models()}


def differences(entry: AuditEntry) -> list[Difference]:
    """What was in each column before and after."""
    before, after = entry.before or {}, entry.after or {}
    names = list(dict.fromkeys([*before, *after]))
    model = models().get(entry.thing)
    fields = {name: _field(model, name) for name in names}
    known = _Known(fields, before, after)
    return [
        Difference(_label(fields[name], name), known.words(name, before.get(name)), known.words(name, after.get(name)))
        for name in names
    ]


def _field(model: type[Model] | None, column: str) -> "Field[Any, Any] | None":
    if model is None:
        return None
    try:
        found = model._meta.get_field(column.removesuffix("_id"))
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def _label(field: "Field[Any, Any] | None", name: str) -> str:
    words = str(field.verbose_name) if field is not None else name.replace("_", " ")
    return words[:1].upper() + words[1:]


class _Known:
    """Says values in words: people and organisations by name, choices by label, days as days."""

    def __init__(self, fields: dict[str, Any], *rows: dict[str, Any]) -> None:
        self.fields = fields
        self.people = queries.people_named(self._keys("people_person", rows))
        self.orgs = queries.orgs_named(self._keys("orgs_org", rows))

    def _keys(self, table: str, rows: Iterable[dict[str, Any]]) -> set[int]:
        names = [name for name, field in self.fields.items() if _points_at(field) == table]
        return {int(row[name]) for row in rows for name in names if str(row.get(name) or "").isdecimal()}

    def words(self, name: str, value: Any) -> str:
        """A value as the page says it."""
        if value is None or value == "":
            return "–"
        field = self.fields.get(name)
        if isinstance(value, dict | list):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        points_at = _points_at(field)
        if points_at and str(value).isdecimal():
            names = {"people_person": self.people, "orgs_org": self.orgs}.get(points_at, {})
            return names.get(int(value), _("number %(number)s") % {"number": value})
        choices = dict(getattr(field, "flatchoices", None) or [])
        return str(choices.get(value) or _day(value) or value)


def _points_at(field: object) -> str:
    return str(field.related_model._meta.db_table) if isinstance(field, ForeignKey) else ""


def _day(value: Any) -> str:
    if not isinstance(value, str) or not value[:4].isdecimal():
        return ""
    try:
        moment = parse_datetime(value)
        day = parse_date(value)
    except ValueError:
        return ""
    if day is not None and len(value) == 10:
        return date_format(day)
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment is not None and moment.tzinfo else ""
