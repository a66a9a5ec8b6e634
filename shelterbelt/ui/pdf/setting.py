"""Has Typst set a sheet. A letter that none of our fonts can draw is set as a box, for PDF/UA asks for drawn ones."""

import re
from pathlib import Path
from typing import Any

import pikepdf
import typst

BOX = "\u25af"
_UNDRAWN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 4


def set_sheet(asked: dict[str, Any]) -> bytes:
    """The PDF of what was asked: `sources` by name, the folder of pictures, of fonts, and the time it was printed."""
    for _ in range(_TRIES):
        try:
            return _set(asked)
        except typst.TypstError as error:
            undrawn = "".join(_ESCAPED.sub(_letter, each) for each in _UNDRAWN.findall(error.diagnostic))
            if not undrawn:
                raise
            boxed = {ord(letter): BOX for letter in undrawn}
            asked["sources"]["sheet.json"] = asked["sources"]["sheet.json"].translate(boxed)
    raise ValueError("The sheet holds letters that cannot be drawn.")


def pages_of(asked: dict[str, Any]) -> list[bytes]:
    """A PNG of each page of `given.pdf` in the folder of pictures."""
    with pikepdf.open(Path(asked["pictures"]) / "given.pdf") as given:
        count = min(len(given.pages), asked["most"])
    sources = {"main": asked["sources"]["main"].encode(), "sheet.json": str(count).encode()}
    done: Any = typst.compile(
        sources, root=asked["pictures"], ignore_system_fonts=True, package_path=asked["pictures"], format="png",
        ppi=asked["dots"],
    )  # fmt: skip
    return done if isinstance(done, list) else [bytes(done)]


def _set(asked: dict[str, Any]) -> bytes:
    done: Any = typst.compile(
        {name: source.encode() for name, source in asked["sources"].items()},
        root=asked["pictures"],
        font_paths=[asked["fonts"]] if asked["fonts"] else [],
        ignore_system_fonts=True,
        package_path=asked["pictures"],
        pdf_standards=["ua-1"],
        timestamp=asked["at"],
    )
    return bytes(done)


def _letter(found: "re.Match[str]") -> str:
    return chr(int(found[1], 16))
