"""The ways to reach somebody: one file each, found by its name, with a function `line` that opens the way.

A line is held while there is something to send and closed afterwards. Its `send` calls `begin` right before the step
that can't be taken back, and stops where that says no. It answers with a Result and doesn't raise for what a network
or a provider may do.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from shelterbelt.delivery.rules.letters import Letter
from shelterbelt.delivery.rules.results import Result

Begin = Callable[[], bool]


class Line(Protocol):
    """An open way to a provider."""

    def send(self, letter: Letter, begin: Begin) -> Result:
        """Send one letter to one address."""
        ...

    def close(self) -> None:
        """Let go of what was held."""
        ...


BY_PEOPLE = frozenset({"call"})
"""Channels without a line: somebody at the desk does it and writes down what came of it."""


def open_line(channel: str) -> Line:
    """The line of a channel."""
    line: Line = import_module(f"{__name__}.{channel}").line()
    return line
