"""Finds what the rooms invent: each keeps its generators beside its code, in a module named `demonstration`."""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from shelterbelt.demo import entrance
from shelterbelt.demo.world import Generator


@cache
def generators() -> dict[str, Generator]:
    """By name, in the order of the installed rooms: directory and people first, for the others build on them."""
    found: dict[str, Generator] = {}
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "demonstration"):
            found |= import_module(f"{room.name}.demonstration").GENERATORS
    return found | {"entrance": entrance.generate}
