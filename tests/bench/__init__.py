"""Speed, measured against a limit in the same run."""
