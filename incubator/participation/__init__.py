"""Who takes part, what they did, how long, on what evidence, and what came of it."""
