"""Read one cell's text as what its column means. What can't be read is a sentence in the words of the person's file."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from shelterbelt.orgs import places
from shelterbelt.orgs.imports.profiles import Column
from shelterbelt.orgs.models import Identifier, Org
from shelterbelt.orgs.rules import GRADES, standing_of_status

CODES = frozenset(Identifier.Scheme.values) | {"county", "region_code"}
LENGTHS = {"name": 160, "address": 160, "city": 80, "website": 200, "basis": 40, "region_system": 24}
NOTHING = frozenset({"", "†", "‡", "–", "—", "-", "M", "N", "NA", "N/A", "-1", "-2", "-9"})
"""How published files write that nothing is known or that the question doesn't apply."""

NO_GRADE = frozenset({"not applicable", "not reported", "missing", "adult education", "ae", "al"})
GRADE_WORDS = {
    "pre-kindergarten": "PK", "prekindergarten": "PK", "p": "PK", "pk": "PK", "k": "KG", "kg": "KG",
    "kindergarten": "KG", "tk": "KG", "t1": "KG", "ungraded": "UG", "ug": "UG",
}  # fmt: skip
WHOLE_NUMBER = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?")
"""Digits, with or without commas between thousands; published files write .0 behind."""

IN_SCIENTIFIC_FORM = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")


class ConversionError(ValueError):
    """The cell can't be read. The message is a sentence without its place."""


class ZerosRestored(Exception):
    """A spreadsheet's number got its leading zeros back."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value


def converter_for(column: Column, *, numeric: bool = False) -> Callable[[str], Any]:
    """The function that reads this column's cells; `numeric` for cells that a spreadsheet keeps as numbers."""
    fact = column.fact.removeprefix("in_")
    if column.values:
        return lambda text: _meaning(column, text)
    if fact in CODES:
        return lambda text: _code(column, text, numeric=numeric)
    return _CONVERTERS.get(fact) or (lambda text: _words(fact, text))


def _meaning(column: Column, text: str) -> str | None:
    word = text.lower()
    if word in column.values:
        return column.values[word] or None
    if "*" in column.values:
        return column.values["*"] or None
    known = ", ".join(sorted(filter(None, column.values)))
    raise ConversionError(_("“%(text)s” isn't known here. Known are: %(known)s.") % {"text": text, "known": known})


def _code(column: Column, text: str, *, numeric: bool) -> str | None:
    if text in NOTHING:
        return None
    if IN_SCIENTIFIC_FORM.fullmatch(text) or re.fullmatch(r"\d+\.0+", text):
        raise ConversionError(
            _("%(text)s is a code that a spreadsheet made a number. Format the column as text and export it again.")
            % {"text": text}
        )
    if column.take:
        text = _taken(column, text)
    return _full_length(column, text, numeric=numeric)


def _taken(column: Column, text: str) -> str:
    found = re.search(column.take, text)
    if not found:
        raise ConversionError(_("%(text)s isn't written as a code of this kind.") % {"text": text})
    return next((part for part in found.groups() if part is not None), found[0])


def _full_length(column: Column, text: str, *, numeric: bool) -> str:
    length = column.length
    if len(text) > 40:
        raise ConversionError(_("This code has more than 40 letters."))
    if length is None or len(text) == length:
        return text
    if text.isdigit() and len(text) < length:
        if numeric:
            raise ZerosRestored(text.zfill(length))
        raise ConversionError(
            _("%(text)s has %(found)s digits; this code has %(length)s. If leading zeros were lost, format the "
              "column as text and export it again.") % {"text": text, "found": len(text), "length": length}
        )  # fmt: skip
    raise ConversionError(
        _("%(text)s has %(found)s letters; this code has %(length)s.")
        % {"text": text, "found": len(text), "length": length}
    )


def _words(fact: str, text: str) -> str | None:
    plain = " ".join(text.replace("\x00", "").split())
    longest = LENGTHS.get(fact, 160)
    if len(plain) > longest:
        raise ConversionError(
            _("This text has %(found)s letters; there is room for %(longest)s.")
            % {"found": len(plain), "longest": longest}
        )
    return plain or None


