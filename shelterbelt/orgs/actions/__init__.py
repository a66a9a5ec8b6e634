"""What changes the directory: making a state with its counties and regions, and bringing in files."""

from shelterbelt.orgs.actions.importing import ask_to_load, run_check, run_load, start_import
from shelterbelt.orgs.actions.installing import install_state

__all__ = ["ask_to_load", "install_state", "run_check", "run_load", "start_import"]
