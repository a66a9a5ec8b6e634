"""Which addresses a text may name."""

import re

LONGEST = 2000
_LINK = re.compile(r"\A(?:https?://[^\s/]|mailto:[^\s]|tel:[+0-9(])[^\s\"<>\\^`{|}\x00-\x20\x7f]*\Z", re.IGNORECASE)
_OURS = re.compile(r"\A/documents/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/\Z")
_OURS_WITHIN = re.compile(r'src="/documents/([0-9a-f-]{36})/"')


def link(href: str) -> str:
    """The address of a link; nothing if it is none that a text may have."""
    wanted = href.strip().replace(" ", "%20")
    return wanted if len(wanted) <= LONGEST and _LINK.match(wanted) else ""


def is_ours(src: str) -> bool:
    """Whether it is the address of a document of ours."""
    return bool(_OURS.match(src))


def pictures_in(html: str) -> list[str]:
    """The keys of the documents that a clean text shows, each once, in order."""
    return list(dict.fromkeys(_OURS_WITHIN.findall(html)))
