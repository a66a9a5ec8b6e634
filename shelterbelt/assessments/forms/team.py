"""Forms of a team."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.assessments.models import Role


class TeamForm(forms.Form):
    """A new team."""

    name = forms.CharField(
        label=_("What is the team called?"), max_length=120,
        error_messages={"required": _("Give the team a name, such as “Safety team”.")},
    )  # fmt: skip


class MemberForm(forms.Form):
    """Somebody who joins."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Write the person's name.")})
    role = forms.ChoiceField(label=_("Looks at the school as"), choices=[("", _("Choose")), *Role.choices])
    email = forms.EmailField(
        label=_("Address with which they sign in here"), required=False,
        help_text=_("With it they can answer questions themselves. Leave it empty for people without an account."),
    )  # fmt: skip
