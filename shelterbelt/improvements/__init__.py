"""What was found wanting and what is done about it: one register of findings and corrective actions, whoever found them."""
