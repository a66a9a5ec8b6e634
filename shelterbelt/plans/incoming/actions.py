"""Bring a file in, and take its parts into the plan. Nothing is lost: what isn't taken stays where it was read."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.clean_copies.apart import CleaningDied, cleaned_apart
from shelterbelt.core.clean_copies.kinds import Family
from shelterbelt.core.rich_text import TooLong, clean
from shelterbelt.documents.actions import keep
from shelterbelt.documents.models import Document
from shelterbelt.plans.actions.sections import add_section
from shelterbelt.plans.actions.writing import locked, write_text
from shelterbelt.plans.incoming.apart import read_apart
from shelterbelt.plans.incoming.matching import Named, Offered, offered
from shelterbelt.plans.incoming.policy import may_add_picture
from shelterbelt.plans.incoming.reading.parts import CannotBeRead, Lost, Read
from shelterbelt.plans.incoming.sentences import WHY_NOT
from shelterbelt.plans.models import Incoming, Plan, SectionRevision
from shelterbelt.plans.policy import may_write, may_write_section

KEEP_YEARS = 5
_AT_ONCE = 2
"""Pictures cleaned side by side, each in its own process."""
OWN = "own"
"""Where a part goes that becomes an annex of its own."""


def bring(*, plan: Plan, name: str, content: bytes, by: Standing, at: datetime) -> Incoming:
    """Read a file, keep it and what it was split into. ValidationError with a sentence if it can't be read."""
    require(may_write(by, plan))  # before a stranger's file is opened
    try:
        read = read_apart(content)
    except CannotBeRead as error:
        raise ValidationError(WHY_NOT[error.why], code=error.why) from error
    return _kept(plan, name, content, read, by, at)


@transaction.atomic
def _kept(plan: Plan, name: str, content: bytes, read: Read, by: Standing, at: datetime) -> Incoming:
    original = _document(plan, name, content, by, at)
    addresses = _pictures(plan, read.pictures, by, at)
    lost = dict(read.lost)
    if missing := addresses.count(""):
        lost[Lost.PICTURES] = lost.get(Lost.PICTURES, 0) + missing
    named = [Named(section.pk, section.title) for section in plan.sections.in_use().in_order()]
    parts = [_row(part, addresses) for part in offered(read.parts, named)]
    return Incoming.objects.create(
        plan=plan, org_id=plan.org_id, original=original, parts=parts, lost=lost, brought_at=at, brought_by=by.person
    )


def keep_picture(*, plan: Plan, content: bytes, by: Standing, at: datetime) -> Document:
    """Keep the clean copy of a picture for the plan's texts. ValidationError with a sentence if there is none."""
    require(may_add_picture(by, plan))
    copy = _clean_picture(content)
    if copy is None:
        raise ValidationError(_("This is no picture that can be shown. Send a PNG, JPEG, GIF or WebP file."))
    return _document(plan, _("picture"), copy, by, at)


@transaction.atomic
def take(*, incoming_id: int, where: Mapping[int, str], by: Standing, at: datetime) -> int:
    """Take parts into the plan, each below what the section says already; how many were taken.

    `where` says for the number of a part the key of a section, or "own" for an annex of its own.
    """
    found = Incoming.objects.select_for_update(of=("self",)).select_related("plan__org").get(pk=incoming_id)
    require(may_write(by, found.plan))
    wanted = {number: to for number, to in where.items() if to and found.parts[number]["taken"] is None}
    for section_id, numbers in _by_section(found, wanted, by).items():
        _write(section_id, [found.parts[number] for number in numbers], by, at)
        for number in numbers:
            found.parts[number]["taken"] = section_id
    found.save(update_fields=["parts"])
    return len(wanted)


def _by_section(found: Incoming, wanted: Mapping[int, str], by: Standing) -> dict[int, list[int]]:
    """The parts of each section in their order. Sections in the order of their keys, so that two never wait in turn."""
    known = set(found.plan.sections.values_list("pk", flat=True))
    numbers: dict[int, list[int]] = {}
    for number, to in sorted(wanted.items()):
        section_id = _own_section(found, number, by) if to == OWN else int(to)
        if to != OWN and section_id not in known:
            raise ValidationError(_("This section is no longer part of the plan. Choose another one."))
        numbers.setdefault(section_id, []).append(number)
    return dict(sorted(numbers.items()))


def _own_section(found: Incoming, number: int, by: Standing) -> int:
    title = found.parts[number]["title"] or _("From an earlier plan")
    return add_section(plan=found.plan, kind="functional", title=title[:160], by=by).pk


def _write(section_id: int, parts: Sequence[Mapping[str, Any]], by: Standing, at: datetime) -> None:
    section = locked(section_id)
    require(may_write_section(by, section))
    try:
        text = clean(section.body + "".join(_text(part, section.title) for part in parts))
    except TooLong as error:
        raise ValidationError(
            _("%(section)s would become longer than one section can hold. Take in less of it.")
            % {"section": section.title}
        ) from error
    if text != section.body:
        write_text(section, text, by=by, at=at, origin=SectionRevision.Origin.IMPORTED)


def _text(part: Mapping[str, Any], title: str) -> str:
    """A part, below its heading unless that is the section's own."""
    is_same = part["title"].casefold().strip() == title.casefold().strip()
    heading = "" if is_same or not part["title"] else clean(f"<h3>{_escaped(part['title'])}</h3>")
    return heading + str(part["html"])


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _row(part: Offered, addresses: Sequence[str]) -> dict[str, Any]:
    html = part.html
    for number, address in enumerate(addresses):
        html = html.replace(f'src="picture:{number}"', f'src="{address}"')
    try:
        text = clean(html)
    except TooLong as error:
        raise ValidationError(
            _("%(part)s is longer than one section can hold. Give it more headings and send it again.")
            % {"part": part.title or _("What stands before the first heading")}
        ) from error
    return {"title": part.title, "level": part.level, "html": text, "section": part.section, "taken": None}


def _pictures(plan: Plan, pictures: Iterable[bytes], by: Standing, at: datetime) -> list[str]:
    """The address of each clean copy; empty for a picture of which there is none."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        copies = list(pool.map(_clean_picture, pictures))
    documents = [copy and _document(plan, _("picture"), copy, by, at) for copy in copies]
    return [f"/documents/{each.pk}/" if each else "" for each in documents]


def _clean_picture(content: bytes) -> bytes | None:
    try:
        outcome = cleaned_apart(content)
    except CleaningDied:
        return None
    is_picture = outcome.kind is not None and outcome.kind.family is Family.PICTURE
    return outcome.copy if is_picture and outcome.copy else None


def _document(plan: Plan, name: str, content: bytes, by: Standing, at: datetime) -> Document:
    upload = SimpleUploadedFile(name, content)
    return keep(org=plan.org, upload=upload, by=by, at=at, keep_years=KEEP_YEARS, is_closed=True)
