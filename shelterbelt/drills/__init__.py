"""Drills, exercises, real incidents and credible threats: scheduled, held, documented, followed up."""
