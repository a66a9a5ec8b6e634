"""Everything the system sends: messages, whom they are for, and every attempt to reach them."""
