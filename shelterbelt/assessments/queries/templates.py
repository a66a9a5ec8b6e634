"""The templates there are: those that come with the program, and those that the state published."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from shelterbelt.assessments.models import Assessment, PublishedTemplate
from shelterbelt.assessments.rules.template import Template, read_template, template_of

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def shipped() -> dict[tuple[str, str], Template]:
    """Those of data/, by key and version; TemplateError when one can't be used."""
    read = [read_template(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("site-*.yaml"))]
    return {(template.key, template.version): template for template in read}


def find(key: str, version: str) -> Template | None:
    """A template in one version."""
    ours = shipped().get((key, version))
    if ours is not None:
        return ours
    row = PublishedTemplate.objects.filter(key=key, version=version).only("content", "sha256").first()
    return None if row is None else _frozen(row.sha256, row)


def followed_by(assessment: Assessment) -> Template:
    """The template that an assessment follows, as it was when it was planned."""
    found = find(assessment.template, assessment.template_version)
    if found is None:
        raise LookupError(f"{assessment.template} {assessment.template_version} is followed, but not there.")
    return found


def every() -> list[Template]:
    """All of them, the newest first."""
    published = PublishedTemplate.objects.order_by("pk")
    found = [*shipped().values(), *(_frozen(row.sha256, row) for row in published)]
    return sorted(found, key=lambda each: (each.from_, each.version), reverse=True)


def usable(on: date) -> list[Template]:
    """Those that a new assessment may follow on a day: of each key the newest version in force."""
    newest: dict[str, Template] = {}
    for template in every():
        if template.holds(on):
            newest.setdefault(template.key, template)
    return list(newest.values())


_READ: dict[str, Template] = {}


def _frozen(sha256: str, row: PublishedTemplate) -> Template:
    """A published one never changes, so it is read once."""
    if sha256 not in _READ:
        _READ[sha256] = template_of(row.content)
    return _READ[sha256]


def versions_of(key: str) -> Iterator[str]:
    """The versions of a template that are taken."""
    yield from (version for known, version in shipped() if known == key)
    yield from PublishedTemplate.objects.filter(key=key).values_list("version", flat=True)
