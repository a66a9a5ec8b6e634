"""A plan of 150 pages printed as tagged PDF/UA, from its frozen parts to the finished file.

The limit is a bare run of Typst over the same pages: a fresh process, no tags, the sheet already written.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.timing import line, median_seconds

AIM = 3.0
PAGES = 150
_BARE = """
import json, sys, typst
asked = json.load(open(sys.argv[1]))
typst.compile({name: text.encode() for name, text in asked["sources"].items()}, output=sys.argv[2],
              font_paths=[asked["fonts"]] if asked["fonts"] else [], ignore_system_fonts=True, pdf_tags=False)
"""


def main() -> int:
    """Print the figures."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "shelterbelt.settings"}
    import django

    django.setup()
    from shelterbelt.plans.queries.printing import TEMPLATES, Copy, booklet, pdf_of
    from shelterbelt.plans.rules.printing import CLASSROOM, WHOLE
    from shelterbelt.ui.pdf.printing import asked

    copy = Copy("Linden Creek Elementary", "Version 3", "ab" * 32, list(_parts()), "Dana Reyes", datetime.now(UTC))
    pages = _pages(pdf_of(copy, WHOLE))
    whole = median_seconds(lambda: pdf_of(copy, WHOLE), runs=5)
    with tempfile.TemporaryDirectory() as folder:
        what = asked(TEMPLATES / "plan.typ", booklet(copy, WHOLE)[0], folder=folder, at=copy.at)
        (Path(folder) / "asked.json").write_text(json.dumps(what))
        command = [sys.executable, "-c", _BARE, f"{folder}/asked.json", f"{folder}/bare.pdf"]
        bare = median_seconds(lambda: subprocess.run(command, check=True), runs=5)
    print(line(f"a whole plan of {pages} pages as PDF/UA", whole, aim=AIM, limit=bare))
    print(line("the two-page sheet for a classroom", median_seconds(lambda: pdf_of(copy, CLASSROOM), runs=5)))
    return int(whole > AIM or pages < PAGES)


def _pages(file: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(file)) as pdf:
        return len(pdf.pages)


def _parts() -> Iterator[dict[str, Any]]:
    """Sixty sections of two and a half pages: paragraphs, lists, a table, goals with courses of action."""
    from shelterbelt.plans.rules import outline

    known = [(each.key, each.kind, each.title) for each in outline.sections()]
    known += [(f"hazard-{each.key}", "hazard", each.name) for each in outline.hazards()]
    for number in range(60):
        key, kind, title = known[number % len(known)]
        yield {"key": key, "kind": kind, "title": title, "html": _text(number), "facts": [_goal(number)]}


def _text(number: int) -> str:
    said = (
        f"Whoever hears the call {number} takes in those who are in the hallway if that is safe, and locks the door. "
    )
    points = "".join(f"<li>Step {each}: keep the list of the class at hand.</li>" for each in range(12))
    rows = "".join(f"<tr><td>Team {each}</td><td>{said}</td></tr>" for each in range(10))
    table = f"<table><thead><tr><th>Who</th><th>Does</th></tr></thead><tbody>{rows}</tbody></table>"
    return (
        f"<h3>Before</h3>{f'<p>{said * 7}</p>' * 4}<ul>{points}</ul><h3>During</h3>{table}<h3>After</h3>"
        f"{f'<p>{said * 8}</p>' * 5}<ol>{points}</ol>"
    )


def _goal(number: int) -> dict[str, Any]:
    courses = [{"text": f"Does step {each} of {number}", "role": "Teacher", "minutes": each} for each in range(1, 5)]
    return {
        "when": "during",
        "goal": "Everybody is behind a locked door.",
        "objectives": ["In 60 s"],
        "courses": courses,
    }


if __name__ == "__main__":
    sys.exit(main())
