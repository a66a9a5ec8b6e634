"""Behind a connection pooler in transaction mode nobody sees with the eyes of whoever used the connection before."""

import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from shelterbelt.access.scope import Scope, acting_as_system, introduce
from shelterbelt.core.database import ROLES
from shelterbelt.demo import factories
from tests.journeys import site as sites
from tests.operations import pooler

TODAY = date(2026, 11, 2)
ROUNDS = 30

pytestmark = pytest.mark.skipif(
    pooler.program() is None, reason="PgBouncer isn't installed (on Debian: apt-get install pgbouncer)"
)


@pytest.fixture
def reached():
    # Short and open to the account that PgBouncer changes to, unlike pytest's own folders.
    with tempfile.TemporaryDirectory(prefix="pooler-") as folder, pooler.running(Path(folder)) as found:
        yield found


@pytest.fixture
def principals(transactional_db):
    """Eight principals, each of a school of their own."""
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        return {
            factories.a_person(f"Principal {number}", office="principal", at=school).pk: school.pk
            for number in range(8)
            for school in [factories.a_school(f"School {number}", district=factories.a_district(f"District {number}"))]
        }


def test_many_people_on_two_connections_each_see_their_own(principals, reached):
    address = {**reached, "dbname": connection.settings_dict["NAME"], "user": ROLES["app"], "prepare_threshold": None}

    def works(person_id):
        with psycopg.connect(**address, autocommit=True) as own:
            for _ in range(ROUNDS):
                with own.transaction(), own.cursor() as cursor:
                    introduce(cursor, Scope(f"person:{person_id}", TODAY))
                    cursor.execute(
                        "select access_my_orgs(), (select count(*) from people_person where id = %s)", [person_id]
                    )
                    yield cursor.fetchone()
                # What the transaction was told is gone with it, whoever has the connection next.
                left = own.execute("select current_setting('shelterbelt.actor', true), count(*) from people_person")
                yield left.fetchone()

    with ThreadPoolExecutor(len(principals)) as together:
        told = dict(zip(principals, together.map(lambda person_id: list(works(person_id)), principals), strict=True))
    for person_id, school_id in principals.items():
        assert told[person_id][::2] == [([school_id], 1)] * ROUNDS
        assert {tuple(row) for row in told[person_id][1::2]} <= {(None, 0), ("", 0)}


def test_the_whole_site_works_behind_it(tmp_path, reached):
    through = lambda name: pooler.environment(name, reached)  # noqa: E731
    with sites.running(tmp_path, web=through) as site, ThreadPoolExecutor(8) as together:
        roles = ["state", "coordinator", "principal", "officer", "police", "fire"] * 2
        for role, pages in zip(roles, together.map(lambda role: visits(site, role), roles), strict=True):
            assert [status for status, _ in pages] == [200] * len(pages), role
            assert len({greeting for _, greeting in pages}) == 1, f"{role} is somebody else on another page"
        assert len({greeting for _, greeting in visits(site, "principal") + visits(site, "police")}) == 2


def visits(site, role):
    """What somebody's pages answer, and whom each greets in its header."""
    import requests

    with requests.Session() as browser:
        page = browser.get(site.address("/demonstration/"), timeout=60)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
        browser.post(site.address(f"/demonstration/{role}/"), {"csrfmiddlewaretoken": token}, timeout=60)
        pages = [
            browser.get(site.address(path), timeout=60) for path in ("/start/", "/drills/", "/people/", "/directory/")
        ]
        return [(page.status_code, greeted(page.text)) for page in pages]


def greeted(page):
    header = re.search(r"<header.*?</header>", page, re.DOTALL)[0]
    return re.sub(r"<[^>]+>|\s+|value=\"[^\"]+\"", " ", header)
