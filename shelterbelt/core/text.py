"""Text that leaves for another program's table."""

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe in front.

    Numbers, dates and nothing stay as they are.
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_STARTS):
        return f"'{value}"
    return value
