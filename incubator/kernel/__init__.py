"""The words everything else is said in: time, refusals, identifiers. Standard library only."""
