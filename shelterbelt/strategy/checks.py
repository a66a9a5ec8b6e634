"""What must fit together across the rows of a strategy file.

The checks read what the file says, not the finished model, so they also run when single rows are wrong.
"""

from collections.abc import Callable
from datetime import date

from shelterbelt.strategy.model import ABOVE_ZERO
from shelterbelt.strategy.source import Document, Place


def check(document: Document) -> None:
    """Write every problem found into the document."""
    for rule in RULES:
        rule(document)


def areas_stand_once_and_in_order(document: Document) -> None:
    """A, B, C without a gap."""
    _once(document, "areas", "letter")
    letters = [letter for place in document.each("areas") if (letter := document.word(*place, "letter"))]
    for index, (place, letter) in enumerate(zip(document.each("areas"), letters, strict=False)):
        expected = chr(ord("A") + index)
        if letter != expected and letters.count(letter) == 1:
            document.complain((*place, "letter"), f"Area {letter} stands where {expected} is expected.")
            return


def ids_stand_once(document: Document) -> None:
    """No two rows share a number."""
    _once(document, "outputs", "id")
    _once(document, "recommendations", "id")
    _once(document, "outputs", "measure")


def numbers_run_without_gap(document: Document) -> None:
    """A-O1, A-O2, A-O3: each number follows the one before it."""
    for rows in ("outputs", "recommendations"):
        last: dict[str, int] = {}
        for place in document.each(rows):
            series, number = _split(document.word(*place, "id"))
            if not series or number == last.get(series):
                continue
            if number != last.get(series, 0) + 1:
                missing = f"{series}{last.get(series, 0) + 1}"
                document.complain((*place, "id"), f"{series}{number} stands where {missing} is expected.")
            last[series] = number


def every_row_has_its_area(document: Document) -> None:
    """An output, a recommendation or a resource belongs to an area of this file."""
    letters = {document.word(*place, "letter") for place in document.each("areas")}
    for rows, key in (("outputs", "id"), ("recommendations", "id"), ("resources", "area")):
        for place in document.each(rows):
            word = document.word(*place, key)
            if word and word[0] not in letters:
                document.complain((*place, key), f"{word} belongs to area {word[0]}, which is not in this file.")


def every_output_named_exists(document: Document) -> None:
    """Recommendations and laws name outputs of this file, each once."""
    known = {document.word(*place, "id") for place in document.each("outputs")}
    for rows in ("recommendations", "crosswalk"):
        for place in document.each(rows):
            seen: set[str] = set()
            for named in document.each(*place, "outputs"):
                word = document.word(*named)
                if word and word not in known:
                    document.complain(named, f"Output {word} is not in this file.")
                elif word and word in seen:
                    document.complain(named, f"Output {word} is named twice in one row.")
                seen.add(word or "")


def local_recommendations_have_a_next_step(document: Document) -> None:
    """A school must be able to start."""
    for place in document.each("recommendations"):
        word = document.word(*place, "id") or ""
        if word[1:3] == "-L" and document.at((*place, "next_step")) is None:
            document.complain(place, f"{word} has no `next_step`. A local recommendation says what a school does next.")


def keys_stand_once(document: Document) -> None:
    """Questions, choices and second lines have names of their own."""
    for place in document.each("outputs"):
        _once(document, (*place, "second_lines"), "key")
        _once(document, (*place, "asks"), "key")
        for ask in document.each(*place, "asks"):
            _once(document, (*ask, "choices"), "key")


def questions_fit_their_source(document: Document) -> None:
    """What is taken from records or designations is not asked; everything else is."""
    for place in document.each("outputs"):
        source, asks = document.word(*place, "source"), document.at((*place, "asks"))
        called = document.word(*place, "id") or "The output"
        if source in ("records", "designation") and asks:
            document.complain((*place, "asks"), f"{called} comes from {source}, so it asks nothing.")
        if source in ("attestation", "mixed") and asks == []:
            document.complain((*place, "asks"), f"{called} comes from {source}, so it needs a question.")


def choices_go_with_choice(document: Document) -> None:
    """Only a question of kind `choice` has choices, and then two or more."""
    for place in document.each("outputs"):
        for ask in document.each(*place, "asks"):
            kind, choices = document.word(*ask, "kind"), len(list(document.each(*ask, "choices")))
            called = document.word(*ask, "key") or "The question"
            if kind == "choice" and choices < 2:
                document.complain(ask, f"{called} is a choice, so it needs two `choices` or more.")
            if kind != "choice" and choices:
                document.complain((*ask, "choices"), f"{called} is no choice, so it has no `choices`.")


