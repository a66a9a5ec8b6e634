"""Tests that belong to no single room: the house rules, journeys in a browser, attacks, speed."""
