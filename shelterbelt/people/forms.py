"""What people type to sign in, to appoint and to look for each other."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shelterbelt.people.models import Appointment, Person
from shelterbelt.people.rules import TWO_PERSON_OFFICES

LONGEST_REASON = 500


def _reason() -> forms.CharField:
    """Where two people are needed, the second reads why."""
    return forms.CharField(
        label=_("Why"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the second person who has to agree, and for the record."),
    )


class SignInForm(forms.Form):
    """Address and password."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ForgottenForm(forms.Form):
    """The address a link goes to."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})
    )


class AppointForm(forms.Form):
    """An office for somebody new, or for somebody whose address is known already."""

    office = forms.ChoiceField(label=_("Office"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Needed to sign in. If we know the address and the name, the office goes to that person."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    language = forms.ChoiceField(label=_("Language for mail"), choices=settings.LANGUAGES, initial="en")
    from_on = forms.DateField(label=_("First day"))
    until_on = forms.DateField(
        label=_("Ends on"), required=False, help_text=_("The first day without the office. Leave it empty if it stays.")
    )
    reason = _reason()

    def __init__(
        self, *args: Any, offices: Sequence[str], today: date, person: Person | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["office"].choices = [(name, Appointment.Office(name).label) for name in offices]  # type: ignore[attr-defined]
        self.fields["from_on"].initial = today
        if len(offices) == 1:
            self.fields["office"].initial = offices[0]
        if person is not None:
            for name in ("name", "email", "phone", "language"):
                del self.fields[name]
        if not TWO_PERSON_OFFICES & set(offices):
            del self.fields["reason"]


class EndForm(forms.Form):
    """The day an office ends."""

    until_on = forms.DateField(label=_("First day without the office"))
    reason = _reason()

    def __init__(self, *args: Any, takes_two: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not takes_two:
            del self.fields["reason"]


class StandInForm(forms.Form):
    """Who acts for somebody, and when."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The one they sign in with."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    from_on = forms.DateField(label=_("First day"))
    until_on = forms.DateField(label=_("Ends on"), help_text=_("The first day on which they no longer act."))
    reason = _reason()

    def __init__(self, *args: Any, today: date, takes_two: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["from_on"].initial = today
        if not takes_two:
            del self.fields["reason"]


class LookForm(forms.Form):
    """Whom to look for."""

    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    office = forms.ChoiceField(
        label=_("Office"), required=False, choices=[("", _("All offices")), *Appointment.Office.choices]
    )
