"""A plan that exists already, brought in: read apart, split by its headings, looked over, then taken in as texts."""
