"""Prints every figure of docs/benchmarks.md, each with its ratio to a limit measured in the same run.

`make bench` runs all parts but the nation, which takes long to make; `make bench ARGS="measures nation"` runs some.
"""

import os
import subprocess
import sys

from tests.bench import state
from tests.databases import ROOT

PARTS = (
    "state",
    "measures",
    "walls",
    "audit",
    "pages",
    "crowd",
    "tips",
    "imports",
    "plans",
    "plans_print",
    "plans_sharing",
    "walkthrough",
)
ON_DEMAND = ("nation",)
OF_THEIR_OWN = {"state", "imports", "nation", "tips", "plans_print"}
"""Parts that find or make a database of their own, or need none."""


def main(wanted: list[str]) -> int:
    """Run the parts, each in a process of its own, because Django is bound to one database in a process."""
    unknown = set(wanted) - set(PARTS) - set(ON_DEMAND)
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}. There are: {', '.join((*PARTS, *ON_DEMAND))}.")
        return 2
    failed = 0
    for part in wanted or PARTS:
        print(f"\n== {part}", flush=True)
        environment = dict(os.environ) if part in OF_THEIR_OWN else _on_the_measured_state()
        command = [sys.executable, "-m", f"tests.bench.{part}"]
        failed += subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0
    return 1 if failed else 0


def _on_the_measured_state() -> dict[str, str]:
    loaded = state.ready()
    environment = os.environ | state.environment(loaded) | {"DJANGO_SETTINGS_MODULE": "shelterbelt.settings"}
    return environment | {"SHELTERBELT_LOGIN": "app", "BENCH_ADMINISTRATOR": state.administrator(loaded)}


if __name__ == "__main__":
    os.environ.setdefault("SHELTERBELT_HOME", str(ROOT / "var/bench"))
    sys.exit(main(sys.argv[1:]))
