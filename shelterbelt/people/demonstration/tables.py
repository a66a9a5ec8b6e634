"""The columns of people and their offices, as generators fill them."""

PERSON = ("id", "password", "last_login", "name", "email", "phone", "language", "is_active")
APPOINTMENT = ("id", "person_id", "org_id", "office", "from_on", "until_on")
STAND_IN = ("appointment_id", "org_id", "person_id", "from_on", "until_on", "given_by_id")
INVITATION = (
    "appointment_id", "org_id", "person_id", "sender_id", "made_by_id", "made_at", "expires_at", "token_hash",
    "accepted_at", "withdrawn_at",
)  # fmt: skip
