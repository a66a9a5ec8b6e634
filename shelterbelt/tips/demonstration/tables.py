"""The columns that are filled, in their order."""

TIP = (
    "id", "org_id", "channel", "language", "received_at", "event_type", "event_types", "kind", "state",
    "is_life_safety", "life_safety_because", "about", "band", "place_kind", "school_id", "is_sexual", "body", "contact",
    "has_contact", "month_id", "key_at_door", "key_for_desk", "key_for_code", "receipt", "code_is_spoken",
    "reporter_seen_on", "reporter_wrote_at", "taken_in_at", "owner_id", "claimed_at", "entered_by_id", "closed_at",
    "closed_because", "expires_on", "changed_at",
)  # fmt: skip
MONTH_KEY = ("name", "month", "door", "contact", "proof", "made_at")
MESSAGE = (
    "id", "tip_id", "org_id", "referral_id", "way", "words", "canned", "by_id", "at", "taken_in_at", "seen_on",
)  # fmt: skip
REFERRAL = (
    "id", "tip_id", "state_org_id", "org_id", "outside", "to", "is_primary", "rule", "words", "state", "by_id", "at",
    "sent_at", "acknowledged_at", "acknowledged_by_id", "acknowledged_as", "how", "answered_at", "ended_at",
    "link_tries",
)  # fmt: skip
DISPOSITION = (
    "id", "referral_id", "tip_id", "state_org_id", "revision", "validity", "actions", "result", "was_aware",
    "was_sufficient", "words", "by_id", "at",
)  # fmt: skip
DONE = ("id", "tip_id", "org_id", "verb", "told", "by_id", "by_whom", "at")
CLOCK = (
    "id", "tip_id", "org_id", "referral_id", "kind", "step", "started_at", "due_at", "breached_at", "ended_at",
    "outcome",
)  # fmt: skip
ALARM = (
    "id",
    "tip_id",
    "org_id",
    "person_id",
    "because",
    "raised_at",
    "acknowledged_at",
    "called_off_at",
    "called_off_by_id",
)
LINK = ("id", "org_id", "tip_id", "to_id", "kind", "why", "by_id", "at")
UNMASK = ("id", "tip_id", "org_id", "basis", "reference", "asked_by_id", "asked_at")
HOLD = ("id", "tip_id", "org_id", "reference", "set_by_id", "set_at")
BATCH = ("id", "org_id", "schedule", "up_to", "count", "state", "proposed_by_id", "proposed_at")
BATCH_TIP = ("disposalbatch_id", "tip_id")
NOTICE = (
    "id", "state_org_id", "agency_id", "school_id", "month_id", "key_for_desk", "child", "reference", "given_by_id",
    "given_at", "due_at", "reached_at", "acknowledged_by_id", "acknowledged_at",
)  # fmt: skip
SOURCE = ("id", "org_id", "name", "channel", "secret", "made_by_id", "made_at", "last_used_on")
APPROVAL = (
    "verb", "org_id", "thing", "given", "offices", "asked_by_id", "reason", "asked_at", "expires_at", "decision",
    "decided_by_id", "decided_at", "answer", "outcome",
)  # fmt: skip
