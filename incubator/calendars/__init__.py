"""Calendars to subscribe to: right in every client, cheap to poll."""
