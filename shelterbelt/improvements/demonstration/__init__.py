"""Invented findings that people noticed, and what is done about them."""

from shelterbelt.demo.world import Generator
from shelterbelt.improvements.demonstration import noticed

GENERATORS: dict[str, Generator] = {"improvements": noticed.generate}
