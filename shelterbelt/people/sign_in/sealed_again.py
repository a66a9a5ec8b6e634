"""What signing in keeps sealed is sealed under the newest key, so that an old one can leave the ring."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from shelterbelt.core import sealing
from shelterbelt.people.adapter_mfa import CONTEXT
from shelterbelt.people.models import Session
from shelterbelt.people.sign_in.scope import signing_in

SEALED = ("secret", "seed")


def reseal_all() -> int:
    """Seal second factors and sessions under the newest key; how many were sealed anew. Safe to repeat."""
    with signing_in("rotate the sealing key"):
        return _factors() + _sessions()


@transaction.atomic
def _factors() -> int:
    changed = 0
    for factor in Authenticator.objects.select_for_update().iterator():
        before = dict(factor.data)
        for name in SEALED:
            if name in factor.data:
                factor.data[name] = sealing.reseal(factor.data[name], CONTEXT)
        if factor.data != before:
            factor.save(update_fields=["data"])
            changed += 1
    return changed


@transaction.atomic
def _sessions() -> int:
    changed = 0
    for session in Session.objects.select_for_update().iterator():
        anew = sealing.reseal(session.session_data, f"session {session.session_key}")
        if anew != session.session_data:
            Session.objects.filter(pk=session.pk).update(session_data=anew)
            changed += 1
    return changed
