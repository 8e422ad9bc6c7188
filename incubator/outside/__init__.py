"""Calendars kept elsewhere: their busy times are kept free here."""
