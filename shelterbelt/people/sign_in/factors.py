"""Second factors: an app's codes, recovery codes, passkeys. Looked at in the person's own scope, or the sign-in's."""

import struct
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from fido2.webauthn import AuthenticationResponse, ResidentKeyRequirement, UserVerificationRequirement

from shelterbelt.core import clock
from shelterbelt.people.models import Person

Kind = Authenticator.Type
# What the libraries raise over broken answers, found by a hundred thousand of them; each is anybody's word.
_NOT_UNDERSTOOD = (ValidationError, ValueError, TypeError, LookupError, AttributeError, struct.error)
SIGN_IN, SECOND_FACTOR, NEW_PASSKEY = "sign_in", "second_factor", "new_passkey"
"""What a passkey is asked for."""
_CEREMONY = "ceremony"
STEP = 30
"""Seconds that a code of the app holds (RFC 6238)."""


def factors_of(person: Person) -> "QuerySet[Authenticator]":
    """All that they have, the oldest first."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=person.pk).order_by("pk")
    return factors


def has_factor(person: Person) -> bool:
    """Whether they have one that counts: recovery codes are only spares."""
    return factors_of(person).exclude(type=Kind.RECOVERY_CODES).exists()


def given(person: Person, typed: dict[str, Any]) -> Authenticator | None:
    """The factor of theirs that a form's answer proves: a passkey's, or a code."""
    return passkey_of(person, typed["credential"]) if "credential" in typed else fitting(person, typed["code"])


def sentence(typed: dict[str, Any]) -> str:
    """What to say when it was none."""
    if "credential" in typed:
        return _("This passkey isn't one of yours. Try another.")
    return _("This code doesn't fit. Wait for the app's next one, and type that.")


@sensitive_variables("code")
@transaction.atomic
def fitting(person: Person, code: str) -> Authenticator | None:
    """Which of their factors a typed code belongs to. It is used up with that."""
    for factor in factors_of(person).select_for_update().exclude(type=Kind.WEBAUTHN):
        if _is_totp(factor, code) if factor.type == Kind.TOTP else factor.wrap().validate_code(code):
            return factor
    return None


def _is_totp(factor: Authenticator, code: str) -> bool:
    secret = get_adapter().decrypt(factor.data["secret"])
    step = step_of(secret, code, after=factor.data.get("last_step"))
    if step is None:
        return False
    factor.data["last_step"] = step
    factor.save(update_fields=["data"])
    return True


@sensitive_variables("secret", "code")
def step_of(secret: str, code: str, *, after: int | None = None) -> int | None:
    """The half minute that a code belongs to; None if to none about now, or to one that was used.

    Once a code was used, it and earlier ones are spent. If the last one lies ahead, the clock was wrong when it was
    used: then it counts for nothing, or nobody could sign in before that time comes.
    """
    now = int(clock.now().timestamp()) // STEP
    around = range(now - settings.MFA_TOTP_TOLERANCE, now + settings.MFA_TOTP_TOLERANCE + 1)
    spent = after if after is not None and after in range(around.start, around.stop) else -1
    fitting_steps = [
        step
        for step in around
        if compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, step)))
    ]
    return next((step for step in fitting_steps if step > spent), None)


def passkey_options(person: Person | None) -> dict[str, Any]:
    """What the browser asks a passkey; of this person, or of whoever has one for this site."""
    options: dict[str, Any] = webauthn.begin_authentication(person)
    _keep_apart(SIGN_IN if person is None else SECOND_FACTOR)
    return options


def _keep_apart(ceremony: str) -> None:
    """Note what the question is for. An answer to one kind of question is none to another."""
    webauthn.set_state({**(webauthn.get_state() or {}), _CEREMONY: ceremony})


def _was_asked(ceremony: str) -> bool:
    return bool((webauthn.get_state() or {}).get(_CEREMONY) == ceremony)


def new_passkey_options(person: Person) -> dict[str, Any]:
    """What the browser asks whatever makes a passkey.

    One that can say who it is and asks for finger, face or PIN lets them in alone; an older key is a second factor.
    """
    server = webauthn.get_server()
    options, state = server.register_begin(
        user=webauthn.build_user_payload(person),
        credentials=webauthn.get_credentials(person),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
        extensions=webauthn.EXTENSIONS,
    )
    webauthn.set_state(state)
    _keep_apart(NEW_PASSKEY)
    return dict(options)


def passkey_of(person: Person | None, credential: Any) -> Authenticator | None:
    """The passkey that signed our question; the person's own, or, with None, whosever it is.

    With None it stands for two factors, so it must have asked for finger, face or PIN, and sign that it did.
    """
    if not _was_asked(SIGN_IN if person is None else SECOND_FACTOR):
        return None
    try:
        answer = webauthn.parse_authentication_response(credential)
        if person is None and not _asked_whose_hand(answer):
            return None
        owner = person or webauthn.extract_user_from_response(credential)
        factor: Authenticator = webauthn.complete_authentication(owner, credential)
    except _NOT_UNDERSTOOD:
        return None
    factor.user = owner
    return factor


def _asked_whose_hand(answer: AuthenticationResponse) -> bool:
    """WebAuthn's user verification: demanded by our question, and marked in what the passkey signs."""
    demanded = (webauthn.get_state() or {}).get("user_verification") == UserVerificationRequirement.REQUIRED
    return demanded and answer.response.authenticator_data.is_user_verified()


def is_new_passkey(credential: Any) -> bool:
    """Whether a passkey was made for the question that this session asked last."""
    if not _was_asked(NEW_PASSKEY):
        return False
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except _NOT_UNDERSTOOD:
        return False
    return True


def used(request: HttpRequest, factor: Authenticator, *, passwordless: bool = False) -> None:
    """Note that a factor was used, and tell the sign-in's further steps."""
    factor.record_usage()
    more = {"passwordless": True} if passwordless else {}
    record_authentication(request, factor.user, "mfa", id=factor.pk, type=factor.type, **more)


def give_app(person: Person, secret: str, *, step: int) -> Authenticator:
    """Keep the app's secret, sealed. The code that proved it is spent."""
    factor: Authenticator = totp.TOTP.activate(person, secret).instance
    factor.data["last_step"] = step
    factor.save(update_fields=["data"])
    give_recovery_codes(person)
    return factor


def give_passkey(person: Person, name: str, credential: dict[str, Any]) -> Authenticator:
    """Keep a passkey under a name."""
    factor: Authenticator = webauthn.WebAuthn.add(person, name, credential).instance
    give_recovery_codes(person)
    return factor


def give_recovery_codes(person: Person) -> None:
    """Spares come with the first factor."""
    RecoveryCodes.activate(person)


def codes_to_show(person: Person) -> list[str]:
    """The recovery codes, until they are printed or written down; none after that."""
    factor = factors_of(person).filter(type=Kind.RECOVERY_CODES).first()
    return [] if factor is None or factor.wrap().did_view else list(factor.wrap().get_unused_codes())


def unused_codes(person: Person) -> list[str] | None:
    """Recovery codes that were not used yet; None if they have none."""
    factor = factors_of(person).filter(type=Kind.RECOVERY_CODES).first()
    return None if factor is None else list(factor.wrap().get_unused_codes())
