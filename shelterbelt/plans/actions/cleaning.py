"""What a text may hold, before it is kept."""

import nh3


def cleaned(body: str) -> str:
    """The text as clean HTML."""
    return nh3.clean(body).strip()
