"""How steps and answers stand in a school's list and a district's matrix."""

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from shelterbelt.home.checklist_rules import Step
from shelterbelt.home.checklist_words import STEPS
from shelterbelt.home.queries.matrix import Column, Row
from shelterbelt.measures.rules import Answer
from shelterbelt.ui.figures import status_words
from shelterbelt.ui.templatetags.ui import STATUSES, icon

register = template.Library()


@register.simple_tag
def step_tag(step: Step) -> SafeString:
    """A step as an icon with its words."""
    drawn = STEPS[step]
    return format_html('<span class="status status--{}">{}{}</span>', drawn.tone, icon(drawn.icon), drawn.words)


@register.simple_tag
def answer_words(answer: Answer) -> str:
    """An answer in words, inside a sentence."""
    return status_words(answer.word).lower()


@register.simple_tag
def legend() -> list[tuple[str, str]]:
    """Every answer with its words."""
    return [(answer.word, status_words(answer.word)) for answer in Answer]


@register.simple_tag
def matrix_cells(row: Row, columns: tuple[Column, ...], query: str) -> SafeString:
    """A school's cells: what they show, and the way to the reason. Drawn here, because there are thousands of them."""
    drawn = {answer: _cell(answer) for answer in set(row.cells)}
    asked = escape(query)
    cells = (
        f'<td class="cell cell--{STATUSES[cell.word][1]}">'
        f'<a href="{reverse("home:why", args=[row.org, column.output.id])}?{asked}">{drawn[cell]}</a></td>'
        for column, cell in zip(columns, row.cells, strict=True)
    )
    return mark_safe("".join(cells))  # noqa: S308  words and query are escaped, the rest is ours


def _cell(answer: Answer) -> str:
    return format_html('{}<span class="sr-only">{}</span>', icon(STATUSES[answer.word][0]), status_words(answer.word))
