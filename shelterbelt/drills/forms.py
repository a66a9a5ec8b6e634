"""The forms: the quick one for the moment a drill ends, the after-action one, and the small ones around them."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy as _

from shelterbelt.documents.forms import DocumentField
from shelterbelt.drills import requirements, rules
from shelterbelt.drills.models import CorrectiveAction, Drill, Kind
from shelterbelt.orgs.models import Org

NOBODY = "nobody"
PRESENT = (
    ("law_enforcement", _("Law enforcement")),
    ("fire", _("Fire service")),
    ("ems", _("Emergency medical services")),
    ("emergency_management", _("Emergency management")),
    (NOBODY, _("None of them")),
)
NO_NAMES = _("Never write a student's name or anything that points to one student.")
CHOOSE = ("", _("Choose"))


def plan_parts() -> list[tuple[str, str]]:
    """The parts of an emergency plan, in the reader's language."""
    return [("", str(CHOOSE[1])), *((key, gettext(label)) for key, label in rules.PLAN_PARTS.items())]


def kinds() -> list[tuple[str, str]]:
    """The kinds of drills, with nothing chosen."""
    return [("", str(CHOOSE[1])), *((str(key), str(label)) for key, label in Kind.choices)]


def a_day(**more: Any) -> forms.DateField:
    """A day, as browsers' own date pickers give it."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as month/day/year, such as 9/15/2026.")},
        **more,
    )


def a_time(**more: Any) -> forms.TimeField:
    """A time of day."""
    return forms.TimeField(
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Write the time as hours and minutes, such as 13:45.")},
        **more,
    )


def a_number(**more: Any) -> forms.IntegerField:
    """A whole number; what is too large or below zero is told by the rules, in their words."""
    return forms.IntegerField(
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
        error_messages={"invalid": _("Write a whole number in digits, such as 25.")},
        **more,
    )


def yes_or_no(**more: Any) -> forms.TypedChoiceField:
    """Yes, no, or not answered."""
    return forms.TypedChoiceField(
        choices=[("True", _("Yes")), ("False", _("No"))],
        coerce=lambda answer: answer == "True",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        **more,
    )


class MadeId(forms.UUIDField):
    """The id of what a form makes, made with the form: sent twice, it makes one. Without it each sending is new."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def has_changed(self, _initial: Any, _data: Any) -> bool:
        """Nobody types it."""
        return False


class _SentForm(forms.Form):
    """A form that knows its record before the server does, so that sending it twice is no harm."""

    drill_id = forms.UUIDField(widget=forms.HiddenInput)
    written_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def clean_written_at(self) -> datetime | None:
        """When a browser kept the form until there was a connection; a clock that is wrong gives nothing away."""
        written: datetime | None = self.cleaned_data["written_at"]
        return written

    def who_was_there(self) -> dict[str, Any]:
        """Who was there: nothing ticked means not answered, not nobody."""
        ticked = set(self.cleaned_data.get("present") or ())
        if not ticked:
            return dict.fromkeys(rules.RESPONDERS.values())
        return {field: service in ticked for service, field in rules.RESPONDERS.items()}

    def clean_present(self) -> list[str]:
        """Nobody, or somebody."""
        ticked: list[str] = self.cleaned_data["present"]
        if NOBODY in ticked and len(ticked) > 1:
            raise forms.ValidationError(_("You ticked “None of them” and somebody who came. Untick one."))
        return ticked


