"""What is typed to connect a provider, to claim a domain, and to be offered one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shelterbelt.people.federation.metadata import LONGEST
from shelterbelt.people.federation.models import IdentityProvider
from shelterbelt.people.federation.rules import MOST_CLAIMS


class AddressForm(forms.Form):
    """An address, whose domain leads to a provider."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class ClaimsField(forms.CharField):
    """A few values, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def clean(self, value: Any) -> Any:
        """The list of them."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_CLAIMS or any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("Write at most 20 values, one a line."))
        return lines


class _ProviderForm(forms.Form):
    """What both protocols have."""

    name = forms.CharField(
        label=_("Name on the button"), max_length=80, help_text=_("People see “Sign in with …” and this name.")
    )
    second_factor_claims = ClaimsField(
        label=_("What counts as a second factor"),
        required=False,
        help_text=_("Values that the provider sends when it has asked for a second factor, one a line. Empty: none."),
    )


class OpenIdForm(_ProviderForm):
    """OpenID Connect."""

    issuer = forms.CharField(
        label=_("Issuer"),
        max_length=500,
        help_text=_("An address that begins with https, exactly as the provider writes it."),
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    client_id = forms.CharField(
        label=_("Client ID"), max_length=255, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    secret = forms.CharField(
        label=_("Client secret"),
        max_length=500,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    unmarked_addresses = forms.BooleanField(
        label=_("The provider gives out the addresses itself and says nothing about having checked them"),
        required=False,
        help_text=_("Needed for Microsoft Entra ID. Leave it unmarked if people could type in any address there."),
    )
    field_order = ("name", "issuer", "client_id", "secret", "unmarked_addresses", "second_factor_claims")

    def __init__(self, *args: Any, provider: IdentityProvider | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if provider is not None:
            self.fields["secret"].required = False
            self.fields["secret"].help_text = _("Leave it empty to keep the one we have.")


class SamlForm(_ProviderForm):
    """SAML."""

    metadata_url = forms.CharField(
        label=_("Address of its metadata"),
        max_length=500,
        required=False,
        help_text=_("If there is one: then new certificates come by themselves."),
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    metadata = forms.CharField(
        label=_("Or its metadata as XML"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    field_order = ("name", "metadata_url", "metadata", "second_factor_claims")

    def __init__(self, *args: Any, provider: IdentityProvider | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.provider = provider

    def clean(self) -> dict[str, Any]:
        """One of the two, and not both."""
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("metadata_url")) == bool(given.get("metadata")) and not self.errors:
            raise forms.ValidationError(_("Give either the address of the metadata or the metadata themselves."))
        return given


class DomainForm(forms.Form):
    """A domain."""

    domain = forms.CharField(
        label=_("Domain of your addresses"),
        max_length=253,
        help_text=_("What stands after the @, such as cedarfork.k12.mo.us."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


FORMS: dict[str, type[OpenIdForm] | type[SamlForm]] = {
    IdentityProvider.Protocol.OPEN_ID: OpenIdForm,
    IdentityProvider.Protocol.SAML: SamlForm,
}
