"""How steps and answers stand in a school's list and a district's matrix."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shelterbelt.home.checklist_rules import Step
from shelterbelt.home.checklist_words import STEPS
from shelterbelt.measures.rules import Answer
from shelterbelt.ui.figures import status_words
from shelterbelt.ui.templatetags.ui import icon

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
