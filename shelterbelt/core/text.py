"""Text that leaves for another program's table, and text that keyboards spell in several ways."""

import re
import unicodedata

LONGEST_KEY = 18
"""More digits than this are no key of a row."""

# Spaces, line ends and letters that can't be seen don't count: some programs skip them, some break the cell there.
_STARTS = re.compile(r"\A(?:[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")


def defused(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe in front.

    Numbers, dates and nothing stay as they are.
    """
    return f"'{value}" if isinstance(value, str) and _STARTS.match(value) else value


def one_spelling(password: str | None) -> str | None:
    """A password as it is hashed: letters that look the same are the same, from every keyboard (Unicode's NFKC)."""
    return None if password is None else unicodedata.normalize("NFKC", password)


def key_in(word: str) -> int | None:
    """The key of a row, as somebody may write it into an address; None for anything else, however long."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) <= LONGEST_KEY else None
