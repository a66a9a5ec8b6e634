"""What people write about contacts, and about when school is in session."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from shelterbelt.contacts.models import Contact
from shelterbelt.contacts.rules.entry import NotANumber, dialed, shown
from shelterbelt.contacts.rules.table import MOST_LETTERS
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person

USUAL_KINDS = {
    "law_enforcement": Contact.Kind.LAW_ENFORCEMENT,
    "dispatch": Contact.Kind.DISPATCH,
    "mental_health": Contact.Kind.MENTAL_HEALTH,
}
"""What a contact of an agency of a service mostly is."""


class NumberField(forms.CharField):
    """A telephone number, kept as it is dialed and shown as people write it."""

    def __init__(self, *, may_have_extension: bool, **more: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
        super().__init__(max_length=40, required=False, widget=widget, **more)
        self.may_have_extension = may_have_extension

    def to_python(self, value: Any) -> str:
        """As it is dialed, or the sentence that says what is wrong."""
        try:
            return dialed(super().to_python(value) or "", may_have_extension=self.may_have_extension)
        except NotANumber as error:
            raise ValidationError(gettext(str(error))) from error

    def prepare_value(self, value: Any) -> Any:
        """What was typed, or the number in the form people know."""
        return shown(value) if isinstance(value, str) and value.startswith("+") else value


class ContactForm(forms.Form):
    """One contact of a chain."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("A person, or what a desk is called, such as “Front office”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    title = forms.CharField(label=_("Title or role"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("What stands behind it?"), choices=Contact.Kind.choices)
    hours = forms.ChoiceField(
        label=_("When does it answer?"),
        choices=Contact.Hours.choices,
        widget=forms.RadioSelect,
        initial=Contact.Hours.ALWAYS,
    )
    voice = NumberField(label=_("Number to call"), may_have_extension=True)
    sms = NumberField(label=_("Number for texts"), may_have_extension=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Language for messages"), choices=settings.LANGUAGES, initial="en")
    person = forms.ModelChoiceField(
        label=_("Do they sign in here?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("No, or somebody else"),
        help_text=_("Then they see the chain, and can say yes on their own page."),
    )

    def __init__(self, *args: Any, org: Org, people: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        usual = USUAL_KINDS.get(org.service, Contact.Kind.OTHER if org.kind == Org.Kind.AGENCY else "school_team")
        self.fields["kind"].initial = usual

    def clean(self) -> dict[str, Any]:
        """At least one way to reach them; which field is told at the first."""
        told: dict[str, Any] = super().clean() or {}
        names = ("voice", "sms", "email")
        if not self.errors.keys() & set(names) and not any(told.get(name) for name in names):
            self.add_error("voice", _("Give at least one: a number to call, a number for texts, or an address."))
        return told


class RetireForm(forms.Form):
    """Why somebody leaves a chain."""

    because = forms.CharField(
        label=_("Why?"),
        max_length=200,
        required=False,
        help_text=_("For the record, such as “moved to another school”."),
    )


class WrongForm(forms.Form):
    """Which address is wrong, and how one knows."""

    channel = forms.ChoiceField(label=_("What is wrong?"), widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("How do you know?"),
        max_length=200,
        help_text=_("Such as “number not in service”. Nothing about any tip."),
    )

    def __init__(self, *args: Any, contact: Contact, **more: Any) -> None:
        super().__init__(*args, **more)
        words = {"voice": _("The number to call"), "sms": _("The number for texts"), "email": _("The e-mail address")}
        choices = [(name, words[name]) for name in contact.addresses]
        self.fields["channel"].choices = [*choices, ("", _("All of it"))] if len(choices) > 1 else choices  # type: ignore[attr-defined]
        self.fields["channel"].initial = choices[0][0]
        self.fields["channel"].required = len(choices) == 1


class HoursForm(forms.Form):
    """When school begins and ends."""

    opens_at = forms.TimeField(
        label=_("School begins at"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    closes_at = forms.TimeField(
        label=_("School ends at"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )


class BreakForm(forms.Form):
    """Days without school."""

    name = forms.CharField(label=_("What is it called?"), max_length=80, help_text=_("Such as “Winter break”."))
    first_on = forms.DateField(
        label=_("First day without school"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    last_on = forms.DateField(
        label=_("Last day without school"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class TableForm(forms.Form):
    """A table of contacts, pasted or as a file."""

    text = forms.CharField(
        label=_("Paste the table"),
        required=False,
        strip=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("Or choose a CSV file"), required=False)

    def clean(self) -> dict[str, Any]:
        """What was sent, as text."""
        told: dict[str, Any] = super().clean() or {}
        upload = told.get("file")
        if upload is not None:
            if upload.size > MOST_LETTERS:
                raise ValidationError(gettext("The table is too large. Send it in parts."))
            told["text"] = _decoded(upload.read())
        if not (told.get("text") or "").strip() and not self.errors:
            raise ValidationError(gettext("Paste a table, or choose a file."))
        return told


def _decoded(content: bytes) -> str:
    """UTF-8, as most programs write it, or what an old Excel does."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


class GapsForm(forms.Form):
    """Which regions to sort by, and which one to see."""

    system = forms.ChoiceField(label=_("Regions"), required=False)
    region = forms.ChoiceField(label=_("Only this region"), required=False)

    def __init__(self, *args: Any, systems: list[tuple[str, str]], regions: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["system"].choices = systems  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("All regions")), *regions]  # type: ignore[attr-defined]
