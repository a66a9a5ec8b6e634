"""`python -m shelterbelt load_demonstration`: an invented state with years of invented records."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.demo import loading, parts
from shelterbelt.orgs.models import Org


class Command(BaseCommand):
    """Fills an empty database with the demonstration state; refuses one that has schools."""

    help = "Load an invented state: real counties, invented schools, people, drills and reports."
    login = "owner"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How large, how long, which one."""
        parser.add_argument(
            "--size", type=float, default=1.0,
            help="1 is a state of 560 districts and 3,000 schools; 33.4 with 10 years is a nation (loaded unaudited)",
        )  # fmt: skip
        parser.add_argument("--years", type=int, default=6, help="school years of records, the present one included")
        parser.add_argument("--seed", type=int, default=1, help="the same number gives the same state")
        parser.add_argument("--today", type=date.fromisoformat, help="the day it ends on, YYYY-MM-DD; default: today")
        parser.add_argument("--if-missing", action="store_true", help="do nothing when it is loaded already")

    def handle(self, **options: Any) -> None:
        """Check, load, and say what was loaded."""
        today = options["today"] or clock.today()
        if not 0 < options["size"] <= 40 or not 1 <= options["years"] <= 20:
            raise CommandError("Give a --size above 0 and up to 40, and --years from 1 to 20.")
        with acting_as_system("demonstration", today=today, reason="look whether the demonstration is loaded"):
            loaded, has_schools = loading.is_loaded(), Org.objects.schools().exists()
        if loaded and options["if_missing"]:
            return
        if loaded or has_schools:
            raise CommandError("This database has schools already. Load the demonstration into an empty one.")
        self._load(today, options)

    def _load(self, today: date, options: dict[str, Any]) -> None:
        started = time.perf_counter()
        asked = {name: options[name] for name in ("size", "years", "seed")}
        load = parts.load if parts.parts_of(options["size"]) > 1 else loading.load
        counts = load(**asked, today=today, tell=self._tell)
        took = time.perf_counter() - started
        self.stdout.write(f"Loaded {counts.total():,} records in {took:.1f} s.")

    def _tell(self, table: str, many: int, seconds: float) -> None:
        self.stdout.write(f"  {table:<28} {many:>9,} rows {seconds:6.1f} s")
        self.stdout.flush()
