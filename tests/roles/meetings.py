"""Who may do what with meetings: see lines.py."""
