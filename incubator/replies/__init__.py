"""Answers to invitations that calendars write by mail (REPLY of iMIP), read from a mailbox (docs/decisions/0026)."""
