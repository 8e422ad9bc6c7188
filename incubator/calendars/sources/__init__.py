"""What feeds tell of, a file for each sort of thing (calendars/feed.py, Source)."""
