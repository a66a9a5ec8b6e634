"""Reading the audit trail: who did what to which record, in words, within what row security shows."""
