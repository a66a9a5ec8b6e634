"""Invented regions, districts, schools and agencies."""

from shelterbelt.demo.world import Generator
from shelterbelt.orgs.demonstration import agencies, directory, regions

GENERATORS: dict[str, Generator] = {
    "regions": regions.generate,
    "directory": directory.generate,
    "agencies": agencies.generate,
}
