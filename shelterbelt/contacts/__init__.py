"""Whom a school or agency has called first, second and third, and whether that was checked lately."""
