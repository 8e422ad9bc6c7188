"""What was granted to an organisation, or to a person, to draw on: room minutes, desk days, mentor minutes, seats."""
