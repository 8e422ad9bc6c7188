"""What the command `incubator` does, a file for each of its words that is more than a line."""
