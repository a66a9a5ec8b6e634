"""Pages of the tip line, of the desk, of recipients and of supervisors."""
