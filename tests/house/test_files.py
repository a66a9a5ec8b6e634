"""What lies in the repository: our own work only, and locks that name no address."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = re.compile(
    r"(^|/)(vendor|third[_-]party|node_modules|build|dist)/|\.min\.(js|css)$|\.(woff2?|ttf|otf|eot|map|whl|pyc|mo)$"
)
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-node.lock", "package-lock.json"]
ADDRESS = re.compile(r"\w+://|--(extra-)?index-url|--find-links|\bfile:")
# A funding or licence link inside npm's lock is no place to download from.
HARMLESS = re.compile(r'"(url|homepage)":|"funding":')


def tracked() -> list[str]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    return subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_nothing_made_by_others_or_built_is_committed():
    assert not [name for name in tracked() if FOREIGN.search(name)]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if ADDRESS.search(line) and not HARMLESS.search(line)]
    assert not lines
    assert "sha256:" in text or "sha512-" in text
