"""What was found wanting and what is done about it: one register, whoever found it."""