def _state(text: str) -> str | None:
    if not text:
        return None
    postal = places.postal_of_fips().get(text, text.upper())
    if postal not in places.states():
        raise ConversionError(_("“%(text)s” is not a state; write its postal code, such as MO.") % {"text": text})
    return postal


def _grade(text: str) -> str | None:
    word = text.lower()
    if text in NOTHING or word in NO_GRADE:
        return None
    grade = GRADE_WORDS.get(word, text.zfill(2) if text.isdigit() else text.upper())
    if grade not in GRADES:
        raise ConversionError(_("“%(text)s” is not a grade; write PK, KG, 01 to 13, or UG.") % {"text": text})
    return grade


def _number(text: str) -> float | None:
    if text in {"", "M", "NA"}:
        return None
    try:
        # Python reads 3_8 as 38; a person who wrote it didn't mean that.
        return float(text.replace("_", "?"))
    except ValueError as error:
        raise ConversionError(_("“%(text)s” is not a number.") % {"text": text}) from error


def _latitude(text: str) -> float | None:
    return _between(text, -90, 90)


def _longitude(text: str) -> float | None:
    return _between(text, -180, 180)


def _between(text: str, least: int, most: int) -> float | None:
    number = _number(text)
    if number is None or least <= number <= most:
        return number
    raise ConversionError(
        _("%(text)s lies outside %(least)s to %(most)s degrees.") % {"text": text, "least": least, "most": most}
    )


def _students(text: str) -> int | None:
    if text in NOTHING:
        return None
    whole = WHOLE_NUMBER.fullmatch(text)
    number = int(text.split(".", maxsplit=1)[0].replace(",", "")) if whole and len(text) < 20 else -1
    if not 0 <= number <= 100_000:
        raise ConversionError(_("%(text)s can't be a number of students.") % {"text": text})
    return number


def _day(text: str) -> date | None:
    if text in NOTHING:
        return None
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d"):
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
        if 1800 <= day.year <= 2100:
            return day
    raise ConversionError(_("“%(text)s” is not a date; write it as 2026-07-01.") % {"text": text})


def _zip(text: str) -> str | None:
    if text in NOTHING:
        return None
    if re.fullmatch(r"\d{3,4}", text):
        raise ZerosRestored(text.zfill(5))
    if not re.fullmatch(r"\d{5}(?:-?\d{4})?", text):
        raise ConversionError(_("“%(text)s” is not a ZIP code.") % {"text": text})
    return text


def _status(text: str) -> str | None:
    if text in NOTHING:
        return None
    standing = standing_of_status(text)
    if standing is None:
        raise ConversionError(
            _("“%(text)s” is not a status; write Open, New, Closed, or NCES's number 1 to 8.") % {"text": text}
        )
    return standing


def _service(text: str) -> str | None:
    words = {str(label).lower(): value for value, label in Org.Service.choices} | {v: v for v in Org.Service.values}
    return _one_of(text, words)


def _sector(text: str) -> str | None:
    return _one_of(
        text, {str(label).lower(): value for value, label in Org.Sector.choices} | {v: v for v in Org.Sector.values}
    )


def _precision(text: str) -> str | None:
    return _one_of(text, {value: value for value in Org.Precision.values if value})


def _one_of(text: str, words: dict[str, str]) -> str | None:
    if not text:
        return None
    if text.lower() not in words:
        known = ", ".join(sorted(set(words.values())))
        raise ConversionError(_("“%(text)s” isn't known here. Known are: %(known)s.") % {"text": text, "known": known})
    return words[text.lower()]


def _codes(text: str) -> tuple[str, ...]:
    """Several codes in one cell, parted by semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


_CONVERTERS: dict[str, Callable[[str], Any]] = {
    "state": _state,
    "low_grade": _grade,
    "high_grade": _grade,
    "latitude": _latitude,
    "longitude": _longitude,
    "students": _students,
    "opened_on": _day,
    "closed_on": _day,
    "postal_code": _zip,
    "status": _status,
    "service": _service,
    "sector": _sector,
    "precision": _precision,
    "serves_counties": _codes,
    "serves_districts": _codes,
    "serves_schools": _codes,
}
