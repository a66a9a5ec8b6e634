"""The requirement rules as dated data, one file a state, checked when they are loaded."""

from shelterbelt.drills.requirements.loading import Requirement, RequirementsError, for_state, load

__all__ = ["Requirement", "RequirementsError", "for_state", "load"]
