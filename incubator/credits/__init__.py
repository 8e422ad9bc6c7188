"""What was granted to an organisation to draw on: room minutes, desk days, mentor minutes, seats."""
