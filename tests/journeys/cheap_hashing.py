"""The site's settings, but for what a password costs: for journeys in which a hundred sign in and the hash isn't proved.

The same hasher in a tenth of its rounds. Nothing else differs.
"""

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from shelterbelt.settings import *  # noqa: F403


class FewRounds(PBKDF2PasswordHasher):
    """Django's own, with 100,000 rounds."""

    iterations = 100_000


PASSWORD_HASHERS = [f"{__name__}.FewRounds"]
