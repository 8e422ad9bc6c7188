"""Requests in, answers out: problem details, pages, translations, idempotency, limits."""
