"""The forms: close a class of records, write a request down, sort what was asked for, answer."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from shelterbelt.disclosure.models import RecordsRequest, RequestedRecord
from shelterbelt.disclosure.queries import our_law
from shelterbelt.documents.forms import DocumentField

CHOOSE = _("Choose")
LONGEST = 4000


def a_day(**more: Any) -> forms.DateField:
    """A day, as browsers' own date pickers give it."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as month/day/year, such as 9/15/2026.")},
        **more,
    )


def words(**more: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST, **more)


def _classes(ids: Iterable[str] | None = None) -> list[tuple[str, str]]:
    known = [(each.id, gettext(each.name)) for each in our_law().records if ids is None or each.id in ids]
    return [("", str(CHOOSE)), *known]


class DetermineForm(forms.Form):
    """Why a class of records is closed, with the two statements the law asks for."""

    records = forms.ChoiceField(label=_("Which records?"))
    exemption = forms.ChoiceField(label=_("On which ground?"))
    harm = words(
        label=_("How would disclosure impair safety?"),
        help_text=_("Whoever asks for these records gets this text. Don't describe a weakness in it."),
    )
    interest = words(
        label=_("Why does keeping them closed outweigh the public's interest in them?"),
        help_text=_("Whoever asks gets this text too."),
    )
    reference = forms.CharField(
        label=_("Where was it decided?"),
        required=False,
        max_length=160,
        help_text=_("Such as: minutes of the board, 12 August 2026, item 7."),
    )
    from_on = a_day(label=_("Closed from"))

    def __init__(self, *args: Any, on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        law = our_law()
        self._choices("records", _classes({each.id for each in law.records if each.may_be_closed}))
        grounds = [(each.id, f"{each.citation}: {each.covers}") for each in law.exemptions if each.holds(on)]
        self._choices("exemption", [("", str(CHOOSE)), *grounds])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class EndForm(forms.Form):
    """Why records are opened again."""

    because = forms.CharField(label=_("Why are these records opened?"), max_length=200)


class MadeId(forms.UUIDField):
    """The id of what a form makes, made with the form: sent twice, it makes one."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)


class RequestForm(forms.Form):
    """Who asked for what, and when it came."""

    asked = words(label=_("What was asked for?"), help_text=_("In their words."))
    received_on = a_day(label=_("Received on"))
    how = forms.ChoiceField(label=_("How did it come?"), choices=[("", CHOOSE), *RecordsRequest.How.choices])
    requester = forms.CharField(
        label=_("Who asked?"), required=False, max_length=160, help_text=_("Nobody has to give a name.")
    )
    contact = forms.CharField(label=_("Where does the answer go?"), required=False, max_length=200)
    made_id = MadeId()


class PartForm(forms.Form):
    """One record that was asked for."""

    title = forms.CharField(label=_("Which record?"), max_length=160)
    records = forms.ChoiceField(label=_("Of which class is it?"), choices=_classes)
    given = forms.ChoiceField(
        label=_("What do they get?"), choices=RequestedRecord.Given.choices, widget=forms.RadioSelect
    )
    upload = DocumentField(label=_("The file they get"))


class DelayForm(forms.Form):
    """Why it takes longer, and until when."""

    until = a_day(label=_("They will have it by"))
    because = words(label=_("Why does it take longer?"), help_text=_("As you told whoever asked."))


class AnswerForm(forms.Form):
    """A few words to go with the package."""

    words = words(label=_("Words to whoever asked"), required=False)
