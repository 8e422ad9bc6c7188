"""Who may do what with mentors: see lines.py."""
