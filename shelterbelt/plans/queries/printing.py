"""Sheets to print of a version: what stands on each page, as data for the templates in plans/print."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _

from shelterbelt.disclosure.queries import our_law
from shelterbelt.plans.models import Version
from shelterbelt.plans.queries.drawings import drawings_in
from shelterbelt.plans.queries.printing_drawings import drawing_files
from shelterbelt.plans.queries.printing_lists import contacts, places
from shelterbelt.plans.queries.printing_parts import blocks, in_their_order
from shelterbelt.plans.queries.printing_pictures import pictures_of
from shelterbelt.plans.rules import printing as rules
from shelterbelt.ui.pdf.printing import printed
from shelterbelt.ui.pdf.tree import Reading

TEMPLATES = Path(__file__).resolve().parents[1] / "print"
CLASS = "emergency-plan"
"""What the law on records calls a plan."""
Part = Mapping[str, Any]


@dataclass(frozen=True)
class Copy:
    """One copy: of what, made for whom, when. Whoever is given it can be told from it."""

    org: str
    version: str
    sha256: str
    parts: Sequence[Part]
    reader: str
    at: datetime
    facts: tuple[tuple[str, str], ...] = ()


def copy_of(version: Version, *, reader: str, at: datetime) -> Copy:
    """A copy of a frozen version."""
    return Copy(
        org=version.plan.org.name,
        version=_("Version %(number)s") % {"number": version.number},
        sha256=version.sha256,
        parts=version.parts,
        reader=reader,
        at=at,
        facts=_facts(version),
    )


def pdf_of(copy: Copy, kind: str, keys: Collection[str] = ()) -> bytes:
    """The PDF. CannotBePrinted if there is none."""
    if kind == rules.CLASSROOM:
        return printed(TEMPLATES / "classroom.typ", classroom(copy), at=copy.at)
    sheet, pictures = booklet(copy, kind, keys)
    return printed(TEMPLATES / "plan.typ", sheet, at=copy.at, pictures=pictures)


def booklet(copy: Copy, kind: str, keys: Collection[str] = ()) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The sheet of the whole plan, of an extract or of a go-kit, and its pictures."""
    parts = rules.chosen(copy.parts, kind, keys)
    names, files = pictures_of(parts)
    reading = Reading(names, undescribed=_("Picture without a description"))
    body = in_their_order(parts, reading) if kind == rules.GO_KIT else blocks(parts, reading)
    sheet = {**_frame(copy, kind), "contents": _("Contents"), "blocks": body}
    return sheet, files | drawing_files(drawings_in(parts))


def classroom(copy: Copy) -> dict[str, Any]:
    """Two pages for the wall beside the door."""
    facts = {part["key"]: part["facts"] for part in copy.parts}
    called = rules.on_a_sheet(facts.get("contacts", []), rules.FIRST_CALLED, rules.NUMBERS_ON_A_SHEET)
    where = rules.on_a_sheet(facts.get("places", []), rules.ON_A_SHEET, rules.PLACES_ON_A_SHEET)
    return {
        **_frame(copy, rules.CLASSROOM),
        "actions": facts.get("actions", []),
        "words": {
            "students": _("Students"), "adults": _("Adults"), "call": _("Whom to call"), "first": _("Call 911 first."),
            "go": _("Where to go, and what is where"), "room": _("This room"), "number": _("Room number"),
            "meets": _("Our assembly point"), "route": _("Way out, and another one"), "neighbour": _("Next adult"),
            "help": _("Who needs help to leave is in the class list, not on this wall."),
        },
        "calls": contacts(called) if called else [],
        "places": places(where) if where else [],
    }  # fmt: skip


def title_of(kind: str) -> str:
    """What a print is called."""
    return {
        rules.WHOLE: _("Emergency operations plan"),
        rules.EXTRACT: _("Emergency operations plan: extract for responders"),
        rules.CLASSROOM: _("What to do in an emergency"),
        rules.GO_KIT: _("Go-kit"),
    }[kind]


def _frame(copy: Copy, kind: str) -> dict[str, Any]:
    when = date_format(timezone.localtime(copy.at), "DATETIME_FORMAT")
    seal = copy.sha256[:16]
    printed_for = _("Printed for %(reader)s on %(when)s") % {"reader": copy.reader, "when": when}
    version = _("%(org)s · %(version)s · SHA-256 %(seal)s…") % {"org": copy.org, "version": copy.version, "seal": seal}
    return {
        "title": f"{title_of(kind)}: {copy.org}",
        "heading": title_of(kind),
        "org": copy.org,
        "language": (get_language() or "en")[:2],
        "facts": [list(pair) for pair in (*copy.facts, (_("SHA-256"), copy.sha256), ("", printed_for))],
        "footer": {
            "closed": closed_words(timezone.localdate(copy.at)),
            "page": _("Page {here} of {all}"),
            "line": f"{version} · {printed_for}",
            "mark": "" if kind == rules.CLASSROOM else copy.reader,
        },
    }


def closed_words(on: date) -> str:
    """What stands at the foot of each page: that it is closed, and under which section of the law."""
    sections = "; ".join(each.citation for each in our_law().exemptions_for(CLASS, on))
    if not sections:
        return _("CLOSED RECORD. Not for the public.")
    return _("CLOSED RECORD (%(sections)s). Not for the public.") % {"sections": sections}


def _facts(version: Version) -> tuple[tuple[str, str], ...]:
    days = (
        (_("Adopted by the board"), version.adopted_on),
        (_("In force from"), version.from_on),
        (_("In force until"), version.until_on),
    )
    told = tuple((label, date_format(day, "DATE_FORMAT")) for label, day in days if day)
    state = (_("State"), str(version.get_state_display()))
    return (
        (_("Version"), str(version.number)),
        state,
        *told,
        *(((_("Meeting"), version.meeting),) * bool(version.meeting)),
    )
