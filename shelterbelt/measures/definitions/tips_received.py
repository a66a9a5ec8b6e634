"""Tips received by the tip line in the year, without tests, spam, duplicates and agency notices."""

from shelterbelt.measures.answers import number
from shelterbelt.measures.asking import Amounts, Asked, Line, Parts
from shelterbelt.measures.tipping import about, amount, by_region, received, tips

READS = ("tips",)
TYPES = (
    "suicide_or_self_harm",
    "attack_or_weapons",
    "bullying",
    "assault_or_fighting",
    "sexual_offense_or_trafficking",
    "drugs",
    "something_else",
)
APART = {"tests": "test", "spam": "spam", "duplicates": "duplicate", "agency_notices": "notice"}
CHANNELS = ("phone", "web", "app", "text", "email")


def amounts(asked: Asked) -> Amounts:
    """Tips of the desk; `received` of an attestation is already without what the question leaves out."""
    return amount(asked, tips(asked), number("received"))


def line_apart(asked: Asked) -> Line:
    """What came in and is no tip of its own; not part of the headline."""
    return Parts({key: amount(asked, received(asked).filter(kind=kind), number(key)) for key, kind in APART.items()})


def line_by_event_type(asked: Asked) -> Line:
    """Tips by what they are about."""
    return Parts({kind: amount(asked, tips(asked).filter(about(kind)), number(f"about_{kind}")) for kind in TYPES})


def line_by_channel(asked: Asked) -> Line:
    """Tips by the way they came."""
    return Parts(
        {channel: amount(asked, tips(asked).filter(channel=channel), number(f"by_{channel}")) for channel in CHANNELS}
    )


def line_by_region(asked: Asked) -> Line:
    """Tips by the region of their school: of the desk's own only, for nobody attests them."""
    return Parts(by_region(asked))
