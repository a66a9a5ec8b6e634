"""The pages of a PDF as pictures, drawn by Typst in the same process of its own as everything it sets."""

import tempfile
from pathlib import Path

from shelterbelt.ui.pdf.printing import run

DOTS = 250
"""Dots an inch, eight inches wide: 2,000 pixels."""
_PAGES = """
#set page(width: auto, height: auto, margin: 0pt)
#for number in range(1, json("sheet.json") + 1) { page(image("given.pdf", page: number, width: 8in)) }
"""


def pages_as_pictures(content: bytes, *, most: int) -> list[bytes]:
    """A PNG of each page, up to so many. CannotBePrinted for what can't be drawn. Give it clean copies alone."""
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        (Path(folder) / "given.pdf").write_bytes(content)
        asked = {"sources": {"main": _PAGES}, "pictures": folder, "fonts": "", "at": 0, "dots": DOTS, "most": most}
        return run(asked)
