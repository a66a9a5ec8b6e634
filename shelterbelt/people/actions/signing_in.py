"""What somebody changes about how they sign in, and what is done for whoever lost every second factor."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core import clock
from shelterbelt.core.jobs import enqueue
from shelterbelt.people.models import Person, Session, SignIn
from shelterbelt.people.policy import may_remove_factor, may_reset_factors
from shelterbelt.people.sign_in import factors, signing_in
from shelterbelt.people.sign_in.factors import Kind

MOST_PASSKEYS = 10


@sensitive_variables("secret", "code")
@transaction.atomic
def add_app(*, secret: str, code: str, by: Standing) -> Authenticator:
    """Take an app's codes as second factor, once it has shown a right one; spare codes come with it."""
    step = factors.step_of(secret, code)
    if step is None:
        raise ValidationError({"code": _("This code doesn't fit. Wait for the app's next one, and type that.")})
    if factors.factors_of(by.person).filter(type=Kind.TOTP).exists():
        raise ValidationError(_("You have an app already. Remove it first, if it is no longer yours."))
    factor = factors.give_app(by.person, secret, step=step)
    _tell(by.person, "factor_added")
    return factor


@transaction.atomic
def add_passkey(*, name: str, credential: dict[str, Any], by: Standing) -> Authenticator:
    """Take a passkey, under a name that its owner knows it by."""
    if factors.factors_of(by.person).filter(type=Kind.WEBAUTHN).count() >= MOST_PASSKEYS:
        raise ValidationError(_("Ten passkeys are the most. Remove one that you no longer use."))
    factor = factors.give_passkey(by.person, name.strip() or _("Passkey"), credential)
    _tell(by.person, "factor_added")
    return factor


@transaction.atomic
def remove_factor(*, factor: Authenticator, by: Standing) -> None:
    """Remove an app or a passkey of one's own; without any, spare codes are no use either."""
    require(may_remove_factor(by, factor))
    factor.delete()
    if not factors.has_factor(by.person):
        factors.factors_of(by.person).delete()
    _tell(by.person, "factor_removed")


@transaction.atomic
def new_recovery_codes(*, by: Standing) -> None:
    """New spare codes; the old ones no longer work."""
    if not factors.has_factor(by.person):
        raise ValidationError(_("Recovery codes are spares for an app or a passkey. Add one of these first."))
    factors.factors_of(by.person).filter(type=Kind.RECOVERY_CODES).delete()
    factors.give_recovery_codes(by.person)
    _tell(by.person, "codes_renewed")


@transaction.atomic
def keep_recovery_codes(*, by: Standing) -> None:
    """They are printed or written down: no page shows them again."""
    for codes in factors.factors_of(by.person).filter(type=Kind.RECOVERY_CODES):
        codes.wrap().mark_as_viewed()


@transaction.atomic
def reset_factors(*, person: Person, by: Standing) -> None:
    """Take every second factor from somebody who lost them. They sign in with the password, and set up new ones."""
    require(may_reset_factors(by, person))
    with signing_in(f"second factors taken away by person:{by.person.pk}"):
        factors.factors_of(person).delete()
        end_sessions(Session.objects.filter(person=person), SignIn.Ended.RESET)
    _tell(person, "factors_reset")


@transaction.atomic
def end_session(*, session: Session, by: Standing) -> None:
    """End one of one's own sessions."""
    end_sessions(Session.objects.filter(person=by.person, pk=session.pk), SignIn.Ended.ELSEWHERE)


@transaction.atomic
def end_other_sessions(*, but: str, by: Standing) -> int:
    """End all of one's own sessions but the one with this key; how many there were."""
    return end_sessions(Session.objects.filter(person=by.person).exclude(pk=but), SignIn.Ended.ELSEWHERE)


@sensitive_variables("password")
@transaction.atomic
def change_password(*, password: str, but: str, by: Standing) -> None:
    """Choose another password. Every session but this one ends."""
    with signing_in("choose a password"):
        by.person.set_password(password)
        by.person.save(update_fields=["password"])
        end_sessions(Session.objects.filter(person=by.person).exclude(pk=but), SignIn.Ended.PASSWORD)
    _tell(by.person, "password_changed")


def end_sessions(sessions: "QuerySet[Session]", how: SignIn.Ended) -> int:
    """Remove sessions, and put on record how they ended."""
    keys, sign_ins = list(sessions.values_list("pk", flat=True)), list(sessions.values_list("sign_in", flat=True))
    SignIn.objects.filter(pk__in=[each for each in sign_ins if each], ended_at=None).update(
        ended_at=clock.now(), ended=how
    )
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)


def _tell(person: Person, what: str) -> None:
    """Whoever didn't do it themselves learns of it by mail."""
    enqueue("people.tell_of_change", person=person.pk, what=what)
