"""What to look for in the trail."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person
from shelterbelt.trail import words
from shelterbelt.trail.queries import Search

DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class SearchForm(forms.Form):
    """By person, thing and time."""

    person = forms.CharField(label=_("Who"), required=False, max_length=120, help_text=_("Part of a name."))
    thing = forms.ChoiceField(label=_("What"), required=False)
    verb = forms.ChoiceField(label=_("Did what"), required=False)
    place = forms.CharField(label=_("Where"), required=False, max_length=120, help_text=_("An organization's name."))
    since = forms.DateField(label=_("From"), required=False, validators=DAYS)
    until = forms.DateField(label=_("Up to and including"), required=False, validators=DAYS)
    # Of links to one person's, organisation's or record's entries.
    by = forms.IntegerField(required=False, widget=forms.HiddenInput)
    org = forms.IntegerField(required=False, widget=forms.HiddenInput)
    record = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        anything = ("", _("Anything"))
        kinds = dict(words.things())
        asked = str(self.data.get("thing", ""))
        if words.is_known(asked):  # as a link from an entry asks, also for kinds too rare for the list
            kinds.setdefault(asked, words.thing(asked))
        self.fields["thing"].choices = [anything, *kinds.items()]  # type: ignore[attr-defined]
        self.fields["verb"].choices = [anything, *words.VERBS.items()]  # type: ignore[attr-defined]

    def clean_person(self) -> int | None:
        """The one person with such a name, among those one can see."""
        name = self.cleaned_data["person"].strip()
        return self._one(Person.objects.filter(name__icontains=name).order_by("name"), name) if name else None

    def clean_place(self) -> int | None:
        """The one organisation with such a name; one called just so goes before those that contain it."""
        name = self.cleaned_data["place"].strip()
        if not name:
            return None
        exact = Org.objects.filter(name__iexact=name)
        return self._one(exact if exact.exists() else Org.objects.filter(name__icontains=name).order_by("name"), name)

    def _one(self, rows: Any, name: str) -> int:
        found = list(rows[:6])
        if len(found) == 1:
            return int(found[0].pk)
        if not found:
            raise forms.ValidationError(_("Nobody you can see is called “%(name)s”."), params={"name": name})
        listed = "; ".join(str(one) for one in found[:5])
        raise forms.ValidationError(_("Several fit, write more of the name: %(names)s"), params={"names": listed})

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first. Choose a later one."))
        return cleaned

    @property
    def search(self) -> Search:
        """What is looked for, once the form is valid."""
        given = self.cleaned_data
        return Search(
            person=given["person"] or given["by"],
            thing=given["thing"],
            thing_id=given["record"],
            org=given["place"] or given["org"],
            verb=given["verb"],
            since=given["since"],
            until=given["until"],
        )
