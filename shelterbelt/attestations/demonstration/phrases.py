"""What people in the demonstration wrote about recommendations."""

EVIDENCE = (
    "Board minutes of the fall meeting.", "On the district's website.", "Sent to all families at the start of school.",
    "Agenda and sign-in sheet are on file.", "Discussed with responders; notes are kept at the office.",
)  # fmt: skip
NEXT_ACTIONS = (
    "Put it on the agenda of the next board meeting", "Ask the neighboring district how they did it",
    "Find a date with the sheriff and the fire district", "Name who sees to it", "Tell families before winter break",
)  # fmt: skip
