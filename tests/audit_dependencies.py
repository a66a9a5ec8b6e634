"""Asks whether a weakness is known in any package of the locks: `make audit-dependencies`. Needs the network.

Ends with 0 when none is known, 1 when there is one, and 2 when nobody could be asked, which is no good news.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
WITHIN = 300


@dataclass
class Said:
    """What an adviser said of a lock."""

    lock: str
    weak: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    asked: int = 0


Run = Callable[[Sequence[str]], str]


def run(command: Sequence[str]) -> str:
    """What a command writes; empty when it couldn't do its work."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=WITHIN, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def of_python(lock: str, ask: Run = run) -> Said:
    """Ask the Python Packaging Advisory Database about the packages of a lock, by pip-audit."""
    with tempfile.TemporaryDirectory() as folder:  # so that it asks anew
        command = [str(Path(sys.executable).with_name("pip-audit")), "--requirement", lock, "--disable-pip"]
        told = _json(ask([*command, "--progress-spinner=off", "--cache-dir", folder, "--format=json"]))
    said = Said(lock)
    if not isinstance(told.get("dependencies"), list):
        said.unasked.append("all of it")
        return said
    for package in told["dependencies"]:
        if "skip_reason" in package:  # a mirror that knows no advisories says so of each package
            said.unasked.append(package["name"])
            continue
        said.asked += 1
        said.weak += [f"{package['name']} {package['version']}: {each['id']}" for each in package["vulns"]]
    return said


def of_node(ask: Run = run) -> Said:
    """Ask npm about the packages that build the theme."""
    told, said = _json(ask(["bash", "scripts/node", "npm", "audit", "--json"])), Said("package-lock.json")
    if "metadata" not in told:
        said.unasked.append("all of it")
        return said
    said.asked = told["metadata"]["dependencies"]["total"]
    said.weak = [f"{name}: {each['severity']}" for name, each in told["vulnerabilities"].items()]
    return said


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def told(all_said: Sequence[Said]) -> tuple[int, list[str]]:
    """How it ends, and sentences for whoever asked."""
    lines = []
    for said in all_said:
        lines += [f"{said.lock}: a weakness is known in {weak}" for weak in said.weak]
        if said.unasked:
            lines.append(f"{said.lock}: nobody could be asked about {_some(said.unasked)}.")
        elif not said.weak:
            lines.append(f"{said.lock}: no weakness is known in its {said.asked} packages.")
    if any(said.weak for said in all_said):
        return 1, lines
    if any(said.unasked for said in all_said):
        return 2, [*lines, "That is no good news: ask again where the advisories can be reached (pypi.org, npmjs.com)."]
    return 0, lines


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) < 4 else f"{shown} and {len(names) - 3} others"


def main() -> int:
    """Ask about all locks."""
    said = [of_python(lock) for lock in LOCKS]
    if shutil.which("bash") and (ROOT / "package-lock.json").exists():
        said.append(of_node())
    status, lines = told(said)
    print("\n".join(lines), file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
