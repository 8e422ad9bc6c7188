"""Who may do what in newsletter: see lines.py."""
