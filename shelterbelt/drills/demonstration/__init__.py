"""Invented drills, incidents and threats."""

from shelterbelt.demo.world import Generator
from shelterbelt.drills.demonstration import drills

GENERATORS: dict[str, Generator] = {"drills": drills.generate}
