"""Who may do what in registrations: see lines.py."""
