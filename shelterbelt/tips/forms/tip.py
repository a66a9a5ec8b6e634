"""What is written and chosen on a tip's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.people.models import Person
from shelterbelt.tips.actions.dialogue import LONGEST
from shelterbelt.tips.actions.judging import LONGEST_REASON
from shelterbelt.tips.actions.linking import LONGEST_WHY
from shelterbelt.tips.models import Link, Tip
from shelterbelt.tips.rules.canned import canned


class SayForm(forms.Form):
    """Something for the reporter to read."""

    text = forms.CharField(label=_("Say to the reporter"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    asks = forms.BooleanField(label=_("It is a question: wait for the answer"), required=False)
    canned = forms.ChoiceField(
        required=False, widget=forms.HiddenInput(), choices=lambda: [(code, "") for code in ["", *canned()]]
    )


class NoteForm(forms.Form):
    """Something that only the desk reads."""

    text = forms.CharField(label=_("Note for the desk"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(forms.Form):
    """Who gets the tip."""

    to = forms.ModelChoiceField(label=_("Colleague"), queryset=Person.objects.none())

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]  # a ModelChoiceField


class ReasonForm(forms.Form):
    """Why; kept sealed."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept sealed among the notes."),
    )


class KindForm(ReasonForm):
    """What a tip turned out to be."""

    kind = forms.ChoiceField(
        label=_("What it turned out to be"),
        choices=[choice for choice in Tip.Kind.choices if choice[0] != Tip.Kind.DUPLICATE],
        widget=forms.RadioSelect(),
    )
    field_order = ("kind", "reason")


class LinkForm(forms.Form):
    """Which tip this one belongs to, and how."""

    kind = forms.ChoiceField(label=_("How they belong together"), choices=Link.Kind.choices, widget=forms.RadioSelect())
    to = forms.CharField(
        label=_("Number of the other tip"), max_length=60, help_text=_("Such as ABCD-EFGH, or its address.")
    )
    why = forms.CharField(
        label=_("Why"), required=False, max_length=LONGEST_WHY, widget=forms.Textarea(attrs={"rows": 2})
    )
