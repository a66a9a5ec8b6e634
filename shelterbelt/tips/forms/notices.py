"""What an agency writes into a notice, and what names a service."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import InboundSource


class NoticeForm(forms.Form):
    """Which school, which child. Nothing of what happened."""

    school = forms.ModelChoiceField(label=_("Which school?"), queryset=Org.objects.none(), empty_label=_("Choose"))
    child = forms.CharField(label=_("The child's name"), max_length=120)
    grade = forms.CharField(label=_("Grade, if you know it"), max_length=20, required=False)
    reference = forms.CharField(
        label=_("Your own number, if you want one"), max_length=40, required=False,
        help_text=_("A case or call number. It is not sealed: no name."),
    )  # fmt: skip

    def __init__(self, *args: Any, schools: QuerySet[Org], **more: Any) -> None:
        super().__init__(*args, **more)
        school = self.fields["school"]
        assert isinstance(school, forms.ModelChoiceField)  # noqa: S101  for the type checker
        school.queryset = schools


class SourceForm(forms.Form):
    """A service that hands tips in."""

    name = forms.CharField(label=_("Name of the service"), max_length=80)
    channel = forms.ChoiceField(label=_("What does it hand in?"), choices=InboundSource.Channel.choices)
