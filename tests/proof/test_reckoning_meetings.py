"""The same of meetings, credits, absences and the rooms that are part of something: each thing spoilt is found."""

import pytest

from incubator.db.engine import Database, transaction
from tests.cast import Cast
from tests.conftest import NOW
from tests.credits.cast import put_credit
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import contract, credit, policy
from tests.participation.cast import edition_of
from tests.proof.ledger import Ledger
from tests.proof.reckoning import reckon
from tests.proof.test_reckoning import AS_IF_BY_NOBODY, UNBOUND, Tell, tell

__all__ = ["tell"]
pytestmark = pytest.mark.thorough

ROOM = "(SELECT booking_id FROM meeting WHERE credit_id IS NOT NULL AND state = 'booked')"
WITH_ROOM = "(SELECT id FROM meeting WHERE booking_id IS NOT NULL AND state = 'booked')"
GIVEN = "(SELECT id FROM meeting WHERE stands_in_for IS NOT NULL)"
GONE = "(SELECT id FROM meeting WHERE state = 'cancelled')"
LATER = "tstzrange(lower(period) + interval '1 hour', upper(period) + interval '1 hour')"
OF_A_PROGRAMME = "(SELECT booking_id FROM programme_meeting)"

SPOILT = (
    ("a credit counts wrong", "UPDATE credit SET used = used - 1 WHERE kind = 'mentor_minutes'"),
    ("a credit counts wrong", "UPDATE credit SET used = used + 1 WHERE kind = 'mentor_minutes'"),
    ("a credit counts wrong", "UPDATE credit SET used = used + 1 WHERE kind = 'room_minutes'"),
    (
        "a credit counts wrong",
        "ALTER TABLE credit DROP CONSTRAINT credit_not_exceeded; UPDATE credit SET granted = used - 1 WHERE used > 0",
    ),
    ("a credit counts wrong", "UPDATE credit SET kind = 'desk_days' WHERE used > 0"),
    ("a credit counts wrong", f"UPDATE meeting SET credit_id = NULL WHERE id = {WITH_ROOM}"),
    (
        "a booking draws more than once",
        f"UPDATE booking SET credit_id = (SELECT id FROM credit LIMIT 1) WHERE id = {ROOM}",
    ),
    ("a contract counts meetings wrong", "UPDATE mentor_contract SET used_minutes = used_minutes + 1"),
    (
        "a contract counts meetings wrong",
        "ALTER TABLE mentor_contract DROP CONSTRAINT mentor_budget_not_exceeded; UPDATE mentor_contract SET budget_minutes = used_minutes - 1",
    ),
    ("a month counts meetings wrong", "UPDATE mentoring_use SET minutes = minutes - 1 WHERE minutes > 0"),
    ("a month counts meetings wrong", "DELETE FROM mentoring_use"),
    (
        "a month counts meetings wrong",
        "ALTER TABLE mentoring_use DROP CONSTRAINT mentoring_not_exceeded; UPDATE mentoring_use SET max_minutes = minutes - 1",
    ),
    ("an occupancy is missing", f"DELETE FROM occupancy WHERE subject_id = {WITH_ROOM}"),
    ("an occupancy is missing", f"DELETE FROM occupancy WHERE subject_id = {GIVEN}"),
    ("an occupancy is missing", "DELETE FROM occupancy WHERE subject_id IN (SELECT id FROM mentor_absence)"),
    ("an occupancy is missing", f"DELETE FROM occupancy WHERE subject_id = {OF_A_PROGRAMME}"),
    ("an occupancy without reason", "UPDATE mentor_absence SET removed_at = now()"),
    ("an occupancy without reason", f"UPDATE meeting SET state = 'cancelled' WHERE id = {WITH_ROOM}"),
    (
        "two bookings at once",
        f"UPDATE meeting SET (period, mentor_id) = (SELECT period, mentor_id FROM meeting WHERE id = {WITH_ROOM}) WHERE id = {GIVEN}",
    ),
    (
        "a meeting of a mentor who is away",
        f"{UNBOUND} UPDATE meeting SET mentor_id = stands_in_for, stands_in_for = NULL WHERE id = {GIVEN}",
    ),
    ("a meeting of a mentor who is away", f"UPDATE meeting SET state = 'booked' WHERE id = {GONE}"),
    ("a mentor stands in for themself", f"UPDATE meeting SET stands_in_for = mentor_id WHERE id = {GIVEN}"),
    ("a room has lost its meeting", f"UPDATE booking SET part_of = uuidv7() WHERE id = {ROOM}"),
    ("a room has lost its meeting", f"UPDATE meeting SET period = {LATER} WHERE id = {WITH_ROOM}"),
    ("a room is part of nothing", f"UPDATE meeting SET booking_id = NULL WHERE id = {WITH_ROOM}"),
    ("a room is part of nothing", f"{AS_IF_BY_NOBODY} DELETE FROM meeting WHERE id = {WITH_ROOM}"),
    ("a room is part of nothing", "UPDATE programme_meeting SET booking_id = NULL"),
    ("a meeting of a programme has another's room", f"UPDATE programme_meeting SET booking_id = {ROOM}"),
    ("history tells something else of a meeting", f"UPDATE meeting SET state = 'took_place' WHERE id = {WITH_ROOM}"),
    ("history tells something else of a meeting", f"UPDATE meeting SET mentor_id = stands_in_for WHERE id = {GIVEN}"),
    ("a mentor's version stood still", "DELETE FROM version WHERE key IN (SELECT mentor_id FROM meeting)"),
    ("acknowledged and lost: Told", f"{AS_IF_BY_NOBODY} DELETE FROM meeting WHERE id = {WITH_ROOM}"),
    (
        "acknowledged and never happened",
        f"{AS_IF_BY_NOBODY} DELETE FROM history WHERE subject_id = {WITH_ROOM}",
    ),
    ("acknowledged otherwise: Taken(kind='absence'", "UPDATE mentor_absence SET removed_at = now()"),
    ("acknowledged otherwise: Taken(kind='absence'", "DELETE FROM mentor_absence"),
    ("Taken(kind='absence'", f"{AS_IF_BY_NOBODY} DELETE FROM history WHERE verb = 'be_away'"),
)


