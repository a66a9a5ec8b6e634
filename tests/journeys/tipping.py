"""A reporter for journeys, who files tips with the site's database while somebody watches the desk."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shelterbelt.access import scope_keys
from tests import databases
from tests.journeys.site import Site, tip_keys


class Reporter:
    """Files tips."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def file(self, narrative: str, **more: Any) -> str:
        """File a tip and see it taken in; its id."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"narrative": narrative} | more) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def reporting(site: Site) -> Iterator[Reporter]:
    """Have a reporter for a site."""
    environment = os.environ | databases.environment(site.database)
    environment |= {"SHELTERBELT_LOGIN": "app", "SHELTERBELT_HOME": str(site.files)}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "shelterbelt.settings",
        "SHELTERBELT_SCOPE_KEY": "\n".join(scope_keys.ring()),
        **tip_keys(),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.reporter"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=databases.ROOT,
        env=environment,
    ) as process:
        yield Reporter(process)
        assert process.stdin
        process.stdin.close()
