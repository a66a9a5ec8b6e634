"""The words that templates use for what every page has: icons, statuses, percentages, charts, maps, boxes, buttons."""

from collections.abc import Mapping, Sequence
from hashlib import blake2s
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shelterbelt.ui import charts, fields, figures, maps, states

register = template.Library()

STATUSES = {
    "met": ("check_circle", "yes"),
    "not_met": ("cancel", "no"),
    "not_reported": ("help_outline", "unknown"),
    "not_applicable": ("remove", "aside"),
}
ALERTS = ("info", "success", "warning", "error", "emergency")


@register.simple_tag
def icon(name: str, size: int | None = None, label: str = "") -> SafeString:
    """An icon from assets/icons.txt. It is decoration unless a label says what it means."""
    sized = f" usa-icon--size-{size}" if size else ""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="usa-icon{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        sized,
        spoken,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def status_tag(status: Any, words: str = "") -> SafeString:
    """Met, not met, not reported or does not apply: an icon with its words. Other words may be given."""
    key = str(getattr(status, "value", status))
    drawing, tone = STATUSES[key]
    return format_html(
        '<span class="status status--{}">{}{}</span>', tone, icon(drawing), words or figures.status_words(key)
    )


@register.simple_tag
def percent(value: float | None) -> SafeString:
    """A share from 0 to 100 as a reader expects it: 62.5%. Without a value a dash, and `no value` read aloud."""
    if value is None:
        return format_html('<span aria-hidden="true">–</span><span class="sr-only">{}</span>', _("no value"))
    return format_html("{}", figures.percent(value))


@register.simple_tag
def bar(value: float | None, low: float | None = None, high: float | None = None, label: str = "") -> SafeString:
    """A share from 0 to 100 as a small bar; the paler part shows where it may end once all have reported."""
    spoken = figures.percent_with_bounds(value, low, high)
    return mark_safe(charts.bar(value, low, high, label=f"{label}: {spoken}" if label else spoken))  # noqa: S308  escaped


@register.simple_tag
def sparkline(values: Sequence[Any], label: str = "", top: float | None = 100) -> SafeString:
    """A trend as a small line. `values` are numbers, or pairs of a name (a school year) and a number; None is a gap."""
    pairs = [(str(one[0]), one[1]) if isinstance(one, (tuple, list)) else ("", one) for one in values]
    spoken = figures.trend(pairs, shares=top == 100)
    numbers = [None if value is None else float(value) for _name, value in pairs]
    return mark_safe(charts.sparkline(numbers, label=f"{label}: {spoken}" if label else spoken, top=top))  # noqa: S308  escaped


@register.simple_tag
def county_map(
    state: str,
    values: Mapping[str, float | None],
    title: str,
    *,
    texts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    breaks: Sequence[float] | None = None,
) -> SafeString:
    """A state's counties coloured by a value, with its legend; belongs beside a table that says the same.

    `state` is a postal code or FIPS number. `values`, `texts` and `links` go by five-digit county number.
    """
    drawn = maps.outlines(states.named(state or settings.STATE).fips)
    scale = figures.scale(breaks)
    if drawn is None:
        return SafeString(render_to_string("ui/map.html", {"title": title}))
    counties = figures.counties(values, texts or {}, links or {}, shares=breaks is None)
    picture = maps.county_map(drawn, counties, scale, label=title)
    legend = [(mark_safe(maps.swatch(kind + 1)), words) for kind, words in enumerate(scale.labels)]  # noqa: S308  escaped
    legend.append((mark_safe(maps.swatch(None)), scale.none))  # noqa: S308  escaped
    shown = {"title": title, "picture": mark_safe(picture), "legend": legend}  # noqa: S308  escaped
    return SafeString(render_to_string("ui/map.html", shown))


@register.simple_block_tag
def card(content: str, heading: str = "", link: str = "", icon_name: str = "", level: int = 2) -> SafeString:
    """A box for one thing. With a link, the heading leads there."""
    shown = {"content": content, "heading": heading, "link": link, "icon_name": icon_name, "level": level}
    return SafeString(render_to_string("ui/card.html", shown))


@register.simple_block_tag
def summary_box(content: str, heading: str, level: int = 2) -> SafeString:
    """The few sentences that matter most on a page."""
    shown = {"content": content, "heading": heading, "level": level, "name": _name("summary", heading)}
    return SafeString(render_to_string("ui/summary_box.html", shown))


@register.simple_block_tag
def alert(content: str, kind: str = "info", heading: str = "", level: int = 2) -> SafeString:
    """A sentence that must not be missed. Kinds: info, success, warning, error, emergency."""
    if kind not in ALERTS:
        raise template.TemplateSyntaxError(f"alert: {kind} is none of {', '.join(ALERTS)}")
    return SafeString(
        render_to_string("ui/alert.html", {"content": content, "kind": kind, "heading": heading, "level": level})
    )


@register.simple_block_tag(takes_context=True)
def button_form(
    context: Context, content: str, verb: str, action: str = "", refusal: object = None, look: str = ""
) -> SafeString:
    """A button that does one thing by POST. Between the tags: hidden fields. With a refusal it is grey and says why.

    `look`: empty, "outline", "secondary", "base", "big" or "unstyled", as USWDS names them.
    """
    request = context.get("request")
    shown = {
        "content": content,
        "verb": verb,
        "action": action,
        "refusal": refusal,
        "look": look,
        "name": _name("why", verb, action),
        "token": get_token(request) if request and not refusal else "",
    }
    return SafeString(render_to_string("ui/button_form.html", shown))


@register.simple_tag
def rich_text(field: BoundField, save_to: str = "", revision: int | None = None, pictures: str = "") -> SafeString:
    """A form's RichTextField with its editor. The page includes "ui/rich_text.html" among its scripts.

    `save_to` saves while somebody writes, over text number `revision`; `pictures` takes pictures. What each address
    is sent and has to answer stands in docs/reference/components.md.
    """
    field.field.widget.saving = {"to": save_to, "revision": revision or 0, "pictures": pictures}
    return field.as_field_group()


@register.filter
def alert_kind(message: Message) -> str:
    """The look of a Django message: what the alert component calls its level."""
    return message.level_tag if message.level_tag in ALERTS else "info"


@register.filter
def drawn(field: BoundField) -> SafeString:
    """A form field's widget with the classes and the input type that USWDS expects."""
    return fields.drawn(field)


@register.filter
def shape(field: BoundField) -> str:
    """Which part of the field template draws it: "choices", "checkbox" or "plain"."""
    return fields.shape(field)


@register.filter
def page_numbers(page: Page[Any]) -> list[int]:
    """The page numbers to offer: the first, the last and those around this one; 0 stands for a gap."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in elided]


def _name(*parts: str) -> str:
    """An id for an element that another one refers to; the same parts give the same id."""
    return f"{parts[0]}-{blake2s(' '.join(map(str, parts)).encode(), digest_size=4).hexdigest()}"
