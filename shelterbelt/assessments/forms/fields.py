"""Fields that several forms of this room ask in the same way."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def a_day(**more: Any) -> forms.DateField:
    """A day, as browsers' own date pickers give it."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as month/day/year, such as 9/15/2026.")},
        **more,
    )


def some_text(*, rows: int, **more: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), required=False, **more)


def yes_or_no(**more: Any) -> forms.TypedChoiceField:
    """Yes or no; one of them must be said."""
    return forms.TypedChoiceField(
        choices=[("True", _("Yes")), ("False", _("No"))],
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect,
        **more,
    )


class MadeId(forms.UUIDField):
    """The id of what a form makes, made with the form: sent twice, it makes one."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)
