"""The columns of what organisations say of themselves, as generators fill them."""

ATTESTATION = (
    "id", "org_id", "output", "output_version", "year", "about_id", "answers", "statement", "level", "made_by_id",
    "made_on", "replaced_on", "reviewed_level", "reviewed_by_id", "reviewed_on", "document_id",
)  # fmt: skip
DESIGNATION = ("id", "org_id", "duty", "holder", "order", "level", "from_on", "until_on", "made_by_id")
REMINDER = ("id", "org_id", "output", "year", "sent_by_id", "asked_at", "mailed_at", "mailed_to")
PROGRESS = (
    "id", "org_id", "recommendation", "status", "evidence", "next_action", "due_on", "made_by_id", "made_on",
    "replaced_on",
)  # fmt: skip
