"""The lines of a PDF with their sizes and looks. Scripts, forms and attachments of a PDF are never looked at."""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTFigure, LTImage, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from shelterbelt.plans.incoming.reading.parts import CannotBeRead, Why

MOST_PAGES = 500
_MARGIN = 0.1
"""Part of a page, above and below, where what stands on every page stands."""
_OFTEN = 3
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Line:
    """One line as it is seen."""

    text: str
    size: float
    is_bold: bool
    page: int
    box: int
    in_margin: bool
    left: float


@dataclass(frozen=True)
class Lines:
    """All of them, and what isn't text."""

    lines: list[Line]
    pages: int
    pictures: int
    margins: int
    without_text: int


def lines_of(content: bytes) -> Lines:
    """Line by line, without what stands on every page. CannotBeRead if it is locked, too long or holds no text."""
    found: list[Line] = []
    pages = pictures = 0
    seen: set[int] = set()
    try:
        for page in extract_pages(io.BytesIO(content), laparams=LAParams(), maxpages=MOST_PAGES + 1):
            pages += 1
            lines = list(_on(page, pages))
            found += lines
            seen |= {pages} if lines else set()
            pictures += _pictures(page)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise CannotBeRead(Why.LOCKED) from error
    if pages > MOST_PAGES:
        raise CannotBeRead(Why.TOO_MUCH_INSIDE)
    if not pages:
        raise CannotBeRead(Why.DAMAGED)
    if sum(len(line.text) for line in found) < 20 * min(pages, 5):
        raise CannotBeRead(Why.NO_TEXT)
    kept = _without_margins(found)
    return Lines(kept, pages, pictures, len(found) - len(kept), pages - len(seen))


def _on(page: LTPage, number: int) -> Iterator[Line]:
    for box, container in enumerate(each for each in page if isinstance(each, LTTextBox)):
        for line in container:
            if line.get_text().strip():
                yield _line(line, page, number, box)


def _line(line: LTTextLine, page: LTPage, number: int, box: int) -> Line:
    letters = [each for each in line if isinstance(each, LTChar) and each.get_text().strip()]
    bold = sum(bool(_BOLD.search(letter.fontname)) for letter in letters)
    height = page.height or 1
    middle = (line.y0 + line.y1) / 2 / height
    return Line(
        text=" ".join(line.get_text().split()),
        size=round(median([letter.size for letter in letters] or [0]), 1),
        is_bold=bold > 0.8 * len(letters) if letters else False,
        page=number,
        box=box,
        in_margin=not _MARGIN < middle < 1 - _MARGIN,
        left=line.x0,
    )


def _pictures(things: Iterable[object]) -> int:
    return sum(
        1 if isinstance(each, LTImage) else _pictures(each) if isinstance(each, LTFigure) else 0 for each in things
    )


def _without_margins(lines: list[Line]) -> list[Line]:
    """Without headers, footers and page numbers: what stands in the margin of several pages, numbers aside."""
    pages: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        if line.in_margin:
            pages[_DIGITS.sub("#", line.text)].add(line.page)
    often = {text for text, on in pages.items() if len(on) >= _OFTEN}
    return [line for line in lines if not (line.in_margin and _DIGITS.sub("#", line.text) in often)]


def size_of_text(lines: list[Line]) -> float:
    """The size in which most of it is set."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0]
