"""Who may do what with assessment: see lines.py."""
