"""What people fill in about the team, contacts, roles and places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models import Place, PlanContact
from shelterbelt.plans.rules import outline

_TEL = {"type": "tel", "autocomplete": "off"}


def _text(label: Any, most: int = 120, *, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=widget)


def _number(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=32, required=False, help_text=hint, widget=forms.TextInput(attrs=_TEL)
    )


class MemberForm(forms.Form):
    """Somebody on the team."""

    name = _text(_("Name"))
    group = forms.ChoiceField(label=_("Whom do they speak for?"))
    title = _text(_("Title or role"), required=False)
    organization = _text(_("Organization"), 160, required=False, hint=_("If it isn't the school or district."))
    phone = _number(_("Telephone"))
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["group"].choices = [(group.key, group.name) for group in outline.groups()]  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """A meeting of the team."""

    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    topics = _text(_("What did you settle?"), 300, hint=_("A line is enough. No names of students."))
    attended = forms.IntegerField(label=_("How many came?"), required=False, min_value=1, max_value=500)


class ContactForm(forms.Form):
    """Somebody to call."""

    kind = forms.ChoiceField(label=_("What are they called for?"), choices=PlanContact.Kind.choices)
    name = _text(_("Name"), hint=_("A person, or what a desk is called."))
    title = _text(_("Title or role"), required=False)
    organization = _text(_("Organization"), 160, required=False)
    phone = _number(_("Telephone"))
    after_hours = _number(_("Telephone at night, on weekends and breaks"))
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean(self) -> dict[str, Any]:
        """One way to reach them at least."""
        given: dict[str, Any] = self.cleaned_data
        if not self.errors and not any(given.get(name) for name in ("phone", "after_hours", "email")):
            self.add_error("phone", _("Give at least one: a number, a number at night, or an address."))
        return given


class RoleForm(forms.Form):
    """A role of incident command."""

    title = _text(_("Role"))
    holder = _text(_("Who fills it?"), required=False)
    first_deputy = _text(_("Who if they are away?"), required=False)
    second_deputy = _text(_("And after that?"), required=False)
    phone = _number(_("Telephone or radio channel"))


class PlaceForm(forms.Form):
    """A place of the plan."""

    kind = forms.ChoiceField(label=_("What is there?"), choices=Place.Kind.choices)
    name = _text(_("Name"), hint=_("As everybody at school calls it."))
    where = _text(_("How does one find it?"), 200, hint=_("Also in smoke, at night, or coming from the street."))
    is_alternative = forms.BooleanField(label=_("Used when the first can't be reached"), required=False)
    is_off_site = forms.BooleanField(label=_("Away from the school grounds"), required=False)
    capacity = forms.IntegerField(label=_("Room for how many people?"), required=False, min_value=1, max_value=100_000)
    note = _text(_("What else must one know?"), 300, required=False, hint=_("Such as who has the key."))


FORMS: dict[str, type[forms.Form]] = {
    "team": MemberForm,
    "meetings": MeetingForm,
    "contacts": ContactForm,
    "roles": RoleForm,
    "places": PlaceForm,
}
"""The form of each list."""


class ChooseHazardsForm(forms.Form):
    """Hazards of the list that the plan doesn't rate yet."""

    keys = forms.MultipleChoiceField(
        label=_("Which of these can happen here?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    own = _text(_("Something else"), required=False, hint=_("Whatever is particular to this place."))

    def __init__(self, *args: Any, there: set[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["keys"].choices = [  # type: ignore[attr-defined]
            (known.key, known.name) for known in outline.hazards() if known.key not in there
        ]


class RatingForm(forms.Form):
    """The four ratings of a hazard."""

    note = _text(_("Why?"), 300, required=False, hint=_("What happened here before, or what lies nearby."))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = {rating.key: self._question(rating) for rating in outline.ratings()}
        self.fields = asked | self.fields

    @staticmethod
    def _question(rating: outline.Rating) -> forms.Field:
        return forms.TypedChoiceField(
            label=rating.question,
            choices=list(enumerate(rating.answers, start=1)),
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one of the four.")},
        )
