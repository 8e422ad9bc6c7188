"""Minutes within a meeting, and certificates by their rule: whoever writes, the constraints are the judges."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from incubator.db.engine import Database, attempt, transaction
from incubator.db.migrate import demigrate, migrate
from incubator.participation.ask_outcomes import ask_outcomes
from incubator.participation.graduate import graduate
from incubator.participation.issue_certificate import issue_certificate
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.participation.cast import active, edition_of, met, noted, scalar
from tests.races import outcomes

PRESENT = """
INSERT INTO attendance (programme_meeting_id, participation_id, minutes, meeting_minutes, evidence, recorded_by)
VALUES ($1, $2, 120, 120, 'list', $3)
"""
SHORTER = """
UPDATE programme_meeting SET period = tstzrange(lower(period), lower(period) + interval '1 hour') WHERE id = $1
"""


async def test_the_database_itself_keeps_minutes_within_the_meeting(db: Database, cast: Cast) -> None:
    """Two who look at nothing first, at the same moment: one of them is refused, whoever it is."""
    edition = await edition_of(db, cast.niepolomice)
    made = await active(db, cast, edition)
    for _turn in range(8):
        meeting = await met(db, cast, edition)
        noting = refused(db, PRESENT, meeting.id, made.id, cast.coordinator.id)
        lost = [one for one in await outcomes(noting, refused(db, SHORTER, meeting.id)) if one]
        assert lost in (["attendance_within_meeting"], ["attendance_of_meeting"]), lost


async def refused(db: Database, sql: str, *values: object) -> str | None:
    """The constraint that refused it."""
    try:
        async with transaction(db) as tx:
            await tx.execute(sql, *values)
    except asyncpg.IntegrityConstraintViolationError as error:
        return error.constraint_name
    return None


async def test_the_database_itself_keeps_certificates_to_the_rule_that_is_on_them(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition, minutes=100)
    await noted(db, cast, meeting.id, (made.id, None, 80))
    actor = await acting(db, cast.coordinator)
    told = await attempt(db, lambda tx: issue_certificate(tx, actor=actor, participation_id=made.id, now=NOW))
    for change in ("present_minutes = 79", "required_percent = 81", "required_minutes = 0, present_minutes = 0"):
        async with transaction(db) as tx:
            with pytest.raises((asyncpg.CheckViolationError, asyncpg.RestrictViolationError)):
                await tx.execute(f"UPDATE certificate SET {change} WHERE id = $1", told.id)
    assert await scalar(db, "SELECT required_percent FROM certificate") == 80


TOO_LONG = "UPDATE attendance SET minutes = 130"
BELOW = """
INSERT INTO certificate (edition_id, participation_id, account_id, number, code, told, present_minutes, required_minutes,
    issued_by, revoked_reason)
SELECT edition_id, id, $1, 9, 'X', '{}', 50, 120, $1, '' FROM participation
"""


async def test_what_was_written_before_goes_along_down_and_up(db: Database, cast: Cast, database_url: str) -> None:
    """Longer minutes become the meeting's, an earlier certificate keeps the rule that it met, the latest link is kept."""
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 120))
    actor = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: issue_certificate(tx, actor=actor, participation_id=made.id, now=NOW))
    await attempt(db, lambda tx: graduate(tx, actor=actor, participation_id=made.id, now=NOW))
    for days in (0, 14):
        await attempt(db, lambda tx: ask_outcomes(tx, now=NOW + timedelta(days=days)))  # noqa: B023
    latest = await scalar(db, "SELECT token_hash FROM outcome_link ORDER BY sent_at DESC LIMIT 1")

    await asyncio.to_thread(demigrate, database_url, to="0009")
    await db.pool.expire_connections()
    assert await scalar(db, "SELECT token_hash FROM outcome_survey WHERE stage = 'exit'") == latest
    async with transaction(db) as tx:
        await tx.execute(TOO_LONG)
        await tx.execute(BELOW, cast.member.id)
    assert await scalar(db, "SELECT count(*) FROM certificate") == 2

    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    assert await scalar(db, "SELECT (minutes, meeting_minutes) FROM attendance") == (120, 120)
    assert await scalar(db, "SELECT array_agg(required_percent ORDER BY number) FROM certificate") == [80, 41]
    assert await scalar(db, "SELECT array_agg(token_hash) FROM outcome_link") == [latest]
