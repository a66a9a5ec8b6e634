"""One generator a room, in the order in which they build on each other. A new room adds its line here."""

from shelterbelt.demo.generators import agencies, attestations, directory, drills, entrance, people, progress, regions
from shelterbelt.demo.world import Generator

GENERATORS: dict[str, Generator] = {
    "regions": regions.generate,
    "directory": directory.generate,
    "agencies": agencies.generate,
    "people": people.generate,
    "entrance": entrance.generate,
    "drills": drills.generate,
    "attestations": attestations.generate,
    "progress": progress.generate,
}
