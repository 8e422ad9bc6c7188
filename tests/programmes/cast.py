"""Programmes, editions, calls and applications that tests play with, put down by rows, so that no verb
is needed to test another."""

from datetime import date, datetime
from itertools import count
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.ids import uuid7

_turns = count(1)

PROGRAMME = """
INSERT INTO programme (id, bundle_id, gmina_id, slug, name_pl, name_en, summary_pl, summary_en, about_pl, about_en, state, version)
SELECT $1, bundle.id, $2, $3, 'Rozbieg', 'Run-up', '', '', '', '', 'published', 1 FROM bundle LIMIT 1
"""
EDITION = """
INSERT INTO edition (id, programme_id, slug, name_pl, name_en, about_pl, about_en, starts_on, ends_on, places,
    places_taken, presence_percent, state, version)
VALUES ($1, $2, $3, 'Edycja jesienna', 'Autumn edition', '', '', $4, $5, $6, 0, 80, 'published', 1)
"""
CALL = """
INSERT INTO call (edition_id, opens_at, closes_at, anonymous, gmina_ids, kinds, sizes, pkd, intro_pl, intro_en,
    published_at, applications, version)
VALUES ($1, $2, $3, $4, '{}', '{}', '{}', '{}', '', '', $2, 0, 1)
"""
APPLICATION = """
WITH counted AS (
    UPDATE call SET applications = applications + CASE WHEN $5 = 'draft' THEN 0 ELSE 1 END
    WHERE edition_id = $2 RETURNING applications
)
INSERT INTO application (id, edition_id, organisation_id, account_id, state, number, code, title, answers,
    submitted_at, version)
SELECT $1, $2, $3, $4, $5, CASE WHEN $5 = 'draft' THEN NULL ELSE applications END, $6, 'Pomysł', '{}',
    CASE WHEN $5 = 'draft' THEN NULL ELSE $7::timestamptz END, 1
FROM counted
"""
ORGANISATION = "INSERT INTO organisation (id, name, kind, gmina_id, version) VALUES ($1, $2, 'startup', $3, 1)"


async def put_programme(tx: Tx, *, gmina: UUID | None) -> UUID:
    """Published; of the office where there is no gmina."""
    key = uuid7()
    await tx.execute(PROGRAMME, key, gmina, f"rozbieg-{next(_turns)}")
    return key


async def put_edition(
    tx: Tx, *, gmina: UUID | None, places: int = 3, starts: date = date(2026, 10, 1), ends: date = date(2027, 3, 31)
) -> UUID:
    """Published, of a programme of its own."""
    key, programme = uuid7(), await put_programme(tx, gmina=gmina)
    await tx.execute(EDITION, key, programme, f"edycja-{next(_turns)}", starts, ends, places)
    return key


async def put_call(tx: Tx, *, edition: UUID, opens: datetime, closes: datetime, anonymous: bool = False) -> None:
    await tx.execute(CALL, edition, opens, closes, anonymous)


async def put_application(
    tx: Tx, *, edition: UUID, account: UUID, organisation: UUID | None, at: datetime, state: str = "submitted"
) -> UUID:
    """Of an organisation or a person; numbered as it came."""
    key = uuid7()
    await tx.execute(APPLICATION, key, edition, organisation, account, state, f"K{next(_turns):04}", at)
    return key


async def put_organisation(tx: Tx, *, gmina: UUID, owner: UUID, name: str = "") -> UUID:
    """A startup with its owner."""
    key = uuid7()
    await tx.execute(ORGANISATION, key, name or f"Startup {next(_turns)}", gmina)
    await tx.execute("INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, 'owner')", key, owner)
    return key
