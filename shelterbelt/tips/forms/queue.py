"""What narrows the desk's queue, and the name it is kept under."""

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext as _, gettext_lazy

from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import Tip
from shelterbelt.tips.rules import queue as rules
from shelterbelt.tips.rules.event_types import event_types

PLACES = (Org.Kind.SCHOOL, Org.Kind.DISTRICT, Org.Kind.REGION)


def _types() -> list[tuple[str, str]]:
    titled = [(each.code, each.title(get_language() or "en")) for each in event_types().values()]
    return [("", _("Anything")), *titled]


class FilterForm(forms.Form):
    """Each part narrows; what is empty doesn't. All of it may stand in an address."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("Needs work")),
            (rules.ALL, gettext_lazy("All, closed ones too")),
            *Tip.State.choices,
        ],
    )
    life_safety = forms.ChoiceField(
        label=gettext_lazy("Life safety"),
        required=False,
        choices=[("", gettext_lazy("Yes and no")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
    )
    owner = forms.ChoiceField(
        label=gettext_lazy("Who has it"),
        required=False,
        choices=[
            ("", gettext_lazy("Anybody")),
            (rules.ME, gettext_lazy("I have it")),
            (rules.NOBODY, gettext_lazy("Nobody has it")),
        ],
    )
    due = forms.ChoiceField(
        label=gettext_lazy("What is due"),
        required=False,
        choices=[
            ("", gettext_lazy("Anything")),
            (rules.LATE, gettext_lazy("Something is overdue")),
            (rules.OUTCOME, gettext_lazy("An outcome is owed")),
        ],
    )
    type = forms.ChoiceField(label=gettext_lazy("About"), required=False, choices=_types)
    channel = forms.ChoiceField(
        label=gettext_lazy("Came by"), required=False, choices=[("", gettext_lazy("Any way")), *Tip.Channel.choices]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("Any kind")), *Tip.Kind.choices]
    )
    place = forms.RegexField(r"^(\d{1,18}|none)$", required=False, widget=forms.HiddenInput())

    def clean_place(self) -> str:
        """A place of the directory."""
        place = str(self.cleaned_data["place"])
        if place.isdecimal() and not Org.objects.filter(pk=int(place), kind__in=PLACES).exists():
            raise forms.ValidationError(_("This place is not in the directory."))
        return place

    def chosen(self) -> rules.Filter:
        """What was understood of it."""
        self.is_valid()
        return rules.filter_of(self.cleaned_data)


class PlaceForm(forms.Form):
    """The name of a school, district or region: looked up, and then its number stands in the address."""

    where = forms.CharField(
        label=gettext_lazy("School, district or region"), required=False, max_length=100, widget=forms.SearchInput()
    )


class SaveFilterForm(forms.Form):
    """A name for what one looks at now."""

    name = forms.CharField(label=gettext_lazy("Name for this view"), max_length=60)
    query = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput())

    def clean_query(self) -> str:
        """Only what the filter knows, in its own writing."""
        form = FilterForm(QueryDict(self.cleaned_data["query"]))
        if not form.is_valid():
            raise forms.ValidationError(_("This view can't be kept: a part of its address isn't understood."))
        return form.chosen().query


class RenameForm(forms.Form):
    """Another name for a view."""

    name = forms.CharField(label=gettext_lazy("Name for this view"), max_length=60)
