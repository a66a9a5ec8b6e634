"""Puts the words of one line in order, so that the same look is always the same text.

Spaces run together; none stands at either end. A space wears only the marks that its neighbours on both sides wear:
browsers, Word and Markdown disagree about the rest. Two new lines one after another begin a new paragraph.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from shelterbelt.core.rich_text.parts import Break, Inline, Picture, Run

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u2028\u2029]+")
# Letters that show nothing, turn text around or that no database takes. Joiners (200C, 200D) stay: scripts need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def plain(text: str) -> str:
    """Text without unseen letters, each letter in one spelling (Unicode's NFC)."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def one_line(text: str) -> str:
    """The same with single spaces."""
    return _SPACES.sub(" ", plain(text)).strip()


def paragraphs(given: Sequence[Inline]) -> Iterator[tuple[Inline, ...]]:
    """The lines of a paragraph in order, split where a line is left out."""
    kept: list[tuple[Inline, ...]] = []
    for is_break, parts in groupby(given, key=lambda part: isinstance(part, Break)):
        if is_break:
            if len(list(parts)) > 1 and kept:
                yield _joined(kept)
                kept = []
        elif line := _in_order([part for part in parts if not isinstance(part, Break)]):
            kept.append(line)
    if kept:
        yield _joined(kept)


def _joined(lines: Sequence[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    joined: list[Inline] = [*lines[0]]
    for line in lines[1:]:
        joined += [Break(), *line]
    return tuple(joined)


def _in_order(given: Sequence[Run | Picture]) -> tuple[Inline, ...]:
    """One line without new lines in it."""
    pieces = list(_pieces(given))
    while pieces and _is_space(pieces[0]):
        pieces.pop(0)
    while pieces and _is_space(pieces[-1]):
        pieces.pop()
    return tuple(_merged(_spaced(pieces)))


def _pieces(given: Sequence[Run | Picture]) -> Iterator[Run | Picture]:
    """Words, and the spaces at their ends apart; several spaces are one, whatever they wore."""
    last_was_space = False
    for part in given:
        if isinstance(part, Picture):
            last_was_space = False
            yield part
            continue
        text = _SPACES.sub(" ", plain(part.text))
        words = text.strip(" ")
        if text.startswith(" ") and not last_was_space:
            yield part.like(" ")
        last_was_space = text.endswith(" ") or (last_was_space and not text)
        if words:
            yield part if words == part.text else part.like(words)
            if last_was_space:
                yield part.like(" ")


def _is_space(part: Run | Picture) -> bool:
    return isinstance(part, Run) and part.text == " "


def _spaced(pieces: Sequence[Run | Picture]) -> Iterator[Run | Picture]:
    """Each space with what its neighbours share."""
    for number, piece in enumerate(pieces):
        if isinstance(piece, Run) and _is_space(piece):
            before, after = pieces[number - 1], pieces[number + 1]
            yield _between(before, after)
        else:
            yield piece


def _between(before: Run | Picture, after: Run | Picture) -> Run:
    if isinstance(before, Picture) or isinstance(after, Picture):
        return Run(" ")
    return Run(" ", before.marks & after.marks, before.href if before.href == after.href else "")


def _merged(pieces: Iterator[Run | Picture]) -> Iterator[Inline]:
    for is_run, group in groupby(pieces, key=lambda piece: isinstance(piece, Run)):
        if not is_run:
            yield from group
            continue
        runs = [piece for piece in group if isinstance(piece, Run)]
        for _, alike in groupby(runs, key=lambda run: (run.marks, run.href)):
            same = list(alike)
            yield same[0].like("".join(run.text for run in same))
