"""Invented emergency plans."""

from shelterbelt.demo.world import Generator
from shelterbelt.plans.demonstration import plans

GENERATORS: dict[str, Generator] = {"plans": plans.generate}
