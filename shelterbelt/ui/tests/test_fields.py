"""One template draws every field: label, hint, error and widget belong together for eye and ear."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from shelterbelt.ui.tests.reading import drawn


class Search(forms.Select):
    """A select that a page turns into a combo box."""

    search = True


class DrillForm(forms.Form):
    """A field of each kind."""

    school = forms.CharField(label="School", help_text="As in the directory.")
    held_on = forms.DateField(label="Held on", required=False)
    began_at = forms.TimeField(label="Began at", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("fire", "Fire"), ("tornado", "Tornado")], widget=forms.RadioSelect)
    present = forms.MultipleChoiceField(
        label="Present", choices=[("staff", "Staff")], widget=forms.CheckboxSelectMultiple, required=False
    )
    county = forms.ChoiceField(label="County", choices=[("1", "Boone")], widget=Search, required=False)
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False)
    report = forms.FileField(label="Report", required=False)
    sure = forms.BooleanField(label="I am sure")


def field(name: str, data: dict[str, str] | None = None) -> str:
    return re.sub(r"\s+", " ", DrillForm(data)[name].as_field_group())


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("school", 'class="usa-input"'),
        ("held_on", 'type="date"'),
        ("began_at", 'type="time"'),
        ("notes", '<textarea name="notes" cols="40" rows="10" class="usa-textarea"'),
        ("county", '<div class="usa-combo-box"><select name="county" class="usa-select"'),
        ("report", 'class="file"'),
        ("sure", 'class="usa-checkbox__input"'),
        ("kind", 'class="usa-radio__input" type="radio" name="kind" value="tornado"'),
        ("present", 'class="usa-checkbox__input" type="checkbox" name="present" value="staff"'),
    ],
)
def test_each_kind_of_field_has_its_look(name, part):
    assert part in field(name).replace("> <", "><")


@pytest.mark.parametrize("name", ["school", "held_on", "county", "notes", "report", "sure"])
def test_a_label_belongs_to_its_widget(name):
    page = field(name)
    assert f'for="id_{name}"' in page
    assert page.count(f'id="id_{name}"') == 1


@pytest.mark.parametrize("name", ["kind", "present"])
def test_choices_are_a_fieldset_with_a_legend(name):
    page = field(name)
    assert page.index("<fieldset") < page.index("<legend") < page.index("<input")
    ids = re.findall(r'<input[^>]* id="([^"]+)"', page)
    assert [f'for="{one}"' in page for one in ids] == [True] * len(ids)


def test_a_wrong_answer_is_told_to_eye_and_ear():
    page = field("school", {"school": ""})
    assert 'aria-describedby="id_school_helptext id_school_error"' in page
    assert 'id="id_school_helptext"' in page
    assert 'class="usa-error-message" id="id_school_error"' in page
    assert 'aria-invalid="true"' in page
    assert "usa-input--error" in page
    assert "usa-form-group--error" in page


def test_a_required_answer_is_marked_and_another_is_not():
    assert 'title="required"' in field("school")
    assert 'title="required"' not in field("notes")


def test_a_date_stands_in_its_field_as_the_browser_expects_it():
    form = DrillForm(initial={"held_on": "2026-11-03"})
    assert 'value="2026-11-03"' in form["held_on"].as_field_group()


def test_a_file_already_there_is_named():
    class Kept(SimpleUploadedFile):
        url = "/files/1"

    form = DrillForm(initial={"report": Kept("report.pdf", b"x")})
    page = form["report"].as_field_group()
    assert '<a href="/files/1">report.pdf</a>' in page
    assert 'name="report-clear"' in page


def test_the_summary_leads_to_each_answer():
    form = DrillForm({"school": "", "sure": "on", "kind": "flood"})
    page = drawn('{% include "ui/errors.html" %}', form=form)
    assert "2 answers need another look" in page
    assert 'href="#id_school"' in page
    assert 'href="#id_kind_group"' in page
    assert 'tabindex="-1"' in page
    assert 'id="id_kind_group"' in field("kind")


def test_a_form_without_errors_has_no_summary():
    assert drawn('{% include "ui/errors.html" %}', form=DrillForm()) == ""


def test_words_from_people_cannot_become_markup():
    assert "<b>" not in field("school", {"school": '"><b>x', "kind": "<b>"})
