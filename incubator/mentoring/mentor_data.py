"""What the house keeps of somebody as a mentor: in their own export."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

MENTOR: tuple[tuple[str, Query], ...] = (
    (
        "mentor",
        query(
            "SELECT mentor.slug, mentor.name, gmina.name AS gmina, headline_pl, headline_en, about_pl, about_en, languages,"
            " online_link, state, lengths, grid_minutes, break_minutes, lead_minutes, horizon_days, cancel_minutes,"
            " created_at, EXISTS (SELECT FROM mentor_photo WHERE mentor_id = mentor.id) AS has_portrait,"
            " ARRAY(SELECT topic_slug FROM mentor_topic WHERE mentor_id = mentor.id ORDER BY topic_slug) AS topics"
            " FROM mentor JOIN gmina ON gmina.id = gmina_id WHERE account_id = $1"
        ),
    ),
    (
        "mentor_hours",
        query(
            "SELECT weekday, opens, closes, incubator.name AS incubator, online, audience"
            " FROM mentor_hours JOIN mentor ON mentor.id = mentor_id"
            " LEFT JOIN incubator ON incubator.id = incubator_id WHERE account_id = $1 ORDER BY weekday, opens"
        ),
    ),
    (
        "mentor_exceptions",
        query(
            "SELECT day, opens, closes, incubator.name AS incubator, online, audience"
            " FROM mentor_exception JOIN mentor ON mentor.id = mentor_id"
            " LEFT JOIN incubator ON incubator.id = incubator_id WHERE account_id = $1 ORDER BY day, opens"
        ),
    ),
    (
        "mentor_absences",
        query(
            'SELECT lower(period) AS "start", upper(period) AS "end", stand_in.name AS stand_in, mentor_absence.created_at,'
            " removed_at FROM mentor_absence JOIN mentor ON mentor.id = mentor_id"
            " LEFT JOIN mentor AS stand_in ON stand_in.id = stand_in_id"
            " WHERE mentor.account_id = $1 ORDER BY lower(period), mentor_absence.id"
        ),
    ),
    (
        "mentor_contracts",
        query(
            "SELECT number, starts, ends, rate_minor, budget_minutes, used_minutes, mentor_contract.created_at"
            " FROM mentor_contract JOIN mentor ON mentor.id = mentor_id WHERE account_id = $1 ORDER BY starts, number"
        ),
    ),
)
"""Sections of the export, in order."""