class RecordForm(_SentForm):
    """The quick form: what is known the moment a drill ends. Only kind and day are needed to keep it."""

    kind = forms.ChoiceField(label=_("What kind of drill?"), choices=kinds)
    held_on = a_day(label=_("Day"))
    started_at = a_time(label=_("Began at"), required=False)
    minutes = a_number(label=_("Minutes until all clear"), required=False)
    is_announced = yes_or_no(label=_("Announced beforehand?"))
    plan_part = forms.ChoiceField(
        label=_("Which part of your emergency plan did it test?"), choices=plan_parts, required=False
    )
    plan_part_other = forms.CharField(
        label=_("Which other part?"), required=False, max_length=120, help_text=_("Only if you chose “Another part”.")
    )
    students = a_number(label=_("Students"), required=False)
    staff = a_number(label=_("Staff"), required=False)
    visitors = a_number(label=_("Visitors and volunteers"), required=False)
    present = forms.MultipleChoiceField(
        label=_("Who was there from outside?"),
        choices=PRESENT,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.CharField(label=_("Where, if not the whole school"), required=False, max_length=120)

    def facts(self) -> rules.Facts:
        """The form's answers as the rules know them."""
        given = {key: value for key, value in self.cleaned_data.items() if key in rules.Facts.__dataclass_fields__}
        return rules.Facts(**given, **self.who_was_there())


class IncidentForm(_SentForm):
    """A real incident or a credible threat, with the classes of RSMo 160.664."""

    nature = forms.ChoiceField(
        label=_("Did it happen, or was it a threat?"),
        choices=[choice for choice in Drill.Nature.choices if choice[0] != Drill.Nature.DRILL],
        widget=forms.RadioSelect,
    )
    incident_class = forms.ChoiceField(
        label=_("What was it?"),
        choices=[CHOOSE, *Drill.IncidentClass.choices],
        help_text=_("The classes that state law (RSMo 160.664) asks schools to report."),
    )
    kind = forms.ChoiceField(label=_("What did the school do?"), choices=kinds)
    held_on = a_day(label=_("Day"))
    started_at = a_time(label=_("Began at"), required=False)
    minutes = a_number(label=_("Minutes until all clear"), required=False)
    present = forms.MultipleChoiceField(
        label=_("Who came?"), choices=PRESENT, required=False, widget=forms.CheckboxSelectMultiple
    )
    summary = forms.CharField(
        label=_("What happened, in a few sentences"), widget=forms.Textarea(attrs={"rows": 4}), help_text=NO_NAMES
    )

    def facts(self) -> rules.Facts:
        """The form's answers as the rules know them."""
        given = {key: value for key, value in self.cleaned_data.items() if key in rules.Facts.__dataclass_fields__}
        return rules.Facts(**given, **self.who_was_there())


class ScheduleForm(forms.Form):
    """A day for a drill."""

    kind = forms.ChoiceField(label=_("What kind of drill?"), choices=kinds)
    planned_on = a_day(label=_("Day"))
    plan_part = forms.ChoiceField(
        label=_("Which part of your emergency plan will it test?"), choices=plan_parts, required=False
    )
    plan_part_other = forms.CharField(
        label=_("Which other part?"), required=False, max_length=120, help_text=_("Only if you chose “Another part”.")
    )
    requirement = forms.CharField(required=False, widget=forms.HiddenInput)
    drill_id = MadeId()

    def clean_requirement(self) -> str:
        """A rule that exists; an address may name anything."""
        known = {rule.id for rule in requirements.for_state(settings.STATE)}
        return self.cleaned_data["requirement"] if self.cleaned_data["requirement"] in known else ""


class RescheduleForm(forms.Form):
    """Another day for a drill."""

    planned_on = a_day(label=_("New day"))


class CancelForm(forms.Form):
    """Why a drill doesn't take place."""

    because = forms.CharField(
        label=_("Why?"), max_length=200, help_text=NO_NAMES, error_messages={"required": _("Say why, in a few words.")}
    )


SHOOTER_ONLY = ("parents_told_on", "simulated_with_students", "debriefed")


class AfterActionForm(forms.Form):
    """What was learned. Nothing is demanded: half a thought today is better than none."""

    strengths = forms.CharField(label=_("What went well?"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    improvements = forms.CharField(
        label=_("What could be better?"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    accommodations = forms.CharField(
        label=_("What was done for those who need help or were worried?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For instance “two aides for wheelchairs”. Write “nobody needed any” if so."),
    )
    parents_told_on = a_day(label=_("When were parents told?"), required=False)
    simulated_with_students = yes_or_no(
        label=_("Did students see or hear a simulated attack?"),
        help_text=_("Guidance of school psychologists and officers advises against it."),
    )
    debriefed = yes_or_no(label=_("Was it talked over with those who took part?"))
    summary = forms.CharField(label=_("Anything else"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, answers: Any = None, *, drill: Drill) -> None:
        self.drill = drill
        names = rules.Learned.__dataclass_fields__
        super().__init__(answers, initial={name: getattr(drill, name) for name in names})
        if drill.kind != Kind.ACTIVE_SHOOTER or drill.nature != Drill.Nature.DRILL:
            for name in SHOOTER_ONLY:
                del self.fields[name]

    def learned(self) -> rules.Learned:
        """The answers; what this form doesn't ask stays as it was."""
        names = rules.Learned.__dataclass_fields__
        return rules.Learned(**{name: self.cleaned_data.get(name, getattr(self.drill, name)) for name in names})


class CorrectiveActionForm(forms.Form):
    """What must be mended, by whom, until when."""

    what = forms.CharField(label=_("What is to be done?"), max_length=300)
    owner = forms.CharField(label=_("Who sees to it?"), max_length=120, help_text=_("An office or a role."))
    due_on = a_day(label=_("Until when?"))

    @staticmethod
    def of(action: CorrectiveAction) -> dict[str, Any]:
        """What stands there now."""
        return {"what": action.what, "owner": action.owner, "due_on": action.due_on}


class NewActionForm(CorrectiveActionForm):
    """One more thing to mend; sent twice it is one."""

    action_id = MadeId()


class NextStepForm(NewActionForm):
    """A corrective action beside the after-action form: all of it or nothing."""

    def __init__(self, answers: Any = None) -> None:
        super().__init__(answers, prefix="step", empty_permitted=True, use_required_attribute=False)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        """Whoever begins a step finishes it."""
        for name in CorrectiveActionForm.base_fields if self.has_changed() else ():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("A step needs this too."))
        return self.cleaned_data


class CloseActionForm(forms.Form):
    """That it is done."""

    done_on = a_day(label=_("Done on"))
    outcome = forms.CharField(label=_("What was done?"), widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_NAMES)


class AgenciesForm(forms.Form):
    """Some of the agencies that serve the school."""

    agencies = forms.ModelMultipleChoiceField(
        Org.objects.none(), label=_("Agencies"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, agencies: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = agencies  # type: ignore[attr-defined]  # the field is a model's
        self.fields["agencies"].label = label


class AttachForm(forms.Form):
    """A file for the record."""

    upload = DocumentField(
        required=True,
        help_text=_("A report, a sign-in sheet or a photo. No pictures in which a student can be recognized."),
    )
