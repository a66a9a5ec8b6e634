"""Small types the strategy file is made of, and the sentence each says when a value does not fit."""

import re
from typing import Annotated, Any, Literal

from django.utils import translation
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Kind = Literal["percentage", "count", "established"]
Unit = Literal["school", "district", "state", "person"]
Visibility = Literal["open", "aggregate", "state"]
Source = Literal["records", "designation", "attestation", "mixed"]
Direction = Literal["up", "down", "none"]
AskKind = Literal["yes_no", "number", "share", "date", "choice"]
Basis = Literal["seen", "recalled"]
Level = Literal["state", "local"]


class Row(BaseModel):
    """A row of the file: it never changes once loaded, and it refuses words it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


class Text(Row):
    """Words in both languages; `str()` gives the reader's, English when there is no other."""

    en: Annotated[str, Field(min_length=1)]
    es: Annotated[str, Field(min_length=1)]

    def __str__(self) -> str:
        return self.es if (translation.get_language() or "en").startswith("es") else self.en


def _shaped(pattern: str, sentence: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"`{value}` {sentence}")
        return value

    return AfterValidator(check)


def _number(value: Any) -> Any:  # whatever stands in the file
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"`{value}` is not a number.")  # noqa: TRY004  pydantic listens for ValueError
    return value


def _school_year(value: str) -> str:
    match = re.fullmatch(r"(\d{4})-(\d{2})", value)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ValueError(f"`{value}` is not a school year. Write it as 2026-27.")
    return value


def _tuple(value: Any) -> Any:  # whatever stands in the file
    return tuple(value) if isinstance(value, list) else value


Listed = BeforeValidator(_tuple)
Name = Annotated[str, _shaped(r"[a-z][a-z0-9_]*", "is not a name here. Use small letters, digits and underscores.")]
Letter = Annotated[str, _shaped(r"[A-Z]", "is not a focus area. Write one capital letter.")]
OutputId = Annotated[str, _shaped(r"[A-Z]-O[1-9]\d*", "is not an output's number. Write it as A-O1.")]
RecommendationId = Annotated[
    str, _shaped(r"[A-Z]-[SL][1-9]\d*", "is not a recommendation's number. Write it as A-S1 (state) or A-L1 (local).")
]
FileId = Annotated[str, _shaped(r"[a-z0-9]+(-[a-z0-9]+)*", "is not a name for a plan. Write it as missouri-2019.")]
State = Annotated[str, _shaped(r"[A-Z]{2}", "is not a state. Write its two capital letters.")]
SchoolYearName = Annotated[str, AfterValidator(_school_year)]
Number = Annotated[int | float, BeforeValidator(_number)]
Version = Annotated[int, Field(ge=1)]
