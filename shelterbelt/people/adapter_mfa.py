"""How django-allauth keeps second factors in this house: what could be used to sign in is sealed at rest."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from shelterbelt.core import sealing

CONTEXT = "second factor"
"""What such a seal is for: a sealed text of another kind, put in its place, doesn't open."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth brings no types
    """What allauth asks the site about second factors."""

    def encrypt(self, text: str) -> str:
        """Seal a TOTP secret, or the seed of recovery codes."""
        return sealing.seal(text.encode(), CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return sealing.unseal(encrypted_text, CONTEXT).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """How the app on the phone calls it: the address is what they sign in with."""
        return str(getattr(user, "email", "") or user)
