"""Takes HTML apart at its outermost tags: one block each."""

from html import escape
from html.parser import HTMLParser

from shelterbelt.plans.incoming.reading.parts import Block

_NO_END = frozenset({"br", "img", "hr"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class TopLevel(HTMLParser):
    """Collects the blocks of HTML that is in order, as mammoth writes it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._tag = ""
        self._depth = 0
        self._strong = 0
        self._html: list[str] = []
        self._text: list[str] = []
        self._plain = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if not self._depth:
            self._tag = tag
        written = "".join(f' {name}="{escape(value)}"' for name, value in attrs if value is not None)
        self._html.append(f"<{tag}{written}>")
        self._strong += tag == "strong"
        if tag not in _NO_END:
            self._depth += 1
        elif not self._depth:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in _NO_END:
            return
        self._html.append(f"</{tag}>")
        self._strong -= tag == "strong"
        self._depth -= 1
        if not self._depth:
            self._end()

    def handle_data(self, data: str) -> None:
        """Words."""
        self._html.append(escape(data, quote=False))
        self._text.append(data)
        self._plain |= bool(data.strip()) and not self._strong
        if not self._depth:
            self._end()

    def _end(self) -> None:
        text = " ".join("".join(self._text).split())
        is_bold = self._tag == "p" and bool(text) and not self._plain
        level = _HEADINGS.get(self._tag, 0) if text else 0
        html = "".join(self._html)
        self.blocks.append(Block(html, text, level, is_bold))
        if level and "<img" in html:  # a heading is words: what it shows stands below it
            self.blocks.append(Block(html.replace(f"<{self._tag}", "<p").replace(f"</{self._tag}>", "</p>"), text))
        self._html, self._text, self._plain, self._tag = [], [], False, ""


def blocks_of(html: str) -> list[Block]:
    """Block by block."""
    reader = TopLevel()
    reader.feed(html)
    reader.close()
    return reader.blocks
