"""What the browser is sent stays small, and comes from this site alone."""

import gzip
import re

import pytest

from shelterbelt.ui.messages import ROOT

STATIC = ROOT / "build/static"
LIGHT = ["css/shelterbelt.css", "img/mark.svg", "img/treeline.svg", "img/icon.svg"]
FULL = [*LIGHT, "css/fonts.css", "js/htmx.js", "js/forms.js", "img/icons.svg", "fonts/*"]

pytestmark = pytest.mark.skipif(not STATIC.exists(), reason="build/static is not there: make assets builds it")


def weight(patterns: list[str]) -> int:
    """Bytes on the wire: fonts as they are, the rest compressed."""
    files = [path for pattern in patterns for path in STATIC.glob(pattern)]
    return sum(
        len(path.read_bytes() if path.suffix == ".woff2" else gzip.compress(path.read_bytes())) for path in files
    )


def test_a_public_page_is_light():
    assert weight(LIGHT) < 30_000


def test_a_first_page_with_everything_is_small():
    assert weight(FULL) < 150_000


@pytest.mark.parametrize("name", ["shelterbelt.css", "fonts.css"])
def test_a_style_names_only_files_that_are_there(name):
    for address in re.findall(r'url\("?([^")]+)"?\)', (STATIC / "css" / name).read_text()):
        assert not address or (STATIC / "css" / address).resolve().exists(), address


def test_nothing_leads_to_another_site():
    for path in STATIC.glob("css/*.css"):
        assert "//" not in re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def test_no_source_maps_are_named():
    assert not [path.name for path in STATIC.glob("js/*.js") if "sourceMappingURL" in path.read_text()]
