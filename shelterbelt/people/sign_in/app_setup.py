"""Setting up an app that shows codes: its secret waits in the session until the app has shown a right code."""

import base64
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret

from shelterbelt.people.models import Person


@dataclass(frozen=True)
class AppSetup:
    """What the app is told: a picture to photograph, an address to open on the phone, letters to type."""

    secret: str
    address: str
    picture: str

    @property
    def letters(self) -> list[str]:
        """The secret in groups of four, for whoever types it."""
        return [self.secret[start : start + 4] for start in range(0, len(self.secret), 4)]


def app_setup(request: Any, person: Person) -> AppSetup:
    """The same each time until it is used: a page loaded again doesn't disown what the phone just photographed."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if secret is None:
        secret = request.session[SECRET_SESSION_KEY] = generate_totp_secret()
    address = get_adapter().build_totp_url(person, secret)
    drawn = base64.b64encode(get_adapter().build_totp_svg(address).encode()).decode()
    return AppSetup(secret, address, f"data:image/svg+xml;base64,{drawn}")


def forget_secret(request: Any) -> None:
    """It is kept with the person now."""
    request.session.pop(SECRET_SESSION_KEY, None)
