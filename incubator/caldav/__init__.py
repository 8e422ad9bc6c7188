"""Calendars that apps keep in step by CalDAV (RFC 4791), to be read alone."""
