"""Writes SVG elements safely: sizes are attributes, colours are classes, for a page allows no inline style."""

from xml.sax.saxutils import escape, quoteattr


def element(name: str, *children: str, **attributes: object) -> str:
    """One element. `class_` and `aria_label` lose and change their underscores; None leaves an attribute out."""
    given = {_spelled(key): value for key, value in attributes.items() if value is not None}
    opening = name + "".join(f" {key}={quoteattr(str(value))}" for key, value in given.items())
    return f"<{opening}>{''.join(children)}</{name}>"


def words(text: object) -> str:
    """Text between tags."""
    return escape(str(text))


def _spelled(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key != "viewBox" else key


def number(value: float) -> str:
    """A coordinate, to a tenth and without needless zeros."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
