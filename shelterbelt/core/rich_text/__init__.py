"""Rich text as this system keeps it: a small, clean HTML that every page can show as it is.

    clean(html)                    whatever was typed, pasted or brought in, as clean HTML
    to_markdown(html)              clean HTML as somebody without JavaScript edits it
    from_markdown(text)            and back
    text_of(html)                  its words alone, a line for each paragraph
    words_changed(before, after)   what was added and removed, for people to read
    RichTextField                  a form's field for it

Clean HTML holds p, h3, h4, ul, ol, li, strong, em, a, table, caption, thead, tbody, tr, th, td, br, blockquote and
img, with href, src, alt, start, colspan, rowspan and scope, and nothing else. Text that is clean stays as it is.
"""

from shelterbelt.core.rich_text.cleaning import LONGEST, MOST_GIVEN, TooLong, clean
from shelterbelt.core.rich_text.differences import words_changed
from shelterbelt.core.rich_text.fields import RichTextField
from shelterbelt.core.rich_text.markdown import from_markdown, to_markdown
from shelterbelt.core.rich_text.words import text_of

__all__ = [
    "LONGEST",
    "MOST_GIVEN",
    "RichTextField",
    "TooLong",
    "clean",
    "from_markdown",
    "text_of",
    "to_markdown",
    "words_changed",
]
