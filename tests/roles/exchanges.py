"""Who may do what in exchanges: see lines.py."""
