"""The queue, in PostgreSQL: work that follows from rows that were committed first."""
