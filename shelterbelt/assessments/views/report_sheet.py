"""What the printed report of an assessment says, as blocks that a template sets, with photographs as files."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _

from shelterbelt.assessments.models import Assessment
from shelterbelt.assessments.templatetags.assessment_words import layer_words
from shelterbelt.assessments.views.shown import Asked, Part, shown_of
from shelterbelt.core.storage import file_store
from shelterbelt.improvements.models import Finding
from shelterbelt.ui.pdf.printing import printed
from shelterbelt.ui.pdf.tables import listing

TEMPLATE = Path(__file__).resolve().parent.parent / "print/report.typ"
MOST_PICTURES = 60
"""More would make a file that no mail takes; the page shows them all."""
Block = dict[str, Any]


def pdf_of(assessment: Assessment, *, reader: str, at: datetime) -> bytes:
    """The report as tagged PDF. CannotBePrinted if there is none."""
    shown = shown_of(assessment)
    pictures = _pictures(shown)
    title = _("Site assessment of %(school)s") % {"school": assessment.org}
    sheet = {
        "title": title,
        "language": get_language() or "en",
        "footer": _footer(assessment, reader, at),
        "blocks": list(_blocks(shown, pictures)),
    }
    return printed(TEMPLATE, sheet, at=at, pictures={name: content for name, _id, content in pictures})


def _footer(assessment: Assessment, reader: str, at: datetime) -> dict[str, str]:
    day = date_format(assessment.assessed_on or assessment.planned_on)
    line = _("Assessment of %(day)s, printed %(at)s") % {"day": day, "at": date_format(at, "DATETIME_FORMAT")}
    page = _("Page {here} of {all}")
    return {"closed": _("CLOSED RECORD (RSMo 610.021)"), "page": page, "line": line, "mark": reader}


def _pictures(shown: dict[str, Any]) -> list[tuple[str, Any, bytes]]:
    """File names, photographs and what they hold; those whose content is gone are left out."""
    found: list[tuple[str, Any, bytes]] = []
    for part in shown.get("parts", []):
        for each in (picture for asked in part.asked for picture in asked.photographs):
            if len(found) == MOST_PICTURES:
                return found
            try:
                with file_store().open(each.document.sha256) as content:
                    ending = each.document.name.rpartition(".")[2]
                    found.append((f"{each.pk}.{ending}", each.pk, content.read()))
            except FileNotFoundError:
                continue
    return found


def _blocks(shown: dict[str, Any], pictures: list[tuple[str, Any, bytes]]) -> Iterator[Block]:
    assessment: Assessment = shown["assessment"]
    yield from _about(assessment, shown)
    if "template" not in shown:
        yield from _findings(shown["findings"])
        return
    yield _heading(_("Scores"))
    yield _scores(shown)
    yield listing(
        [_("Layer"), _("Score")],
        [[layer_words(layer), _share(score.percent)] for layer, score in shown["layers"].items()],
        widths=[3, 1],
    )
    yield from _comparison(shown)
    yield from _findings(shown["findings"])
    names = {key: name for name, key, _content in pictures}
    for part in shown["parts"]:
        yield from _part(part, names)


def _about(assessment: Assessment, shown: dict[str, Any]) -> Iterator[Block]:
    followed = shown.get("template")
    method = f"{followed.title}, {followed.version}" if followed else assessment.method_name
    people = "; ".join(f"{each.name}, {each.get_role_display()}" for each in shown["took_part"])
    every = {True: _("Yes"), False: _("No"), None: _("Not said")}[assessment.every_facility]
    yield listing(
        [_("Question"), _("Answer")],
        [
            [_("Method"), method or str(assessment.get_method_display())],
            [_("Team"), f"{assessment.team.name}: {people}"],
            [_("Every facility"), every],
            [_("Buildings and grounds"), assessment.facilities or "–"],
        ],
        widths=[1, 3],
    )
    if assessment.summary:
        yield from ({"is": "paragraph", "in": [line]} for line in assessment.summary.splitlines() if line.strip())


def _scores(shown: dict[str, Any]) -> Block:
    rows = [
        [part.domain.title, f"{part.score.answered}/{part.score.asked}", _share(part.score.percent)]
        for part in shown["parts"]
    ]
    overall = shown["overall"]
    rows.append([_("In all"), f"{overall.answered}/{overall.asked}", _share(overall.percent)])
    return listing([_("Domain"), _("Answered"), _("Score")], rows, widths=[4, 1, 1])


def _comparison(shown: dict[str, Any]) -> Iterator[Block]:
    if shown["last"] is None:
        return
    yield _heading(_("Beside the last assessment"))
    found = shown["comparison"]
    rows = [[change.question.text, str(change.before), str(change.now)] for change in (*found.worse, *found.better)]
    yield {"is": "paragraph", "in": [
        _("Since %(day)s: %(better)s better, %(worse)s worse, %(same)s the same.")
        % {"day": date_format(shown["last"].assessed_on), "better": len(found.better), "worse": len(found.worse),
           "same": found.same}
    ]}  # fmt: skip
    if rows:
        yield listing([_("Question"), _("Before"), _("Now")], rows, widths=[6, 1, 1])


def _findings(findings: list[Finding]) -> Iterator[Block]:
    if not findings:
        return
    words = {"low": _("Low"), "medium": _("Medium"), "high": _("High"), "very_high": _("Very high")}
    rows = [[finding.what, words[finding.rating], "; ".join(_done(finding))] for finding in findings]
    yield _heading(_("Findings"))
    yield listing([_("Finding"), _("Risk"), _("What is done")], rows, widths=[3, 1, 3])


def _done(finding: Finding) -> Iterator[str]:
    for each in finding.actions.all():
        yield f"{each.what} ({each.get_status_display()}, {date_format(each.due_on)})"


def _part(part: Part, names: dict[Any, str]) -> Iterator[Block]:
    yield _heading(part.domain.title)
    rows = [[asked.question.text, _said(asked)] for asked in part.asked]
    yield listing([_("Question"), _("Answer")], rows, widths=[3, 2])
    for asked in part.asked:
        for place, picture in enumerate(asked.photographs, start=1):
            if picture.pk in names:
                told = _("Photograph %(number)s: %(question)s") % {"number": place, "question": asked.question.text}
                yield {"is": "picture", "file": names[picture.pk], "alt": told, "caption": told}


def _said(asked: Asked) -> str:
    answer = _("Doesn't apply here") if asked.chosen == "na" else asked.words or "–"
    return f"{answer}. {asked.answer.note}" if asked.answer is not None and asked.answer.note else answer


def _share(percent: float | None) -> str:
    return "–" if percent is None else f"{percent:.1f}%"


def _heading(text: str) -> Block:
    return {"is": "heading", "level": 1, "in": [text]}
