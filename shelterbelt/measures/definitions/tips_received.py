"""Tips received by the tip line in the year, without tests, spam, duplicates and agency notices."""

from shelterbelt.measures.answers import number
from shelterbelt.measures.asking import Amounts, Asked, Line, Parts, amount

TYPES = (
    "suicide_or_self_harm",
    "attack_or_weapons",
    "bullying",
    "assault_or_fighting",
    "sexual_offense_or_trafficking",
    "drugs",
    "something_else",
)
APART = ("tests", "spam", "duplicates", "agency_notices")
CHANNELS = ("phone", "web", "app", "text")


def amounts(asked: Asked) -> Amounts:
    """`received` is already without what the question leaves out."""
    return amount(asked, number("received"))


def line_apart(asked: Asked) -> Line:
    """What came in and is no tip of its own; not part of the headline."""
    return Parts({kind: amount(asked, number(kind)) for kind in APART})


def line_by_event_type(asked: Asked) -> Line:
    """Tips by what they are about."""
    return Parts({kind: amount(asked, number(f"about_{kind}")) for kind in TYPES})


def line_by_channel(asked: Asked) -> Line:
    """Tips by the way they came."""
    return Parts({channel: amount(asked, number(f"by_{channel}")) for channel in CHANNELS})
