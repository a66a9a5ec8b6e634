"""What an analyst types while somebody is on the phone. Two answers are enough to keep it."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions.phoning import ANSWERS, GoesOn
from shelterbelt.tips.models import Tip
from shelterbelt.tips.rules.event_types import event_types, groups

LONGEST = 20_000


def type_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Event types in their groups, in the reader's language."""
    language = get_language() or "en"
    return [
        (names.get(language, names["en"]), [
            (kind.code, kind.title(language)) for kind in event_types().values() if kind.group == group
        ])
        for group, names in groups().items()
    ]  # fmt: skip


class PhoneForm(forms.Form):
    """The first two answers, and whether it is happening now."""

    narrative = forms.CharField(
        label=_("What does the caller say?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    school = forms.CharField(
        label=_("Which school?"), max_length=100, required=False,
        help_text=_("A part of its name is enough. Empty where no school is meant, or the caller doesn't say."),
    )  # fmt: skip
    event_type = forms.ChoiceField(label=_("What is it about?"), required=False)
    is_happening_now = forms.BooleanField(label=_("It is happening now, or about to"), required=False)
    language = forms.ChoiceField(
        label=_("The caller's language"), choices=[("en", _("English")), ("es", _("Spanish"))], initial="en",
        help_text=_("Their code is made of words of this language."),
    )  # fmt: skip
    tip_id = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kind = self.fields["event_type"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  for the type checker
        kind.choices = [("", _("Not clear yet")), *type_choices()]


class CompleteForm(forms.Form):
    """The rest of what a caller says, question by question. Empty answers change nothing."""

    who = forms.CharField(label=_("Who is it about?"), required=False, max_length=2000)
    where = forms.CharField(label=_("Where exactly?"), required=False, max_length=2000)
    when = forms.CharField(label=_("When?"), required=False, max_length=2000)
    relationship = forms.CharField(label=_("How does the caller know?"), required=False, max_length=2000)
    staff_told = forms.CharField(label=_("Was anybody at the school told?"), required=False, max_length=2000)
    narrative = forms.CharField(
        label=_("What does the caller say?"), required=False, max_length=LONGEST, widget=forms.Textarea,
    )  # fmt: skip
    event_types = forms.MultipleChoiceField(label=_("What is it about?"), required=False)
    about = forms.ChoiceField(label=_("About whom?"), required=False, choices=Tip.About.choices)
    band = forms.ChoiceField(label=_("Who is calling?"), required=False, choices=Tip.Band.choices)
    school = forms.ModelChoiceField(
        label=_("Which of these schools?"), required=False, queryset=Org.objects.none(), empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, schools: list[Org], **more: Any) -> None:
        super().__init__(*args, **more)
        kinds, school = self.fields["event_types"], self.fields["school"]
        assert isinstance(kinds, forms.MultipleChoiceField)  # noqa: S101  for the type checker
        assert isinstance(school, forms.ModelChoiceField)  # noqa: S101
        kinds.choices = type_choices()
        if schools:
            school.queryset = Org.objects.filter(pk__in=[each.pk for each in schools])
        else:
            del self.fields["school"]

    def goes_on(self) -> GoesOn:
        """What was said, for the action."""
        said = self.cleaned_data
        answers = {name: said.get(name, "") for name in ANSWERS}
        return GoesOn(answers, said["event_types"], said.get("school"), said["about"], said["band"])
