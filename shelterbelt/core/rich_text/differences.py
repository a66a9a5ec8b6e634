"""What was added and removed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from django.utils.safestring import SafeString, mark_safe

from shelterbelt.core.rich_text.cleaning import parts_of
from shelterbelt.core.rich_text.words import lines_of

_WORDS = re.compile(r"\n|(?:\w+|[^\w\s]) ?| ")
_MOST_WORDS = 4000
"""In longer passages a line is compared as a whole: comparing all words with all words would take too long."""


def words_changed(before: str, after: str) -> SafeString:
    """The lines in which something changed, as paragraphs with ins and del; empty if no word did.

    Lines that stayed are left out, and an ellipsis stands for them.
    """
    old, new = list(lines_of(parts_of(before))), list(lines_of(parts_of(after)))
    shown: list[str] = []
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            shown.append("<p>…</p>")
        else:
            shown += _passage(old[old_from:old_to], new[new_from:new_to])
    # Every word in it went through escape().
    return mark_safe("" if shown in ([], ["<p>…</p>"]) else "".join(shown))  # noqa: S308


def _passage(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Lines that changed, each beside the one it came from where that can be told."""
    if not old or not new or sum(len(line) for line in (*old, *new)) > _MOST_WORDS * 6:
        yield from (f"<p>{_wrapped('del', line)}</p>" for line in old)
        yield from (f"<p>{_wrapped('ins', line)}</p>" for line in new)
        return
    before = _WORDS.findall("\n".join(old))
    after = _WORDS.findall("\n".join(new))
    changed = "".join(_changes(before, after))
    yield "".join(f"<p>{line}</p>" for line in changed.split("\n") if line)


def _changes(before: list[str], after: list[str]) -> Iterator[str]:
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield escape("".join(after[new_from:new_to]), quote=False)
        else:
            yield _wrapped("del", "".join(before[old_from:old_to])) + _wrapped("ins", "".join(after[new_from:new_to]))


def _wrapped(tag: str, words: str) -> str:
    """Words in a tag, line by line, so that no paragraph ends within one."""
    lines = words.split("\n")
    return "\n".join(f"<{tag}>{escape(line, quote=False)}</{tag}>" if line.strip() else line for line in lines)
