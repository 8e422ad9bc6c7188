"""Sessions that tests play with, put down by rows, so that no verb is needed to test another."""

from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.kernel.ids import uuid7
from tests.conftest import NOW

_turns = count(1)
STARTS = NOW + timedelta(days=14, hours=3)
"""Monday in two weeks, noon in Warsaw."""

SESSION = """
INSERT INTO session (id, gmina_id, kind, state, title_pl, title_en, summary_pl, summary_en, about_pl, about_en,
    audience_pl, audience_en, terms_pl, terms_en, language, period, mode, place, online_url, access_note_pl,
    access_note_en, official_name, official_role, funder_marks, priority_for, offer_hours, most_each, draws_seats,
    checks_out, reason, created_by, sequence, version, created_at, changed_at, published_at,
    cancelled_at)
SELECT $1, $2, $3, $4, $5, 'Session', '', '', '', '', '', '', '', '', 'pl', tstzrange($6, $7), 'elsewhere', 'Rynek 1', '', '',
    '', '', 'Burmistrz', '', 'nobody', 24, 5, false, false, '', account.id, 0, 1, $8, $8,
    CASE WHEN $4 <> 'draft' THEN $8::timestamptz END, CASE WHEN $4 = 'cancelled' THEN $8::timestamptz END
FROM account ORDER BY account.id LIMIT 1
"""
SEATS = "INSERT INTO session_seats (session_id, capacity, taken, open) VALUES ($1, $2, $3, $4)"


async def put_session(
    tx: Tx,
    *,
    gmina: UUID | None,
    capacity: int | None = 10,
    taken: int = 0,
    kind: str = "workshop",
    state: str = "published",
    start: datetime = STARTS,
    minutes: int = 120,
    **columns: object,
) -> UUID:
    """A session elsewhere, of the office where there is no gmina; `columns` of `session` are set as given."""
    key = uuid7()
    title = f"Spotkanie {next(_turns)}"
    await tx.execute(SESSION, key, gmina, kind, state, title, start, start + timedelta(minutes=minutes), NOW)
    await tx.execute(SEATS, key, capacity, taken, state == "published")
    if columns:  # at once, for several are checked together
        given = ", ".join(f"{column} = ${n}" for n, column in enumerate(columns, start=2))
        await tx.execute(f"UPDATE session SET {given} WHERE id = $1", key, *columns.values())
    return key


async def a_session(db: Database, gmina: UUID | None, **more: object) -> UUID:
    async with transaction(db) as tx:
        return await put_session(tx, gmina=gmina, **more)  # type: ignore[arg-type]


async def scalar(db: Database, statement_: str, *values: object) -> object:
    async with statement(db) as tx:
        return await tx.fetchval(statement_, *values)


TOPIC = """
INSERT INTO topic_request (id, gmina_id, account_id, title, about, state, official_name, official_role, reason,
    opened_at, version)
SELECT $1, $2, coalesce($3, (SELECT id FROM account WHERE email = 'resident@example.com')), 'Ulga na start', '', $4, '', '',
    '', CASE WHEN $4 <> 'new' THEN $5::timestamptz END, 1
"""


async def put_topic(tx: Tx, *, gmina: UUID | None, state: str = "open", account: UUID | None = None) -> UUID:
    """Asked by the resident, or by `account`."""
    key = uuid7()
    await tx.execute(TOPIC, key, gmina, account, state, NOW)
    return key
