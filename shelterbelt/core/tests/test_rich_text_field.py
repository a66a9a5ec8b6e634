"""A form gets clean HTML from the editor and from the box of Markdown, and shows either what was typed."""

import pytest
from django import forms

from shelterbelt.core.rich_text import LONGEST, MOST_GIVEN, RichTextField


class SectionForm(forms.Form):
    body = RichTextField(label="Text", required=False)


def _cleaned(**sent):
    form = SectionForm(sent)
    assert form.is_valid(), form.errors
    return form.cleaned_data["body"]


def test_without_javascript_markdown_arrives():
    assert _cleaned(body="Call **911**\n\n- doors <script>x</script>") == (
        "<p>Call <strong>911</strong></p><ul><li>doors</li></ul>"
    )


def test_the_editor_sends_html_which_is_cleaned_all_the_same():
    assert (
        _cleaned(body_html="<p onclick=x>Call <b>911</b><img src=x onerror=y></p>")
        == "<p>Call <strong>911</strong></p>"
    )


def test_what_the_editor_sends_goes_before_the_box():
    assert _cleaned(body="old", body_html="<p>new</p>") == "<p>new</p>"


@pytest.mark.parametrize("sent", [{}, {"body": ""}, {"body_html": "<p></p>"}])
def test_nothing_is_nothing(sent):
    assert _cleaned(**sent) == ""


def test_the_page_holds_the_text_for_both():
    shown = str(SectionForm(initial={"body": "<h3>A &amp; B</h3><p>x</p>"})["body"])
    assert "### A &amp; B\n\nx</textarea>" in shown
    assert 'value="&lt;h3&gt;A &amp;amp; B&lt;/h3&gt;&lt;p&gt;x&lt;/p&gt;"' in shown
    assert "style=" not in shown
    assert "<script" not in shown


@pytest.mark.parametrize("name", ["body", "body_html"])
@pytest.mark.parametrize("length", [LONGEST + 1, MOST_GIVEN + 1])
def test_what_is_too_long_is_said_and_stays_on_the_page(name, length):
    form = SectionForm({name: "x" * length})
    assert not form.is_valid()
    assert "everal" in form.errors["body"][0]
    assert "x" * length in str(form["body"])


def test_the_same_text_written_otherwise_is_no_change():
    form = SectionForm({"body": "**a** b"}, initial={"body": "<p><strong>a</strong> b</p>"})
    assert not form.has_changed()
    assert SectionForm({"body": "c"}, initial={"body": "<p>a</p>"}).has_changed()


@pytest.mark.parametrize(
    "hostile", ["</textarea><script>alert(1)</script>", '"><script>alert(1)</script>', "<svg onload=x>"]
)
def test_what_is_shown_again_cannot_leave_its_field(hostile):
    for name in ("body", "body_html"):
        assert "<script" not in str(SectionForm({name: hostile + "x" * LONGEST})["body"])
        assert "<script" not in str(SectionForm({name: hostile})["body"])
