"""Makes clean HTML of whatever was typed, pasted or brought in.

nh3 (ammonia, built on the parser of a browser engine) reads it as a browser would and leaves out what is no text; then
it is put in order; then nh3 is asked once more, with the short list of what may stay, so that what leaves here has
been written by a sanitizer and not by us.
"""

import re

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shelterbelt.core.rich_text.bounds import is_reasonable
from shelterbelt.core.rich_text.lines import plain
from shelterbelt.core.rich_text.parts import Blocks
from shelterbelt.core.rich_text.reading import HEADINGS, LINES, MARKS, Reader
from shelterbelt.core.rich_text.writing import html_of

MOST_GIVEN = 1_000_000
"""Letters that may be sent, with all the tags that Word adds."""
LONGEST = 300_000
"""Letters that a clean text may have with its tags: some hundred pages."""
TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "br", "blockquote", "img",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
_NO_TEXT = {
    "applet", "audio", "canvas", "embed", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title", "video", "xml", "xmp", "plaintext",
}  # fmt: skip
"""What is left out with all that is in it."""
_READ = TAGS | set(MARKS) | set(HEADINGS) | set(LINES) | {"tfoot"}
_HEADING = re.compile(r"<h([1-6])>")


class TooLong(ValidationError):
    """A text longer than one section can hold. Its sentence says what to do."""


def clean(html: str) -> str:
    """Clean HTML. The same for the same text, and unchanged for clean text. TooLong if it is too long."""
    return written(parts_of(html))


def parts_of(html: str) -> Blocks:
    """The parts of any HTML."""
    if len(html) > MOST_GIVEN:
        raise TooLong(_("This is more than we take at once. Paste it in several parts."), code="too_long")
    if not is_reasonable(html):
        raise TooLong(_("This text is nested too deeply to be read. Paste it as plain text."), code="too_deep")
    loose = nh3.clean(
        plain(html), tags=_READ, clean_content_tags=_NO_TEXT, attributes=ATTRIBUTES, url_schemes=SCHEMES,
        url_relative="pass_through", link_rel=None, strip_comments=True,
    )  # fmt: skip
    reader = Reader(top=_top(loose))
    reader.feed(loose)
    reader.close()
    return reader.blocks()


def written(blocks: Blocks) -> str:
    """The parts as clean HTML. TooLong if it is too long."""
    strict = nh3.clean(
        html_of(blocks), tags=TAGS, clean_content_tags=_NO_TEXT, attributes=ATTRIBUTES, url_schemes=SCHEMES,
        url_relative="pass_through", link_rel=None, strip_comments=True,
    )  # fmt: skip
    if len(strict) > LONGEST:
        raise TooLong(
            _("This text is longer than one section can hold (about a hundred pages). Split it into several sections."),
            code="too_long",
        )
    return strict


def _top(loose: str) -> int:
    """Which headings are the higher of our two: h3, unless there are higher ones."""
    return min([3, *map(int, _HEADING.findall(loose))])
