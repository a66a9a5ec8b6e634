"""What callers hand in: words by language, whom they are for, and who may look."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FALLBACK = "en"
EVERYBODY_WITHIN_REACH = "*"
"""In `readers`: all whose offices reach the message's organisation."""


@dataclass(frozen=True)
class Words:
    """What is said, by language. `short` is for texts and notifications; where it is missing, the subject is."""

    subject: Mapping[str, str]
    text: Mapping[str, str]
    short: Mapping[str, str] = field(default_factory=dict)

    def kept(self) -> dict[str, dict[str, str]]:
        """As it is kept with the message."""
        return {
            language: {
                "subject": subject,
                "text": self.text.get(language, ""),
                "short": self.short.get(language, subject),
            }
            for language, subject in self.subject.items()
        }


@dataclass(frozen=True)
class To:
    """Somebody to reach. `ref` is whatever key the caller knows them by; addresses are tried in order.

    All of a step are told at the same time. A later step is told when an earlier one was not reached, or didn't
    acknowledge in time.
    """

    ref: str
    name: str
    addresses: tuple[tuple[str, str], ...]
    language: str = FALLBACK
    is_primary: bool = True
    step: int = 1
    link: str = ""


@dataclass(frozen=True)
class Reader:
    """Whoever holds an office at exactly this organisation may look."""

    office: str
    org: int

    def __str__(self) -> str:
        return f"{self.office}@{self.org}"


@dataclass(frozen=True)
class Letter:
    """All that a channel needs to know to send one attempt."""

    attempt: str
    """Its id without dashes: the same each time it is asked for, so the Message-ID is too."""
    address: str
    name: str
    language: str
    subject: str
    text: str
    short: str
    link: str
    urgency: str


def in_language(words: Mapping[str, Mapping[str, str]], language: str) -> Mapping[str, str]:
    """The words in a language, or in the one that is always there, or in any."""
    return words.get(language) or words.get(FALLBACK) or next(iter(words.values()))
