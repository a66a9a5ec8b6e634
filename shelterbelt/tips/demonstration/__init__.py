"""The invented tip line: counts of some years, and the last weeks as the desk has them before it."""

from shelterbelt.demo.world import Generator
from shelterbelt.tips.demonstration import desk

GENERATORS: dict[str, Generator] = {"tips": desk.generate}
