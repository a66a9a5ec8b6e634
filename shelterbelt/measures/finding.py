"""Finds an output's definition by the name in the plan's file, and what it offers."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from shelterbelt.measures.asking import Amounts, Asked, Evidence, Line, attested
from shelterbelt.measures.attesting import attestation_evidence
from shelterbelt.measures.sets import Units
from shelterbelt.strategy.model import Output


class Definition:
    """An output's definition module, with the defaults filled in."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def _get(self, name: str) -> Callable[..., Any] | None:
        return getattr(self._module, name, None)

    @property
    def says(self) -> str:
        """The definition in one sentence, for whoever maintains it."""
        return (self._module.__doc__ or "").strip().splitlines()[0]

    def topics(self, output: Output) -> tuple[str, ...]:
        """The topics of change notes its answers depend on, besides the directory's."""
        return (f"attestations:{output.id}", *getattr(self._module, "READS", ()))

    @property
    def counts(self) -> bool:
        """Whether it counts things instead of units."""
        return self._get("amounts") is not None

    def meets(self, asked: Asked) -> Units:
        """The units that meet it."""
        found: Units = self._module.units_that_meet(asked)
        return found

    def amounts(self, asked: Asked) -> Amounts:
        """What it counts."""
        found: Amounts = self._module.amounts(asked)
        return found

    def not_concerned(self, asked: Asked) -> Units | None:
        """Those to which it does not apply; None where it applies to all."""
        function = self._get("units_not_concerned")
        return function(asked) if function else None

    def reported(self, asked: Asked) -> Units:
        """Those that said anything: an attestation in force, unless the definition knows better."""
        function = self._get("units_that_reported")
        if function:
            found: Units = function(asked)
            return found
        return attested(asked)

    def line(self, key: str, asked: Asked) -> Line | None:
        """One of its second lines; None where the plan's file says that it waits for records."""
        function = self._get(f"line_{key}")
        waits = any(line.key == key and line.needs_records for line in asked.output.second_lines)
        if function is None and not waits:
            raise AttributeError(f"{self._module.__name__} has no line_{key}")
        return function(asked) if function else None

    def evidence(self, asked: Asked, unit: int) -> list[Evidence]:
        """The records behind a unit's answer."""
        function = self._get("evidence") or attestation_evidence
        found: list[Evidence] = function(asked, unit)
        return found


@cache
def definition_of(output: Output) -> Definition:
    """The definition of an output; ModuleNotFoundError names the file that is missing."""
    return Definition(import_module(f"shelterbelt.measures.definitions.{output.measure}"))
