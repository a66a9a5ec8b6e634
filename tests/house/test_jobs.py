"""Work is enqueued by name, so a name without a task would only fail when it is too late."""

import ast
from pathlib import Path

import pytest
from procrastinate.contrib.django import app

ROOT = Path(__file__).resolve().parents[2] / "shelterbelt"


def enqueued() -> list[tuple[str, str]]:
    """Every `enqueue("room.verb_noun", ...)` in the code, with where it stands."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "enqueue":
                name = node.args[0] if node.args else None
                word = name.value if isinstance(name, ast.Constant) else "(not a plain text)"
                found.append((word, f"{path.relative_to(ROOT)}:{node.lineno}"))
    return found


def test_every_enqueued_name_has_a_task():
    app.perform_import_paths()
    known = {name.removeprefix("shelterbelt:") for name in app.tasks}
    assert not [f"{name} at {place}" for name, place in enqueued() if name not in known]


@pytest.mark.parametrize("name", [name for name in app.tasks if name.startswith("shelterbelt:")])
def test_a_task_is_named_after_its_room_and_what_it_does(name):
    room, _, verb = name.removeprefix("shelterbelt:").partition(".")
    assert (ROOT / room).is_dir()
    assert verb.isidentifier()