@pytest.fixture
async def ledger(tell: Tell, cast: Cast, db: Database) -> Ledger:
    """A meeting with a room on a credit; of a mentor who goes away one that is handed over and one that is called
    off; a room on a credit, and one of a programme."""
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    await contract(db, ewa, 600, "2026-01-01", "2026-12-31")
    await contract(db, ola, 600, "2026-01-01", "2026-12-31")
    await policy(db, cast.niepolomice, organisation=600, person=600)
    await credit(db, cast.acme, 90)
    await put_credit(db, cast.acme, granted=600)
    ledger = Ledger()
    acme = {"organisation_id": str(cast.acme)}
    room = {"space_id": str(cast.room_l), **hours(9, 11), "outright": True, "title": "firm"}
    ledger.keep_booking(await tell(cast.member, "/bookings", **room, **acme))
    with_room = meeting(cast, ewa, 9, space_id=str(cast.room_s), **acme)
    ledger.keep_meeting(await tell(cast.member, "/meetings", **with_room))
    for who, hour in ((cast.resident, 12), (cast.stranger, 14)):
        ledger.keep_meeting(await tell(who, "/meetings", **meeting(cast, ewa, hour)))
    ledger.keep_meeting(await tell(cast.owner, "/meetings", **meeting(cast, ola, 14)))
    away = {**hours(12, 17), "stand_in_id": str(ola.id), "meetings": "settle"}
    ledger.keep_absence(ewa.id, await tell(ewa.person, "/mentors/ewa/absences", **away))
    assert (ledger.answers["hand over", 200], ledger.answers["call off", 200]) == (1, 1)
    edition = await edition_of(db, cast.niepolomice)
    planned = {"name_pl": "Warsztaty", **hours(12, 14), "space_id": str(cast.room_a)}
    await tell(cast.coordinator, f"/editions/{edition}/programme-meetings", **planned)
    return ledger


def hours(start: int, end: int) -> dict[str, str]:
    """Of Friday the 11th, on the clock in Warsaw."""
    return {"start": f"2026-09-11T{start:02}:00:00+02:00", "end": f"2026-09-11T{end:02}:00:00+02:00"}


def meeting(cast: Cast, mentor: MentorAtHand, hour: int, **more: str) -> dict[str, str]:
    place = {"mode": "in_person", "incubator_id": str(cast.las), "topic": "prawo"}
    return {"mentor_id": str(mentor.id), **hours(hour, hour + 1), **place, **more}


async def test_a_true_story_of_meetings_is_believed(ledger: Ledger, cast: Cast, db: Database) -> None:
    """All but what the ledger keeps no account of: what the coordinator has planned."""
    async with transaction(db) as tx:
        (planned,) = await reckon(tx, ledger, since=NOW)
    assert planned.startswith(f"{cast.coordinator.id} was never told of")


@pytest.mark.parametrize(("complaint", "sql"), SPOILT, ids=[f"{turn} {what}" for turn, (what, _) in enumerate(SPOILT)])
async def test_what_is_spoilt_of_meetings_is_found(complaint: str, sql: str, ledger: Ledger, db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute(sql)
    async with transaction(db) as tx:
        found = await reckon(tx, ledger, since=NOW)
    assert [one for one in found if one.startswith(complaint)], found
