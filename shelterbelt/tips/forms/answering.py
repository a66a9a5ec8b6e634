"""What a recipient fills in."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy as _

from shelterbelt.tips.actions.answering import LONGEST
from shelterbelt.tips.models import Disposition, Referral
from shelterbelt.tips.rules.dispositions import actions_for


def _text(**more: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST, **more)


class CodeForm(forms.Form):
    """The code told apart from the link."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("8 digits. You got it by text message, or the tip desk reads it out to you."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class NamedForm(forms.Form):
    """Whoever has no sign-in says who they are."""

    def __init__(self, *args: Any, asks_name: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if asks_name:
            self.fields = {"name": forms.CharField(label=_("Your name"), max_length=120), **self.fields}


class AcknowledgeForm(NamedForm):
    """Nothing but, perhaps, a name."""


class AskForm(NamedForm):
    """A question to the desk, or something it should know."""

    text = _text(label=_("What do you want to ask or tell the tip desk?"))


class ReturnForm(NamedForm):
    """Why it is not theirs."""

    why = _text(label=_("Why is it not yours, and whose is it?"), help_text=_("The tip desk finds somebody else."))


def yes_or_no(label: Any) -> forms.TypedChoiceField:
    """Yes, no, or not known."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class OutcomeForm(NamedForm):
    """What came of it."""

    validity = forms.ChoiceField(
        label=_("Was there something to it?"), choices=Disposition.Validity.choices, widget=forms.RadioSelect
    )
    actions = forms.MultipleChoiceField(
        label=_("What did you do?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    result = forms.ChoiceField(
        label=_("What came of it?"), choices=Disposition.Result.choices, widget=forms.RadioSelect
    )
    was_aware = yes_or_no(_("Did you know about it before?"))
    was_sufficient = yes_or_no(_("Did the tip say enough for you to act?"))
    words = _text(
        label=_("Anything else, in your own words"),
        required=False,
        help_text=_("Only the tip desk reads this. It is kept encrypted."),
    )

    def __init__(self, *args: Any, referral: Referral, **more: Any) -> None:
        super().__init__(*args, **more)
        language = get_language() or "en"
        actions = self.fields["actions"]
        if isinstance(actions, forms.MultipleChoiceField):
            actions.choices = [(each.code, each.title(language)) for each in actions_for(referral.to)]
        if referral.to != Referral.To.SCHOOL:
            self.fields["was_aware"].label = gettext("Did you know about it before the tip?")


def initial_of(disposition: Disposition | None, words: str) -> dict[str, Any]:
    """What was reported before, to be changed."""
    if disposition is None:
        return {}
    said = {True: "yes", False: "no", None: ""}
    return {
        "validity": disposition.validity,
        "actions": disposition.actions,
        "result": disposition.result,
        "was_aware": said[disposition.was_aware],
        "was_sufficient": said[disposition.was_sufficient],
        "words": words,
    }
