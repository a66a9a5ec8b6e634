"""Prints docs/reference/tip-states.md from rules/states.py: `python -m shelterbelt.tips.rules.drawing`."""

from collections.abc import Mapping
from pathlib import Path

from shelterbelt.tips.rules import states

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/tip-states.md"
HEAD = """# Where tips and referrals stand

Printed from `shelterbelt/tips/rules/states.py` by `python -m shelterbelt.tips.rules.drawing`; a test compares them. An
action moves a tip or a referral along one of these lines or says why it can't.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, _drawn("A tip", states.TIP), _needs_work(), _drawn("A referral", states.REFERRAL)]
    return "\n".join(parts)


def _drawn(title: str, moves: Mapping[str, frozenset[str]]) -> str:
    first = next(iter(moves))
    lines = [f"    [*] --> {first}"]
    lines += [f"    {now} --> {then}" for now, after in moves.items() for then in sorted(after)]
    return "\n".join([f"## {title}", "", "```mermaid", "stateDiagram-v2", *lines, "```", ""])


def _needs_work() -> str:
    listed = ", ".join(f"`{state}`" for state in states.TIP if state in states.NEEDS_WORK)
    return f"The desk still owes a tip something while it is {listed}. Those are what its queue shows at first.\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
