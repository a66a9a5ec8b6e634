"""What a reporter is asked, once for the page and once for what arrives from it."""

from functools import cache
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy

from shelterbelt.tips.attachments.forms import FilesField
from shelterbelt.tips.models import Tip
from shelterbelt.tips.rules.door import door
from shelterbelt.tips.rules.event_types import event_types, groups

NOT_A_SCHOOL, UNKNOWN = "not_a_school", "unknown"
_FILES = gettext_lazy("Photos, videos or other files")
_FILES_HELP = gettext_lazy(
    "Up to 5, each up to 25 MB. We take out what a file says about your phone and where you were, as far as that is "
    "possible; what can be seen and heard in it stays."
)
ANSWERS = ("who", "where", "when", "relationship", "staff_told")
"""Sealed with the narrative."""
_TOO_LONG = gettext_lazy("This is longer than %(limit_value)d letters (it has %(show_value)d). Make it shorter.")


class Words(forms.CharField):
    """Text of any kind, whatever keyboard or paste it came from; characters that no font shows are left out."""

    def __init__(self, longest: str, *, rows: int = 0, **more: Any) -> None:
        most = door().letters[longest]
        # Not sent to a spelling service, nor offered again. No `maxlength`: it would cut what is pasted without a word.
        attrs = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "sentences"}
        widget = forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
        super().__init__(widget=widget, **{"required": False, **more})
        self.validators = [MaxLengthValidator(most, message=_TOO_LONG)]

    def to_python(self, value: Any) -> str:
        """Line ends as one, no control characters, no halves of characters."""
        text = str(value or "").encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
        return "".join(each for each in text if each in "\n\t" or ord(each) >= 32).strip()


def _choices(kind: Any) -> list[tuple[str, str | Promise]]:
    return [(value, label) for value, label in kind.choices if value]


@cache
def _kinds(language: str) -> list[tuple[str, str]]:
    return [(code, kind.title(language)) for code, kind in event_types().items()]


class TipForm(forms.Form):
    """The whole of a tip. Only what happened must be said; everything else helps."""

    use_required_attribute = False  # the page says what is missing, in its own words
    narrative = Words(
        "narrative", rows=7, required=True, label=gettext_lazy("What happened, or what are you worried about?"),
        help_text=gettext_lazy("Say it in your own words. What you saw or heard yourself helps most."),
        error_messages={"required": gettext_lazy("Say what happened, or what you are worried about.")},
    )  # fmt: skip
    is_happening_now = forms.BooleanField(required=False, label=gettext_lazy("It is happening right now"))
    event_types = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("What is it about?"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose all that fit, or none."),
    )  # fmt: skip
    school_text = Words(
        "name", label=gettext_lazy("Name of the school, or its town"),
        help_text=gettext_lazy("A part is enough."),
    )  # fmt: skip
    school = forms.CharField(required=False, max_length=20)
    who = Words(
        "answer", rows=3, label=gettext_lazy("Who is it about?"),
        help_text=gettext_lazy("Name, grade, what they look like, a user name: whatever you know."),
    )  # fmt: skip
    where = Words(
        "answer", rows=2, label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("A room, a bus, a street, an app or a website."),
    )  # fmt: skip
    when = Words("answer", label=gettext_lazy("When did it happen, or when will it?"))
    about = forms.ChoiceField(
        required=False, label=gettext_lazy("Who may be hurt?"), choices=lambda: _choices(Tip.About),
        widget=forms.RadioSelect,
    )  # fmt: skip
    staff_told = Words("answer", rows=2, label=gettext_lazy("Does an adult at the school know already? Who?"))
    relationship = Words(
        "answer", label=gettext_lazy("How do you know about it?"),
        help_text=gettext_lazy("Leave out what would tell who you are, if you want nobody to know."),
    )  # fmt: skip
    files = FilesField(label=_FILES, help_text=_FILES_HELP)  # type: ignore[assignment]  # fields leave the class
    band = forms.ChoiceField(
        required=False, label=gettext_lazy("You are"), choices=lambda: _choices(Tip.Band), widget=forms.RadioSelect
    )
    name = Words("name", label=gettext_lazy("Your name"))
    reach = Words("name", label=gettext_lazy("Phone number or e-mail"))
    website = forms.CharField(required=False, label=gettext_lazy("Leave this empty"), max_length=None)
    """For programs that fill in whatever they find; people don't see it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["event_types"]
        field.choices = _kinds(get_language() or "en")

    def clean_event_types(self) -> list[str]:
        """Each once."""
        return list(dict.fromkeys(self.cleaned_data["event_types"]))

    def clean_website(self) -> str:
        """Whoever fills this in is told, so that nobody's tip is lost to an eager browser."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave the field that should be empty as it is, and send again."))
        return ""

    @property
    def topics(self) -> list[dict[str, Any]]:
        """The event types in their groups; a group is open when something in it was chosen."""
        language = get_language() or "en"
        chosen = set(self["event_types"].value() or [])
        rows: dict[str, dict[str, Any]] = {
            group: {"title": names.get(language, names["en"]), "kinds": [], "is_open": False}
            for group, names in groups().items()
        }
        for code, kind in event_types().items():
            rows[kind.group]["kinds"].append((code, kind.title(language), code in chosen))
            rows[kind.group]["is_open"] |= code in chosen
        return list(rows.values())


class AnswerForm(forms.Form):
    """What a reporter adds later."""

    use_required_attribute = False
    words = Words("message", rows=5, label=gettext_lazy("Write to the desk"))
    files = FilesField(label=_FILES, help_text=_FILES_HELP)  # type: ignore[assignment]  # fields leave the class

    def clean(self) -> dict[str, Any]:
        """A file alone says something too."""
        if not self.errors and not self.cleaned_data.get("words") and not self.cleaned_data.get("files"):
            self.add_error("words", _("Write something first."))
        return self.cleaned_data
