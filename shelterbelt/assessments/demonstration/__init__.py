"""Invented site assessments and security purchases."""

from shelterbelt.assessments.demonstration import assessments, procurements
from shelterbelt.demo.world import Generator

GENERATORS: dict[str, Generator] = {
    "assessments": assessments.generate,
    "procurements": procurements.generate,
}
