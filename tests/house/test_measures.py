"""Every output of the plan has one file that defines it and one that tests it, and no file stands idle."""

from pathlib import Path

import pytest

from shelterbelt.strategy import current

MEASURES = Path(__file__).resolve().parents[2] / "shelterbelt/measures"
DEFINITIONS = MEASURES / "definitions"

pytestmark = pytest.mark.skipif(not DEFINITIONS.is_dir(), reason="there are no measure definitions yet")


def definitions() -> set[str]:
    return {path.stem for path in DEFINITIONS.glob("*.py") if not path.stem.startswith("_")}


def outputs() -> dict[str, str]:
    return {output.id: output.measure for output in current().outputs}


def test_every_output_has_its_definition():
    missing = {output: name for output, name in outputs().items() if name not in definitions()}
    assert not missing


def test_every_definition_is_used():
    assert not definitions() - set(outputs().values())


def test_every_definition_has_its_test():
    tested = {path.stem.removeprefix("test_") for path in MEASURES.rglob("test_*.py")}
    assert not definitions() - tested
