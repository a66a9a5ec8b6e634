"""Files that people attach to their records: kept as they came, under the organisation they belong to."""
