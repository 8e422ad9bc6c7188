"""Whose calendars they are, and who may change them: a mentor their own, a coordinator those of mentors and spaces of
their gmina."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, NotFound
from incubator.mentoring.reach import Change, mentor_to_change, told
from incubator.outside.keep import calendar_locked
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.places.reach import space_to_change

ABOUT = N_("calendars kept elsewhere")


class NoSuchCalendar(NotFound):
    """No calendar with this identifier that the asker may know of, or it was removed."""

    code = "no_such_outside_calendar"
    sentence = N_("There is no such calendar, or it was removed.")


@dataclass(frozen=True, slots=True)
class Owner:
    """A mentor or a space, its row locked."""

    row: asyncpg.Record
    mentor_id: UUID | None
    space_id: UUID | None

    @property
    def gmina_id(self) -> UUID:
        found: UUID = self.row["gmina_id"]
        return found


async def owner_to_change(
    tx: Tx, *, actor: Actor, mentor_id: UUID | None = None, space_id: UUID | None = None
) -> Owner:
    """One of the two is given. Raises NoSuchMentor, MentorRetired, NoSuchSpace, SpaceRetired, NotYours."""
    if mentor_id is not None:
        return Owner(await mentor_to_change(tx, actor=actor, mentor_id=mentor_id), mentor_id, None)
    assert space_id is not None
    return Owner(await space_to_change(tx, actor=actor, space_id=space_id), None, space_id)


async def calendar_to_change(tx: Tx, *, actor: Actor, calendar_id: UUID) -> tuple[asyncpg.Record, Owner]:
    """Raises NoSuchCalendar, also for somebody else's; MentorRetired, SpaceRetired."""
    # The owner first, as in all that is added, so that nobody waits in a ring.
    whose = await tx.fetchrow("SELECT mentor_id, space_id FROM outside_calendar WHERE id = $1", calendar_id)
    if whose is None:
        raise NoSuchCalendar()
    try:
        owner = await owner_to_change(tx, actor=actor, mentor_id=whose["mentor_id"], space_id=whose["space_id"])
    except NotYours:
        raise NoSuchCalendar() from None
    row = await calendar_locked(tx, calendar_id=calendar_id)
    if row is None:
        raise NoSuchCalendar()
    return row, owner


async def note(tx: Tx, *, actor: Actor, owner: Owner, verb: str, now: datetime) -> None:
    """History, without name or address; and a mail to the mentor where it was somebody else."""
    if owner.mentor_id is not None:
        await told(tx, actor=actor, row=owner.row, change=Change(verb=verb, about=ABOUT), now=now)
        return
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind="space",
        subject_id=owner.row["id"],
        gmina_id=owner.gmina_id,
    )
