"""Invented security purchases."""

from shelterbelt.assessments.demonstration import procurements
from shelterbelt.demo.world import Generator

GENERATORS: dict[str, Generator] = {"procurements": procurements.generate}
