"""Forms drawn from the plan's questions, and those for designations, progress and reminders."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from shelterbelt.attestations import rules, words
from shelterbelt.attestations.models import Designation, Progress
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.documents.forms import DocumentField
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person
from shelterbelt.strategy.model import ABOVE_ZERO, Ask, Output

_ANSWER = "answer_"
YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


def _is_yes(word: str) -> bool:
    return word == "yes"


def _yes_no(ask: Ask) -> forms.Field:  # noqa: ARG001  every kind of question is drawn by the same call
    return forms.TypedChoiceField(choices=YES_NO, coerce=_is_yes, empty_value=None, widget=forms.RadioSelect)


def _number(ask: Ask) -> forms.Field:  # noqa: ARG001  as above
    return forms.IntegerField(widget=forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}))


def _share(ask: Ask) -> forms.Field:  # noqa: ARG001  as above
    return forms.FloatField(widget=forms.NumberInput(attrs={"min": 0, "max": 100, "step": "any"}))


def _day(ask: Ask) -> forms.Field:  # noqa: ARG001  as above
    return forms.DateField()


def _choice(ask: Ask) -> forms.Field:
    listed = [(choice.key, str(choice.label)) for choice in ask.choices]
    return forms.TypedChoiceField(choices=listed, empty_value=None, widget=forms.RadioSelect)


_FIELDS: dict[str, Callable[[Ask], forms.Field]] = {
    "yes_no": _yes_no,
    "number": _number,
    "share": _share,
    "date": _day,
    "choice": _choice,
}


def question(ask: Ask, output: Output) -> forms.Field:
    """A question of the plan as a form field. What is asked only after another answer says so in its hint."""
    field = _FIELDS[ask.kind](ask)
    field.label = str(ask.label)
    field.required = ask.required and ask.only_if is None
    field.help_text = " ".join(part for part in (_condition(ask, output), str(ask.help or "")) if part)
    return field


def _condition(ask: Ask, output: Output) -> str:
    if ask.only_if is None:
        return ""
    earlier = output.ask(ask.only_if.key)
    return _("Answer this if you answered “%(question)s” with: %(answers)s.") % {
        "question": earlier.label,
        "answers": ", ".join(_answer_words(earlier, value) for value in ask.only_if.values),
    }


def _answer_words(ask: Ask, value: bool | str) -> str:  # noqa: FBT001  an answer, not a switch
    if value == ABOVE_ZERO:
        return _("one or more")
    if isinstance(value, bool):
        return str(dict(YES_NO)["yes" if value else "no"])
    return next((str(choice.label) for choice in ask.choices if choice.key == value), str(value))


class GroundForm(forms.Form):
    """On what ground something is said: words and a file."""

    statement = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Optional. No names of students."),
    )
    document = DocumentField(
        label=gettext_lazy("A file that shows it"),
        help_text=gettext_lazy("Optional. With a file the report counts as documented."),
    )


class AttestForm(GroundForm):
    """An output's questions, then the ground."""

    def __init__(
        self,
        *args: Any,
        output: Output,
        year: SchoolYear,
        on: date,
        answers: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.output, self.year, self.on = output, year, on
        ground = self.fields
        self.fields = {_ANSWER + ask.key: question(ask, output) for ask in output.asks} | ground
        for key, answer in (answers or {}).items():
            self.initial[_ANSWER + key] = ("no", "yes")[answer] if isinstance(answer, bool) else answer

    def clean(self) -> dict[str, Any]:
        """The answers, judged as the plan asks for them."""
        cleaned = super().clean() or {}
        given = {ask.key: cleaned.get(_ANSWER + ask.key) for ask in self.output.asks}
        checked = rules.check(self.output, given, self.year, on=self.on)
        for problem in checked.problems:
            if not self.has_error(_ANSWER + problem.key):
                self.add_error(_ANSWER + problem.key, words.sentence(problem))
        cleaned["answers"] = checked.answers
        return cleaned


class AttestSchoolsForm(AttestForm):
    """The same questions once, for several schools."""

    schools = forms.ModelMultipleChoiceField(
        label=gettext_lazy("For which schools?"),
        queryset=Org.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one school.")},
    )

    def __init__(self, *args: Any, schools: Any, lacking: Iterable[Org], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields = {"schools": self.fields.pop("schools"), **self.fields}
        self.fields["schools"].queryset = schools  # type: ignore[attr-defined]
        self.initial["schools"] = [school.pk for school in lacking]


class AttestPeopleForm(GroundForm):
    """Whether each of those who serve took part, and the day. Whoever is left out stays as they are.

    Nobody's earlier answer is chosen beforehand: the day counts for all that are chosen, and theirs may be another.
    """

    def __init__(
        self,
        *args: Any,
        output: Output,
        year: SchoolYear,
        on: date,
        people: Iterable[Person],
        said: Mapping[int, Mapping[str, Any]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.output, self.year, self.on = output, year, on
        self.people = {f"person_{person.pk}": person for person in people}
        asked: dict[str, forms.Field] = {
            name: forms.TypedChoiceField(
                label=person.name, choices=YES_NO, coerce=_is_yes, empty_value=None, required=False,
                widget=forms.RadioSelect, help_text=_reported(said.get(person.pk, {})),
            )
            for name, person in self.people.items()
        }  # fmt: skip
        self.fields = asked | {rules.PERSON_DAY: _attended_on()} | self.fields

    def clean(self) -> dict[str, Any]:
        """Who took part and who didn't."""
        cleaned = super().clean() or {}
        cleaned["attended"] = {
            person: cleaned[name] for name, person in self.people.items() if cleaned.get(name) is not None
        }
        if not cleaned["attended"]:
            self.add_error(None, _("Answer for at least one person."))
        if True in cleaned["attended"].values() and not self.has_error(rules.PERSON_DAY):
            self._judge_day(cleaned.get(rules.PERSON_DAY))
        return cleaned

    def _judge_day(self, day: date | None) -> None:
        given = {rules.PERSON_QUESTION: True, rules.PERSON_DAY: day}
        for problem in rules.check(self.output, given, self.year, on=self.on).problems:
            self.add_error(rules.PERSON_DAY, words.sentence(problem))


def _attended_on() -> forms.Field:
    return forms.DateField(
        label=gettext_lazy("On which day?"),
        required=False,
        help_text=gettext_lazy(
            "For everybody you answer with yes. Who took part on another day gets a report of their own."
        ),
    )


def _reported(said: Mapping[str, Any]) -> str:
    """What was said of a person before."""
    if not said:
        return ""
    if not said.get(rules.PERSON_QUESTION):
        return _("Reported so far: no.")
    day = said.get(rules.PERSON_DAY)
    if day is None:
        return _("Reported so far: yes, without a day. Report again with the day.")
    return _("Reported so far: yes, on %(day)s.") % {"day": date_format(date.fromisoformat(day))}


class DesignateForm(forms.Form):
    """Who is designated for what."""

    duty = forms.ChoiceField(label=gettext_lazy("Duty"), widget=forms.RadioSelect)
    holder = forms.CharField(
        label=gettext_lazy("Who"), max_length=160, help_text=gettext_lazy("A person, an agency or a body, by name.")
    )
    order = forms.CharField(label=gettext_lazy("By which order, statute or minutes"), max_length=160, required=False)
    from_on = forms.DateField(label=gettext_lazy("First day"))
    document = DocumentField(label=gettext_lazy("A file that shows it"))

    def __init__(self, *args: Any, org: Org, **more: Any) -> None:
        super().__init__(*args, **more)
        duties = rules.DUTIES.get(org.kind, ())
        self.fields["duty"].choices = [(duty, Designation.Duty(duty).label) for duty in duties]  # type: ignore[attr-defined]
        if len(duties) == 1:
            self.fields["duty"].initial = duties[0]


class EndForm(forms.Form):
    """The day a duty ends."""

    until_on = forms.DateField(label=gettext_lazy("First day without it"))


class ProgressForm(forms.Form):
    """How far the work is, what shows it, and what comes next."""

    status = forms.ChoiceField(
        label=gettext_lazy("How far are you?"), choices=Progress.Status.choices, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=gettext_lazy("What shows it?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed once it is in place, unless you attach a file."),
    )
    document = DocumentField(label=gettext_lazy("A file that shows it"))
    next_action = forms.CharField(label=gettext_lazy("What comes next?"), required=False, max_length=200)
    due_on = forms.DateField(label=gettext_lazy("By when?"), required=False)
