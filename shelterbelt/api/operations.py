"""Every room's operations, put together."""

from collections.abc import Iterator
from typing import NamedTuple

from ninja import NinjaAPI
from ninja.operation import Operation

from shelterbelt.api import refusals
from shelterbelt.attestations.api import router as reports
from shelterbelt.core.problems import PROGRAMS
from shelterbelt.drills.api import router as drills
from shelterbelt.home.api import router as figures
from shelterbelt.orgs.api import router as directory

VERSION = "v1"
PREFIX = f"{PROGRAMS.strip('/')}/{VERSION}/"
WRITING = frozenset({"POST", "PUT", "PATCH"})

api = NinjaAPI(
    title="Shelterbelt",
    version=VERSION,
    description="What the pages show and take, for programs. Everybody has the rights that they have on the pages.",
    urls_namespace="api",
    openapi_url=None,  # described in describing.py, with its refusals
    docs_url=None,  # the package's own page loads its script from elsewhere
)
for _router in (figures, directory, drills, reports):
    api.add_router("", _router)
refusals.handle(api)


class Described(NamedTuple):
    """An operation with its method, its address as routes are written, and whom it is for."""

    method: str
    address: str
    audience: str
    operation: Operation


def operations() -> Iterator[Described]:
    """Every operation; one that doesn't say whom it is for has an empty audience."""
    for router in api._get_bound_routers():
        for address, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    who = getattr(operation.view_func, "audience", "")
                    yield Described(method, f"/{PREFIX}{address.lstrip('/')}", who, operation)
