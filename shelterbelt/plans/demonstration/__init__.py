"""Invented emergency plans."""

from shelterbelt.demo.world import Generator
from shelterbelt.plans.demonstration import drawings, plans, sharing

GENERATORS: dict[str, Generator] = {"plans": plans.generate, "drawings": drawings.generate, "sharing": sharing.generate}
prepare = drawings.prepare
