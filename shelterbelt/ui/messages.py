"""Translations without the gettext tools: `python -m shelterbelt.ui.messages [collect | check]`.

Without a word it compiles locale/ into build/locale. `collect` reads the sentences out of templates and code into
the .po files. `check` names the sentences of public pages that a language lacks.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CODE, SOURCES, BUILT = ROOT / "shelterbelt", ROOT / "locale", ROOT / "build/locale"
METHODS = [("**/tests/**", "ignore"), ("**.py", "python"), ("**.html", f"{__package__}.messages:extract_template")]
METHODS += [("**/templates/**.txt", f"{__package__}.messages:extract_template")]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PUBLIC_MARK = "{# public #}"
"""A template that says this on its first line is read by people who never sign in: its Spanish must be complete."""
PASSING = (
    "Project-Id-Version",
    "Language-Team",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Report-Msgid-Bugs-To",
    "Generated-By",
)


def extract_template(
    source: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """Babel's way into Django templates: Django turns one into Python-like text, which Babel reads."""
    text = templatize(source.read().decode())
    flush_left = "\n".join(line.lstrip() for line in text.split("\n"))
    yield from extract_python(BytesIO(flush_left.encode()), keywords, comment_tags, options)


def collected(code: Path = CODE) -> Catalog:
    """Every sentence of templates and code, with the files it stands in."""
    catalog = Catalog(project="Shelterbelt", charset="utf-8")
    found = extract_from_dir(code, METHODS, keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True)
    for name, _line, message, comments, context in found:
        catalog.add(message, locations=[(f"{code.name}/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def read(path: Path) -> Catalog:
    """One language's .po file, which lies in locale/<language>/LC_MESSAGES."""
    with path.open("rb") as source:
        return read_po(source, locale=path.parts[-3], domain=path.stem)


def collect(code: Path = CODE, sources: Path = SOURCES) -> None:
    """Bring every .po file up to date: new sentences come empty, those no longer used go."""
    found = collected(code)
    for path in po_files(sources):
        catalog = read(path)
        catalog.update(found, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.header_comment = "# Shelterbelt: sentences and their translation."
        path.write_text(_written(catalog), encoding="utf-8")


def _written(catalog: Catalog) -> str:
    """The .po text without what changes from one run to the next."""
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=True, include_lineno=False)
    lines = out.getvalue().decode().splitlines()
    return "\n".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in PASSING))) + "\n"


def compile_all(sources: Path = SOURCES, built: Path = BUILT) -> None:
    """Write the .mo files that Django reads. A sentence without a translation stays English."""
    for path in po_files(sources):
        target = built / path.relative_to(sources).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            write_mo(out, read(path))


def missing(path: Path, code: Path = CODE) -> list[str]:
    """The sentences of public pages without a translation in this file."""
    catalog, gone = read(path), []
    for message in collected(code):
        if not message.id or not any(is_public(code.parent / place) for place, _line in message.locations):
            continue
        known = catalog.get(message.id, message.context)
        if known is None or known.fuzzy or not _complete(known):
            gone.append(message.id[0] if isinstance(message.id, tuple) else str(message.id))
    return gone


def _complete(message: Message) -> bool:
    """Translated, in every plural form if it has several."""
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def is_public(path: Path) -> bool:
    """The frame of every page is public, and so is each template that says so."""
    if "ui" in path.parts:
        return True
    return path.suffix == ".html" and path.read_text(encoding="utf-8").startswith(PUBLIC_MARK)


def po_files(sources: Path) -> list[Path]:
    """The sources of translation, one a language."""
    return sorted(sources.glob("*/LC_MESSAGES/*.po"))


def say(text: str) -> None:
    """Tell whoever typed the command."""
    sys.stdout.write(text + "\n")


def main(words: list[str]) -> int:
    """Do what the command line asks; 1 when a check finds something missing."""
    wish = words[0].lstrip("-") if words else "compile"
    if wish == "collect":
        collect()
    elif wish == "compile":
        compile_all()
    elif wish == "check":
        gone = [f"{path.parts[-3]}: {sentence}" for path in po_files(SOURCES) for sentence in missing(path)]
        say("\n".join(gone) or "Every sentence of the public pages is translated.")
        return 1 if gone else 0
    else:
        say(__doc__ or "")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
