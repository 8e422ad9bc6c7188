"""Who may do what with applications: see lines.py."""
