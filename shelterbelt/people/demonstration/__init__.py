"""Invented people with their offices, who stands in for whom, and who was invited to sign in."""

from shelterbelt.demo.world import Generator
from shelterbelt.people.demonstration import invitations, people, standing_in

GENERATORS: dict[str, Generator] = {
    "people": people.generate,
    "standing_in": standing_in.generate,
    "invitations": invitations.generate,
}
