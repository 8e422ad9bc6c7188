"""End the meetings that a person, or an organisation, has coming, when they leave the house for good. No window
stops it, for nobody can be kept."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mentoring.queries import meetings_locked
from incubator.mentoring.save import called_off
from incubator.mentoring.states import Side, State
from incubator.mentoring.tell import News, tell
from incubator.people.actor import Actor

COMING = "SELECT meeting.id FROM meeting {join} WHERE {whose} AND state = 'booked' AND lower(period) > $2"
OWN = COMING.format(join="", whose="account_id = $1 AND organisation_id IS NULL")
GIVEN = COMING.format(join="JOIN mentor ON mentor.id = mentor_id", whose="mentor.account_id = $1").replace(
    "AND state", "AND meeting.state"
)
ITS = COMING.format(join="", whose="organisation_id = $1")
# A record that is locked lets words go and nothing else (trigger `meeting_record_is_locked`).
EMPTY = (
    "UPDATE meeting SET question = '', outcome = '', reason = '' WHERE account_id = $1 AND organisation_id IS NULL",
    "DELETE FROM meeting_note WHERE account_id = $1",
)


async def forget_meetings(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """Call off the person's private meetings and those that they give as a mentor, and empty what they wrote. Rows
    stay, so that sums do."""
    for which, side in ((OWN, Side.STARTUP), (GIVEN, Side.MENTOR)):
        await _end(tx, which=which, key=actor.account_id, side=side, actor=actor, now=now)
    for statement in EMPTY:
        await tx.execute(statement, actor.account_id)


async def wind_up_meetings(
    tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime
) -> None:
    """Call off an organisation's coming meetings; the mentors are told, and those of its members who booked."""
    await _end(tx, which=ITS, key=organisation_id, side=Side.STARTUP, actor=actor, now=now, members=members)


async def _end(
    tx: Tx,
    *,
    which: str,
    key: UUID,
    side: Side,
    actor: Actor,
    now: datetime,
    members: Collection[UUID] = (),
) -> None:
    ids = [row["id"] for row in await tx.fetch(which, key, now)]
    for meeting in await meetings_locked(tx, meeting_ids=ids):
        if meeting.state != State.BOOKED:
            continue
        off = await called_off(tx, meeting=meeting, side=side, reason="", actor_id=actor.account_id, now=now)
        # By now nobody belongs to a closed organisation: who did is told as of a meeting of their own.
        told = replace(off, organisation_id=None) if off.account_id in members else off
        await tell(tx, view=told, what=News.CANCELLED, by=actor, now=now)
