"""From applications to decisions: formal check, merit scores, panel, ranking."""
