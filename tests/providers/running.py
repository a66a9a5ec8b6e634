"""Starts real identity providers on this machine's loopback and ends them; nothing leaves the machine."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(__file__).resolve().parent / "node"
SECONDS_TO_START = 20


@dataclass
class Running:
    """A provider that runs, and what it knows."""

    url: str
    file: Path
    settings: dict[str, Any]
    process: "subprocess.Popen[bytes]"
    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def knows(self, login: str, **facts: Any) -> None:
        """Have somebody there, with a password."""
        self.people[login] = {"password": "their password there", **facts}
        self._write()

    def relied_on_by(self, *, come_back: str, our_name: str = "") -> None:
        """Whom it answers: where it sends people back to, and what it calls us (SAML)."""
        self.settings["relying"] = {"come_back": come_back, "our_name": our_name}
        self._write()

    def stop(self) -> None:
        """End it."""
        _end(self.process)

    def _write(self) -> None:
        self.file.write_text(json.dumps(self.settings | {"people": self.people}), encoding="utf-8")


@contextmanager
def running(kind: str, folder: Path, **settings: Any) -> Iterator[Running]:
    """`open_id` or `saml`, from node/; or `liar`, a Python module beside this one."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"  # another site than localhost, as a real provider is
    file = folder / f"{kind}-{port}.json"
    known = {"port": port, "issuer": url, "name": "Cedar Fork sign-in", "relying": {}, **settings}
    file.write_text(json.dumps(known | {"people": {}}), encoding="utf-8")
    log = (folder / f"{kind}-{port}.log").open("w+b")
    process = subprocess.Popen(
        _command(kind, file), cwd=ROOT, stdin=subprocess.PIPE, stdout=log, stderr=log, process_group=0
    )
    try:
        _wait_for(port, process, Path(log.name))
        yield Running(url, file, known, process)
    finally:
        _end(process)
        log.close()


def _command(kind: str, file: Path) -> list[str]:
    if kind == "liar":
        return [sys.executable, "-m", "tests.providers.liar", str(file)]
    if not (NODE / "node_modules").is_dir():
        raise RuntimeError(
            "The identity providers for the tests aren't installed; make test does it (scripts/providers)."
        )
    return ["bash", "scripts/node", "node", str(NODE / f"{kind}.mjs"), str(file)]


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()  # each of them ends when nobody holds its input any more
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"The identity provider did not start:\n{log.read_text(errors='replace')[-3000:]}")


def key_and_certificate(name: str = "idp.cedarfork.example") -> tuple[str, str]:
    """A private key and a certificate of its own, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return pem.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode()
