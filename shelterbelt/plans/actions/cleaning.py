"""What a text may hold, before it is kept."""

from shelterbelt.core import rich_text


def cleaned(body: str) -> str:
    """The text as clean HTML. TooLong, with its sentence, if it is more than a section can hold."""
    return str(rich_text.clean(body))
