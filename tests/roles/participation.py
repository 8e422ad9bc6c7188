"""Who may do what with participation: see lines.py."""
