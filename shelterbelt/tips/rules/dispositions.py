"""What a recipient can say they did (data/dispositions.yaml)."""

from dataclasses import dataclass
from functools import cache

from shelterbelt.tips.rules.reading import read_rules


@dataclass(frozen=True)
class Action:
    """One thing that can be done about a tip."""

    code: str
    classes: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]

    def title(self, language: str) -> str:
        """Its name in a language; in English where there is none."""
        names = dict(self.titles)
        return names.get(language[:2], names["en"])


@cache
def actions() -> dict[str, Action]:
    """All of them by code, in the order of the file."""
    rows = read_rules("dispositions.yaml")["actions"]
    return {row["code"]: Action(row["code"], tuple(row["for"]), (("en", row["en"]), ("es", row["es"]))) for row in rows}


def actions_for(recipient_class: str) -> list[Action]:
    """Those that a class of recipients is offered."""
    return [action for action in actions().values() if recipient_class in action.classes]
