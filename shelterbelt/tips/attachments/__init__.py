"""What a reporter or the desk attaches to a tip: sniffed and sealed at the door, cleaned apart, opened by few."""
