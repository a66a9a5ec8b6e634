"""What every room stands on: database, calendar, jobs, files, text. Knows nothing of schools but the calendar."""
