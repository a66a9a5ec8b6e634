"""What is wrong with a file, said by row and column, all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

MOST_LISTED = 5000
"""How many problems are kept word by word; all are counted."""


class UnreadableFileError(Exception):
    """The file can't be read at all. The message is a sentence for the person who sent it."""


@dataclass(frozen=True, order=True)
class Problem:
    """One sentence about one place. Row 1 is the header; 0 is the file as a whole."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"row {self.row}" if self.row else "", self.column) if part)
        return f"{place}: {self.sentence}" if place else self.sentence

    def plain(self) -> list[int | str]:
        """As it is kept in a report."""
        return [self.row, self.column, self.sentence]


@dataclass
class Findings:
    """Errors stop a file; warnings go along with it."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self, row: int, column: str, sentence: str) -> None:
        """Note what stops the file."""
        self.errors.append(Problem(row, column, sentence))

    def warn(self, row: int, column: str, sentence: str) -> None:
        """Note what somebody should look at."""
        self.warnings.append(Problem(row, column, sentence))

    def report(self) -> dict[str, Any]:
        """As it is kept with the import."""
        return {
            "errors": _listed(self.errors),
            "warnings": _listed(self.warnings),
            "errors_total": len(self.errors),
            "warnings_total": len(self.warnings),
        }


def _listed(problems: Iterable[Problem]) -> list[list[int | str]]:
    return [problem.plain() for problem in sorted(set(problems))[:MOST_LISTED]]
