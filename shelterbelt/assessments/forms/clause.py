"""The forms of a contract's clauses."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.assessments.forms.procurement import MadeId
from shelterbelt.assessments.rules.clause_library import Clause

KINDS = (
    ("performance", _("Performance: a level, a test and a remedy")),
    ("privacy", _("Privacy and records")),
    ("interoperability", _("Working with 911 and responders")),
    ("accessibility", _("Accessibility")),
    ("records", _("Public records")),
    ("exit", _("Leaving the contract")),
)


class ClausesForm(forms.Form):
    """Which clauses of the library go into the contract."""

    keys = forms.MultipleChoiceField(
        label=_("Which clauses does the contract need?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, clauses: Sequence[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = dict(KINDS)
        choices = [(each.key, f"{each.name} ({words[each.kind]})") for each in clauses]
        self.fields["keys"].choices = choices  # type: ignore[attr-defined]  # the field has choices


class ClauseForm(forms.Form):
    """The words of a clause."""

    text = forms.CharField(
        label=_("Text of the clause"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Fill in what stands in square brackets. Your attorney reads it before it is used."),
        error_messages={"required": _("A clause needs words. To leave it out, use the button below.")},
    )


class OwnClauseForm(forms.Form):
    """A clause of the district's own."""

    name = forms.CharField(label=_("What is it called?"), max_length=120)
    kind = forms.ChoiceField(label=_("What is it about?"), choices=KINDS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Text of the clause"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A clause on performance says what must work, how it is tested, and what follows if it doesn't."),
    )
    clause_id = MadeId()
