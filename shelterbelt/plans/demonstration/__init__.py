"""Invented emergency plans."""

from shelterbelt.demo.world import Generator
from shelterbelt.plans.demonstration import drawings, evaluation, plans, sharing

GENERATORS: dict[str, Generator] = {
    "plans": plans.generate,
    "drawings": drawings.generate,
    "sharing": sharing.generate,
    "evaluation": evaluation.generate,
}
prepare = drawings.prepare
