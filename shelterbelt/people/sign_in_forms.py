"""What people type, or their browser sends, to sign in and to change how they do."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shelterbelt.people.sign_in.factors import is_new_passkey

LONGEST_CODE = 32
LONGEST_CREDENTIAL = 20_000


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        help_text=_("The six digits that your app shows now, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class AppCodeForm(CodeForm):
    """The first code of a new app."""

    code = forms.CharField(
        label=_("Six digits that the app shows now"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class PasswordForm(forms.Form):
    """One's own password, once more."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class PasskeyForm(forms.Form):
    """What a passkey answered: filled in by the page's script."""

    credential = forms.CharField(max_length=LONGEST_CREDENTIAL, widget=forms.HiddenInput)

    def clean_credential(self) -> dict[str, Any]:
        """An object of JSON; what it says is looked at by whoever asked."""
        try:
            answer = json.loads(self.cleaned_data["credential"])
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("Your browser's answer wasn't understood. Try again.")) from error
        if not isinstance(answer, dict):
            raise ValidationError(_("Your browser's answer wasn't understood. Try again."))
        return answer


class AddPasskeyForm(PasskeyForm):
    """A new passkey, under a name."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        help_text=_("So that you know it again: My phone, or Key at the desk."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "credential")

    def clean_credential(self) -> dict[str, Any]:
        """A passkey made for the question we asked last, in this session."""
        answer = super().clean_credential()
        if not is_new_passkey(answer):
            raise ValidationError(_("The passkey wasn't made for this page, or came too late. Try again."))
        return answer
