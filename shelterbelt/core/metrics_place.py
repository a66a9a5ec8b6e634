"""Where the figures for operators are kept and served. Known before prometheus-client is loaded, which asks at once."""

import os
from pathlib import Path

from shelterbelt.core import environment

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus-client finds, in the environment, the folder in which the processes keep their figures."""


def port() -> int:
    """Where the figures are served on this machine; 0 where they are not."""
    return environment.number("METRICS_PORT", 0, "Port of the figures for operators (Prometheus); 0: none.")


def host() -> str:
    """The address at which they are served: this machine's own unless somebody says otherwise."""
    return environment.text("METRICS_HOST", "127.0.0.1", "Address at which the figures for operators are served.")


def folder() -> Path:
    """Where the processes of this machine keep their figures."""
    return environment.home() / "metrics"


def keep_figures() -> None:
    """Have this process and those it starts keep figures for the page, if there is one. Before Django is set up."""
    if port():
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ[FOLDER] = str(folder())


def are_kept() -> bool:
    """Whether this process keeps figures for the page."""
    return FOLDER in os.environ
