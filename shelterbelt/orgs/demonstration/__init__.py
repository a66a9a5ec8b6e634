"""Invented regions, districts, schools and agencies, and the files they came in."""

from shelterbelt.demo.world import Generator
from shelterbelt.orgs.demonstration import agencies, directory, imports, regions

GENERATORS: dict[str, Generator] = {
    "regions": regions.generate,
    "directory": directory.generate,
    "agencies": agencies.generate,
    "imports": imports.generate,
}
