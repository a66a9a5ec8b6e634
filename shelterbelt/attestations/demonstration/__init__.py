"""What invented schools, districts and the state say of themselves."""

from shelterbelt.attestations.demonstration import attestations, progress, reminders
from shelterbelt.demo.world import Generator

GENERATORS: dict[str, Generator] = {
    "attestations": attestations.generate,
    "progress": progress.generate,
    "reminders": reminders.generate,
}
