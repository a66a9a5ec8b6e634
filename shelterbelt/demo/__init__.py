"""The demonstration state: invented schools with years of invented records, in real counties."""
