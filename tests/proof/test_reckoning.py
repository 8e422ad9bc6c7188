"""The reckoning finds what is wrong: a small story is told and believed, then one thing is spoilt."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import Database, transaction
from tests.cast import Cast, Person
from tests.conftest import NOW, Clockwork
from tests.proof.ledger import Ledger
from tests.proof.reckoning import reckon

pytestmark = pytest.mark.thorough

Tell = Callable[..., Awaitable[dict[str, Any]]]
AS_IF_BY_NOBODY = "SET LOCAL session_replication_role = replica;"
UNBOUND = "ALTER TABLE occupancy DROP CONSTRAINT nothing_twice;"
FIRM = "(SELECT id FROM booking WHERE title = 'firm')"
HELD = "(SELECT id FROM booking WHERE state = 'held')"

SPOILT = {
    "an occupancy is missing": "DELETE FROM occupancy WHERE id = (SELECT min(id) FROM occupancy)",
    "an occupancy without reason": "INSERT INTO occupancy (resource_id, during, purpose, subject_id, state)"
    " SELECT resource_id, '[2030-01-01, 2030-01-02)', 'block', uuidv7(), 'firm' FROM occupancy LIMIT 1",
    "the constraint is gone": UNBOUND,
    "two at once": f"{UNBOUND} UPDATE occupancy SET during = (SELECT during FROM occupancy WHERE subject_id = {FIRM})",
    "two bookings at once": f"{UNBOUND} UPDATE booking SET period = (SELECT period FROM booking WHERE id = {FIRM})",
    "a quota counts wrong": "UPDATE quota_use SET minutes = minutes - 30",
    "holds are counted wrong": "DELETE FROM live_holds",
    "history tells something else": f"UPDATE booking SET state = 'cancelled' WHERE id = {FIRM}",
    "a change that history does not tell": f"UPDATE booking SET sequence = 7 WHERE id = {FIRM}",
    "an occurrence both booked": "INSERT INTO series_skip SELECT series_id, occurrence, period, 'x', 'x' FROM booking"
    " WHERE series_id IS NOT NULL",
    "a date of a series is missing": "DELETE FROM series_skip",
    "a date skipped for no reason": "UPDATE series_skip SET sentence = ''",
    "a version stood still": f"DELETE FROM version WHERE key = (SELECT space_id FROM booking WHERE id = {FIRM})",
    "acknowledged and lost: Told": f"{AS_IF_BY_NOBODY} DELETE FROM booking WHERE id = {HELD}",
    "acknowledged and lost: Series": f"{AS_IF_BY_NOBODY} DELETE FROM series",
    "acknowledged and never happened": f"{AS_IF_BY_NOBODY} DELETE FROM history WHERE subject_id = {HELD}",
    "acknowledged otherwise: Series": "UPDATE series SET version = version + 1",
    "acknowledged otherwise: Taken": "UPDATE block SET removed_at = now()",
    "acknowledged otherwise: Taken(kind='closure'": "DELETE FROM closure",
    "booked under a closure": "UPDATE closure SET during = (SELECT period FROM booking WHERE title = 'firm')",
    "a key was claimed": "INSERT INTO idempotent_answer (account_id, key, request_hash, status)"
    " SELECT id, 'x', '', 0 FROM account LIMIT 1",
}


@pytest.fixture
async def tell(visit: Callable[..., httpx.AsyncClient], clock: Clockwork) -> Tell:
    """Post something as somebody; what was answered."""

    async def post(who: Person, path: str, **wish: Any) -> dict[str, Any]:
        clock.now += timedelta(seconds=1)
        answer = await visit(who).post(f"/api{path}", json=wish)
        assert answer.status_code in (200, 201), answer.text
        return dict(answer.json())

    return post


@pytest.fixture
async def ledger(tell: Tell, cast: Cast, db: Database) -> Ledger:
    """A firm booking that was moved, a hold, a series that skips the one date that is taken, a block
    that cost somebody a booking, a closure."""
    async with transaction(db) as tx:
        await tx.execute(
            "WITH made AS (INSERT INTO quota (id, incubator_id, name, unit, organisation_minutes, person_minutes)"
            " VALUES (uuidv7(), $1, 'Sale', 'week', 1500, 600) RETURNING id)"
            " UPDATE space SET quota_id = made.id FROM made WHERE space.id = $2",
            cast.las,
            cast.room_l,
        )
    ledger, room, joined = Ledger(), str(cast.room_l), str(cast.room_la)
    firm = await tell(cast.member, "/bookings", **at_(cast.room_l, 8, 10), outright=True, title="firm")
    ledger.keep_booking(firm)
    ledger.keep_booking(await tell(cast.member, f"/bookings/{firm['id']}/reschedule", **hours(8, 12)))
    ledger.keep_booking(await tell(cast.colleague, "/bookings", **at_(cast.room_a, 8, 10)))
    ledger.keep_booking(await tell(cast.stranger, "/bookings", **at_(cast.room_s, 8, 10), outright=True))
    daily = {"first_day": "2026-09-08", "weekdays": [2, 3, 4], "start": "10:00", "length_minutes": 60, "count": 3}
    ledger.keep_series(await tell(cast.member, "/series", space_id=joined, **daily))
    why = {"reason": "Remont", "bookings": "cancel"}
    ledger.keep_block(await tell(cast.coordinator, "/blocks", **at_(cast.room_s, 8, 9), **why))
    ledger.keep_closure(
        await tell(cast.coordinator, "/closures", space_id=room, **hours(14, 16), reason_pl="Remont", bookings="ask")
    )
    return ledger


def hours(start: int, end: int) -> dict[str, str]:
    """Of Tuesday the 8th, on the clock in Warsaw."""
    return {"start": f"2026-09-08T{start:02}:00:00+02:00", "end": f"2026-09-08T{end:02}:00:00+02:00"}


def at_(space_id: UUID, start: int, end: int) -> dict[str, str]:
    return {"space_id": str(space_id), **hours(start, end)}


async def test_a_true_story_is_believed(ledger: Ledger, db: Database) -> None:
    async with transaction(db) as tx:
        assert await reckon(tx, ledger, since=NOW) == []


@pytest.mark.parametrize("complaint", SPOILT)
async def test_what_is_spoilt_is_found(complaint: str, ledger: Ledger, db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute(SPOILT[complaint])
    async with transaction(db) as tx:
        found = await reckon(tx, ledger, since=NOW)
    assert [one for one in found if one.startswith(complaint)], found


async def test_a_deed_that_nobody_asked_for_is_found(ledger: Ledger, tell: Tell, cast: Cast, db: Database) -> None:
    made = await tell(cast.member, "/bookings", **at_(cast.desks[0], 8, 9), outright=True)
    async with transaction(db) as tx:
        assert [f"{cast.member.id} was never told of" in one for one in await reckon(tx, ledger, since=NOW)] == [True]
        # One request without an answer may have become it, and so may have its answer.
        ledger.unanswered_of[cast.member.id] = 1
        assert await reckon(tx, ledger, since=NOW) == []
        ledger.unanswered_of.clear()
        ledger.keep_booking(made)
        assert await reckon(tx, ledger, since=NOW) == []
