"""The scope in which somebody is recognised: before anyone has signed in, no person exists for them."""

from contextlib import AbstractContextManager

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock


def signing_in(reason: str) -> AbstractContextManager[None]:
    """Look and write as the sign-in itself, no longer than it must, for a reason that the trail keeps."""
    return acting_as_system("sign_in", today=clock.today(), reason=reason)
