"""`python -m shelterbelt.strategy FILE` says whether a strategy file can be used, and if not, why."""

import sys
from pathlib import Path

from shelterbelt.strategy.loading import StrategyError, load


def main(arguments: list[str]) -> int:
    """Check the files named; 1 when one of them cannot be used."""
    if not arguments:
        sys.stderr.write("Name a file: python -m shelterbelt.strategy FILE\n")
        return 2
    return max([_check(Path(each)) for each in arguments])


def _check(path: Path) -> int:
    try:
        plan = load(path)
    except StrategyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    state, local = len(plan.state_recommendations), len(plan.local_recommendations)
    sys.stdout.write(
        f"{path} is sound: {plan.title.en}, version {plan.version}. {len(plan.areas)} areas, "
        f"{len(plan.outputs)} outputs, {state} state and {local} local recommendations, "
        f"{len(plan.crosswalk)} rules of law or standards, {len(plan.resources)} resources.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
