"""Prints every figure of docs/benchmarks.md, each with its ratio to a limit measured in the same run.

`make bench` runs all parts; `make bench ARGS="measures pages"` some.
"""

import os
import subprocess
import sys

from tests.bench import state
from tests.databases import ROOT

PARTS = ("state", "measures", "walls", "pages", "crowd", "imports")


def main(wanted: list[str]) -> int:
    """Run the parts, each in a process of its own, because Django is bound to one database in a process."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.")
        return 2
    loaded = state.ready()
    failed = 0
    for part in wanted or PARTS:
        print(f"\n== {part}", flush=True)
        environment = os.environ | state.environment(loaded) | {"DJANGO_SETTINGS_MODULE": "shelterbelt.settings"}
        environment |= {"SHELTERBELT_LOGIN": "app", "BENCH_ADMINISTRATOR": state.administrator(loaded)}
        if part in {"state", "imports"}:
            environment = dict(os.environ)
        command = [sys.executable, "-m", f"tests.bench.{part}"]
        failed += subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    os.environ.setdefault("SHELTERBELT_HOME", str(ROOT / "var/bench"))
    sys.exit(main(sys.argv[1:]))
