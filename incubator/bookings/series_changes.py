"""When a series last became otherwise, and how often: the dates that it has and those that were split off count too, which
no column of its own does. Calendars are told alike of it by feeds and by mail."""

# Joined to `series`. When dates are split off, what they counted goes to `series.version`, and when to the history.
CHANGES = """
CROSS JOIN LATERAL (
    SELECT greatest(
            series.created_at, max(changed_at), (SELECT max(at) FROM history WHERE subject_id = series.id)
        ) AS changed_at,
        (series.version - 1 + coalesce(sum(sequence), 0))::int AS changes
    FROM booking WHERE series_id = series.id
) AS told
"""
