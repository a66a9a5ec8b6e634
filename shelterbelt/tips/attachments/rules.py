"""Who sees which file of a tip and in which form, and what its name may look like. No Django, no database."""

import unicodedata
from enum import StrEnum

from shelterbelt.core.clean_copies.kinds import SEEN_IN_PAGES, Kind
from shelterbelt.core.clean_copies.outcome import State
from shelterbelt.core.text import defused

LONGEST_NAME = 120
MOST_FILES = 5
"""How many files one message may bring."""
MOST_OF_A_TIP = 25
"""Files that a tip may have, with all that its reporter adds later."""
TRIES = 2
"""How often a file may take the cleaning down before it is left as it is."""
TRIES_OF_ALL = 4
"""How often one may be begun with: whoever began and never came back was taken down with it."""


WHY = ("evidence", "unclear", "no_copy", "damaged")
"""Reasons for opening an original, as the trail keeps them; their words are in sentences.py."""


class Viewer(StrEnum):
    """As what somebody looks at a tip's files."""

    DESK = "desk"
    LAW_ENFORCEMENT = "law_enforcement"
    OTHER_RECIPIENT = "other_recipient"
    NOBODY = "nobody"


def is_seen(viewer: Viewer, *, is_sexual: bool) -> bool:
    """Whether a file is there for them at all.

    What is sexual in nature is for law enforcement: a school that has it, shows it or passes it on may itself break
    the law (OAR 257-095-0080 draws the line in the same place). The desk sees that it is there, behind a warning.
    """
    if viewer is Viewer.OTHER_RECIPIENT:
        return not is_sexual
    return viewer is not Viewer.NOBODY


def may_have_copy(viewer: Viewer, state: str, *, is_sexual: bool) -> bool:
    """Whether they get the clean copy."""
    return state == State.CLEAN and is_seen(viewer, is_sexual=is_sexual)


def may_have_original(viewer: Viewer) -> bool:
    """Whether they get the file as it came, with all that it tells of whoever made it."""
    return viewer in {Viewer.DESK, Viewer.LAW_ENFORCEMENT}


def is_shown_in_page(viewer: Viewer, state: str, kind: Kind | None, *, is_sexual: bool) -> bool:
    """Whether a page shows the picture: only one that we drew ourselves, and never one that is sexual in nature."""
    return kind in SEEN_IN_PAGES and not is_sexual and may_have_copy(viewer, state, is_sexual=is_sexual)


def shown_name(name: str, kind: Kind | None) -> str:
    """A name that can hurt nobody.

    The last part of a path, without letters that can't be seen or that turn text around, not taken for a formula, and
    with an ending that fits what the file is.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in last)
    plain = " ".join(seen.split()).strip(". ") or "file"
    stem, dot, ending = plain.rpartition(".")
    if kind is None:
        return str(defused(plain[:LONGEST_NAME]))
    if not dot or f".{ending.lower()}" not in kind.endings:
        stem, ending = plain, kind.endings[0].removeprefix(".")
    return str(defused(f"{stem[: LONGEST_NAME - len(ending) - 1] or 'file'}.{ending}"))
