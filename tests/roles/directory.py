"""Who may do what in directory: see lines.py."""
