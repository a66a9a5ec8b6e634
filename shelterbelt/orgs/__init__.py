"""Who there is, and when: the state, its regions, counties, districts, schools and agencies."""
