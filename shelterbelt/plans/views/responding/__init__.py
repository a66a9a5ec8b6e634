"""Pages for the people of agencies: what they hold of a school's plan."""
