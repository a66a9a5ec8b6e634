"""Finds what the rooms invent: each keeps its generators beside its code, in a module named `demonstration`."""

from functools import cache
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from shelterbelt.demo import entrance
from shelterbelt.demo.world import Generator


@cache
def _rooms() -> list[ModuleType]:
    """In the order in which they are installed: directory and people first, for the others build on them."""
    return [
        import_module(f"{room.name}.demonstration")
        for room in apps.get_app_configs()
        if room.module is not None and module_has_submodule(room.module, "demonstration")
    ]


@cache
def generators() -> dict[str, Generator]:
    """All of them by name, in the order in which they build on each other."""
    found: dict[str, Generator] = {}
    for room in _rooms():
        found |= room.GENERATORS
    return found | {"entrance": entrance.generate}


def prepare() -> None:
    """Let rooms lay out what rows will refer to and the database doesn't hold: files."""
    for room in _rooms():
        if hasattr(room, "prepare"):
            room.prepare()
