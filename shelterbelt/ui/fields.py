"""Gives a form's widgets the classes and input types of the design system, so that no form has to name them."""

from django import forms
from django.forms import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "usa-textarea"),
    (forms.SelectMultiple, "usa-select usa-select--several"),
    (forms.Select, "usa-select"),
    (forms.ClearableFileInput, "file"),
    (forms.FileInput, "file"),
    (Input, "usa-input"),
)
TYPES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.DateInput, "date"),
    (forms.DateTimeInput, "datetime-local"),
    (forms.TimeInput, "time"),
)


def shape(field: BoundField) -> str:
    """Which part of the field template draws it: "choices", "checkbox" or "plain"."""
    widget = field.field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "plain"


def drawn(field: BoundField) -> SafeString:
    """The widget as HTML."""
    widget = field.field.widget
    if shape(field) == "choices":
        return field.as_widget()
    if shape(field) == "checkbox":
        return field.as_widget(attrs={"class": "usa-checkbox__input"})
    for kind, name in TYPES:
        if isinstance(widget, kind) and isinstance(widget, Input) and widget.input_type == "text":
            widget.input_type = name
    return field.as_widget(attrs={"class": _classes(field, widget)})


def _classes(field: BoundField, widget: forms.Widget) -> str:
    named = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
    own = str(widget.attrs.get("class", ""))
    wrong = f"{named.split()[0]}--error" if field.errors and named else ""
    return " ".join(part for part in (named, own, wrong) if part)
