"""What an organisation says of itself where no record of its own says it: attestations, designations, progress."""
