"""A form's field for rich text. However it was typed, the form gets clean HTML.

    class SectionForm(forms.Form):
        body = RichTextField(label=_("Text"))

Without JavaScript it is a box of Markdown, sent as `body`; with it the editor, which sends `body_html` instead. A page
with such a field includes "ui/rich_text.html" among its scripts and draws the field by {% rich_text form.body %} or as
any other; docs/reference/components.md has the rest.
"""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.datastructures import MultiValueDict

from shelterbelt.core.rich_text.cleaning import LONGEST, TooLong, clean, parts_of, written
from shelterbelt.core.rich_text.markdown import from_markdown, markdown_of

_HTML = "_html"


class Typed(str):
    """What somebody sent, and whether the editor wrote it."""

    __slots__ = ("is_html",)
    is_html: bool

    def __new__(cls, text: str, *, is_html: bool) -> Self:
        """The text itself, as any."""
        made = super().__new__(cls, text)
        made.is_html = is_html
        return made


class RichTextWidget(forms.Textarea):
    """The editor around a box of Markdown."""

    template_name = "django/forms/widgets/rich_text.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 20, **(attrs or {})})
        self.saving: dict[str, Any] = {}

    def value_from_datadict(self, data: Mapping[str, Any], files: "MultiValueDict[str, Any]", name: str) -> Any:  # noqa: ARG002
        """What was sent: the editor's HTML if there is any, else the box."""
        if name + _HTML in data:
            return Typed(data[name + _HTML], is_html=True)
        return Typed(data[name], is_html=False) if name in data else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether neither was."""
        return name not in data and name + _HTML not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The same text twice: as Markdown for the box, as HTML for the editor."""
        html, markdown = _twice(value)
        context = super().get_context(name, markdown, attrs)
        return {**context, "html": html, "html_name": name + _HTML, "saving": self.saving}


class RichTextField(forms.CharField):
    """Rich text: `cleaned_data` holds clean HTML; what is too long is said with a sentence."""

    widget = RichTextWidget

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"strip": False, **more})

    def to_python(self, value: Any) -> str:
        """Clean HTML."""
        if value in self.empty_values:
            return ""
        return clean(value) if not isinstance(value, Typed) or value.is_html else from_markdown(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text is another one, and not only written in another way."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except TooLong:
            return True


def _twice(value: Any) -> tuple[str, str]:
    """HTML and Markdown of the same text. What was too long to be read stays as it was typed."""
    text = str(value or "")
    if len(text) > LONGEST:
        return ("", text) if isinstance(value, Typed) and not value.is_html else (text, text)
    try:
        if isinstance(value, Typed) and not value.is_html:
            return from_markdown(text), text
        blocks = parts_of(text)
        html = written(blocks)
        return html, markdown_of(blocks, html)
    except TooLong:
        return "", text
