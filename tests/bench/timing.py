"""Times work several times and quotes the median: these machines are noisy."""

import statistics
import time
from collections.abc import Callable, Sequence


def median_seconds(work: Callable[[], object], *, runs: int = 7, before: Callable[[], object] | None = None) -> float:
    """The median of several runs, after one that doesn't count; `before` each run is not timed."""
    seconds = []
    for _ in range(runs + 1):
        if before:
            before()
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds[1:])


def percentile(seconds: Sequence[float], percent: int) -> float:
    """The smallest value that so many percent of all don't exceed."""
    ranked = sorted(seconds)
    return ranked[min(len(ranked) - 1, len(ranked) * percent // 100)]


def line(what: str, seconds: float, *, aim: float | None = None, limit: float | None = None) -> str:
    """One figure as it is printed: milliseconds, the aim, and how many times the limit."""
    words = [f"{what:<66}{seconds * 1000:>9.1f} ms"]
    if aim is not None:
        words.append(f"aim {aim * 1000:.0f} ms: {'kept' if seconds <= aim else 'MISSED'}")
    if limit is not None:
        words.append(f"{seconds / limit:.1f} times the limit ({limit * 1000:.1f} ms)")
    return "  ".join(words)
