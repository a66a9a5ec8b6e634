"""Text that leaves for another program's table."""

import re

# Spaces, line ends and letters that can't be seen don't count: some programs skip them, some break the cell there.
_STARTS = re.compile(r"\A(?:[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")


def defused(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe in front.

    Numbers, dates and nothing stay as they are.
    """
    return f"'{value}" if isinstance(value, str) and _STARTS.match(value) else value