def conditions_look_back(document: Document) -> None:
    """`only_if` names a question that stands before, and an answer it can have."""
    for place in document.each("outputs"):
        earlier: dict[str, Place] = {}
        for ask in document.each(*place, "asks"):
            condition = document.at((*ask, "only_if"))
            for key, values in condition.items() if isinstance(condition, dict) else ():
                _condition(document, (*ask, "only_if", key), earlier.get(key), values)
            if key := document.word(*ask, "key"):
                earlier[key] = ask


def bounds_look_back(document: Document) -> None:
    """`at_most` and `at_least` stand at a number and name a number asked before."""
    for place in document.each("outputs"):
        earlier: dict[str, Place] = {}
        for ask in document.each(*place, "asks"):
            for word in ("at_most", "at_least"):
                _bound(document, ask, word, earlier)
            if key := document.word(*ask, "key"):
                earlier[key] = ask


def years_and_dates_are_in_order(document: Document) -> None:
    """Nothing ends before it begins."""
    for place in document.each("outputs"):
        begins, ends = document.word(*place, "from_year"), document.word(*place, "until_year")
        if begins and ends and ends < begins:
            document.complain((*place, "until_year"), f"It ends in {ends}, before it begins in {begins}.")
    for place in document.each("crosswalk"):
        first, last = document.at((*place, "from")), document.at((*place, "until"))
        if isinstance(first, date) and isinstance(last, date) and last < first:
            document.complain((*place, "until"), f"It ends on {last}, before it begins on {first}.")


def units_differ(document: Document) -> None:
    """The other unit is another one, and only a school or a district."""
    for place in document.each("outputs"):
        unit, other = document.word(*place, "unit"), document.word(*place, "alt_unit")
        if other and (other == unit or other not in ("school", "district")):
            document.complain((*place, "alt_unit"), "`alt_unit` must be school or district, and differ from `unit`.")


def notes_are_numbered(document: Document) -> None:
    """1, 2, 3."""
    for expected, place in enumerate(document.each("notes"), start=1):
        number = document.at((*place, "number"))
        if isinstance(number, int) and number != expected:
            document.complain((*place, "number"), f"Note {number} stands where {expected} is expected.")


RULES: tuple[Callable[[Document], None], ...] = (
    areas_stand_once_and_in_order,
    ids_stand_once,
    numbers_run_without_gap,
    every_row_has_its_area,
    every_output_named_exists,
    local_recommendations_have_a_next_step,
    keys_stand_once,
    questions_fit_their_source,
    choices_go_with_choice,
    conditions_look_back,
    bounds_look_back,
    years_and_dates_are_in_order,
    units_differ,
    notes_are_numbered,
)


def _once(document: Document, rows: str | Place, key: str) -> None:
    seen: dict[str, int] = {}
    for place in document.each(*((rows,) if isinstance(rows, str) else rows)):
        word = document.word(*place, key)
        if word in seen:
            document.complain((*place, key), f"`{word}` stands here already, on line {seen[word]}.")
        elif word:
            seen[word] = document.line((*place, key))


def _split(word: str | None) -> tuple[str, int]:
    """`D-O4` is the fourth of the series `D-O`."""
    if not word or not word[3:].isdecimal():
        return "", 0
    return word[:3], int(word[3:])


def _condition(document: Document, place: Place, earlier: Place | None, values: object) -> None:
    if earlier is None:
        document.complain(place, f"`only_if` names `{place[-1]}`, but no question before this one has that name.")
        return
    kind = document.word(*earlier, "kind")
    wanted = values if isinstance(values, list) else [values]
    choices = [document.word(*choice, "key") for choice in document.each(*earlier, "choices")]
    possible: dict[str | None, list[object]] = {"yes_no": [True, False], "number": [ABOVE_ZERO], "choice": [*choices]}
    for value in wanted:
        if value not in possible.get(kind, []):
            document.complain(place, f"`{place[-1]}` cannot be answered with `{value}`.")


def _bound(document: Document, ask: Place, word: str, earlier: dict[str, Place]) -> None:
    if document.at((*ask, word)) is None:
        return
    if document.word(*ask, "kind") != "number":
        document.complain((*ask, word), f"`{word}` goes with a question of kind number only.")
    named = document.word(*ask, word)
    if named and (named not in earlier or document.word(*earlier[named], "kind") != "number"):
        document.complain((*ask, word), f"`{word}` names `{named}`, but no number asked before has that name.")
