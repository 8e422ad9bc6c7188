"""The one rule: nothing is in two places at once, and the database says so."""
