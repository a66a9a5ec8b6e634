"""Invented call chains."""

from shelterbelt.contacts.demonstration import chains
from shelterbelt.demo.world import Generator

GENERATORS: dict[str, Generator] = {"contacts": chains.generate}
