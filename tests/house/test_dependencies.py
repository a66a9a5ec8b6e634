"""What we rely on is named with its reason, locked by its content, and asked about without taking silence for an answer."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests import audit_dependencies as audit

ROOT = Path(__file__).resolve().parents[2]
REASONS = (ROOT / "docs/reference/dependencies.md").read_text(encoding="utf-8").lower()
# Written there under the name that people know.
KNOWN_AS = {
    "axe-playwright-python": "axe-core",
    "types-python-dateutil": "mypy",
    "types-pyyaml": "mypy",
}


def named() -> list[str]:
    """Every package that we ask for ourselves."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    node = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    python = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    found = [re.match(r"[\w.-]+", line)[0].lower() for line in python]
    return [*found, *node.get("dependencies", {}), *node.get("devDependencies", {})]


@pytest.mark.parametrize("name", named())
def test_a_package_has_a_line_that_says_why(name):
    assert KNOWN_AS.get(name, name) in REASONS


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_every_package_of_a_lock_is_known_by_its_content(lock):
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if "==" in line and not line.strip().startswith("#")]
    assert packages
    assert not [line[:40] for line in packages if "--hash=sha256:" not in line]


def test_every_package_of_the_theme_is_known_by_its_content():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert not [name for name, package in packages.items() if name and not package.get("integrity")]


def answers(**text: object):
    return lambda _command: json.dumps(text)


GOOD = {"name": "django", "version": "5.2.19", "vulns": []}


def test_no_known_weakness_is_good_news():
    said = audit.of_python("requirements.lock", answers(dependencies=[GOOD]))
    assert audit.told([said]) == (0, ["requirements.lock: no weakness is known in its 1 packages."])


def test_a_known_weakness_is_named():
    weak = GOOD | {"vulns": [{"id": "PYSEC-2026-1"}]}
    status, lines = audit.told([audit.of_python("requirements.lock", answers(dependencies=[weak]))])
    assert (status, lines[0]) == (1, "requirements.lock: a weakness is known in django 5.2.19: PYSEC-2026-1")


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: "",
        lambda _: "[]",
        answers(),
        answers(dependencies=[{"name": "django", "skip_reason": "not found"}]),
        answers(dependencies=[GOOD, {"name": "numpy", "skip_reason": "not found"}]),
    ],
)
def test_where_nobody_could_be_asked_silence_is_no_good_news(answer):
    status, lines = audit.told([audit.of_python("requirements.lock", answer)])
    assert status == 2
    assert "nobody could be asked" in lines[0]


def test_npm_is_understood_in_both_cases():
    count = {"dependencies": {"total": 13}}
    assert audit.told([audit.of_node(answers(metadata=count, vulnerabilities={}))])[0] == 0
    weak = {"sass": {"severity": "high"}}
    assert audit.told([audit.of_node(answers(metadata=count, vulnerabilities=weak))])[0] == 1
    assert audit.told([audit.of_node(answers(error={"summary": "405"}))])[0] == 2
