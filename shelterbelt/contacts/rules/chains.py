"""Chains as a whole: in which order to try, and whether one is full."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shelterbelt.contacts.rules.settings import Settings

CHANNELS = ("voice", "sms", "email")
"""In the order of haste: a call is answered by somebody, a message lies there."""


@dataclass(frozen=True)
class Chain:
    """What a chain is judged by."""

    hours_of_confirmed: tuple[str, ...]
    """The hours of each contact that is confirmed now."""


def is_full(chain: Chain, settings: Settings) -> bool:
    """Enough people have said yes, and at every hour one of them answers."""
    hours = chain.hours_of_confirmed
    round_the_clock = "always" in hours or {"school_hours", "after_hours"} <= set(hours)
    return len(hours) >= settings.full_chain_confirmed and round_the_clock


def usable(channels: Iterable[str], *, dead: Iterable[str]) -> tuple[str, ...]:
    """The channels left to try: an address that came back is none."""
    left = set(channels) - set(dead)
    return tuple(channel for channel in CHANNELS if channel in left)


def renumbered(order: Sequence[int], moved: int, *, up: bool) -> list[int]:
    """The keys in their new order after one went one place up or down; at the end it stays."""
    keys = list(order)
    place = keys.index(moved)
    other = place - 1 if up else place + 1
    if 0 <= other < len(keys):
        keys[place], keys[other] = keys[other], keys[place]
    return keys
