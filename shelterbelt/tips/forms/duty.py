"""What a browser hands over to be notified."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, ValidationError as Wrong

LONGEST = 3000
Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class _Keys(BaseModel):
    p256dh: Text
    auth: Text


class _Given(BaseModel):
    """A subscription as PushManager.subscribe() gives it; what else a browser tells with it isn't kept."""

    endpoint: Text
    keys: _Keys


class BrowserForm(forms.Form):
    """A subscription, with the key of ours that it was made with."""

    subscription = forms.CharField(max_length=4 * LONGEST, widget=forms.HiddenInput)
    key = forms.CharField(max_length=200, widget=forms.HiddenInput)

    def clean_subscription(self) -> dict[str, Any]:
        """An address of a push service and two keys."""
        try:
            given = _Given.model_validate_json(self.cleaned_data["subscription"])
            is_safe = urlsplit(given.endpoint).scheme == "https"
        except (Wrong, ValueError) as error:
            raise ValidationError(_not_one()) from error
        if not is_safe:
            raise ValidationError(_not_one())
        return given.model_dump()

    def address(self) -> dict[str, Any]:
        """As the delivery room's channel takes it."""
        given: dict[str, Any] = self.cleaned_data["subscription"]
        return given | {"key": self.cleaned_data["key"]}


def _not_one() -> str:
    return _("This is not what a browser gives that wants to be notified. Reload the page and try again.")
