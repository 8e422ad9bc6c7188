"""Who may do what with programmes: see lines.py."""
