"""Pages of the register, a finding, and a corrective action."""
