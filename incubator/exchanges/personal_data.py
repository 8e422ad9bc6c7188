"""What it knows of a person, for their export, and what ends when they leave the house."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# $1 account.
ASKED = """
SELECT topic_request.id, gmina.name AS gmina, title, about, state, reason, created_at
FROM topic_request LEFT JOIN gmina ON gmina.id = gmina_id WHERE account_id = $1 ORDER BY created_at, topic_request.id
"""
SUPPORTED = """
SELECT title, topic_support.created_at FROM topic_support JOIN topic_request ON topic_request.id = topic_id
WHERE topic_support.account_id = $1 ORDER BY topic_support.created_at
"""
SPEAKS = """
SELECT session.title_pl AS session, lower(period) AS "start", session_speaker.name, role_pl
FROM session_speaker JOIN session ON session.id = session_id JOIN mentor ON mentor.id = mentor_id
WHERE mentor.account_id = $1 ORDER BY lower(period)
"""
PERSONAL: tuple[tuple[str, Query], ...] = (
    ("topics_asked", query(ASKED)),
    ("topics_supported", query(SUPPORTED)),
    ("sessions_spoken_at", query(SPEAKS)),
)
"""Sections of the export, in order."""

# A topic that others support is theirs too: what was asked stays, without what was written of oneself.
FORGET = (
    "DELETE FROM topic_support WHERE account_id = $1",
    "DELETE FROM topic_support WHERE topic_id IN (SELECT id FROM topic_request WHERE account_id = $1 AND opened_at IS NULL)",
    "DELETE FROM topic_request WHERE account_id = $1 AND opened_at IS NULL",
    "UPDATE topic_request SET about = '', version = version + 1 WHERE account_id = $1 AND about <> ''",
    """UPDATE session_speaker SET name = '–', role_pl = '', role_en = '', mentor_id = NULL
    WHERE mentor_id IN (SELECT id FROM mentor WHERE account_id = $1)""",
)


async def forget_asker(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """For the erasure of an account; before that of a mentor."""
    for statement in FORGET:
        await tx.execute(statement, actor.account_id)
