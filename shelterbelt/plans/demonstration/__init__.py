"""Invented emergency plans."""

from shelterbelt.demo.world import Generator
from shelterbelt.plans.demonstration import drawings, plans

GENERATORS: dict[str, Generator] = {"plans": plans.generate, "drawings": drawings.generate}
prepare = drawings.prepare
