"""Say that a profile is still right: by the link of a reminder, or signed in."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.entering import enter
from incubator.directory.publish_profile import PUBLISH, HiddenByTheDesk
from incubator.directory.queries import own
from incubator.directory.reach import own_profile
from incubator.directory.states import Because, State
from incubator.directory.views import OwnProfileView
from incubator.kernel.errors import N_, Gone
from incubator.kernel.ids import digest
from incubator.people.actor import Actor
from incubator.people.telling import tell


class LinkOver(Gone):
    """The link was used, or a later one was sent."""

    code = "directory_link_over"
    sentence = N_("This link is used up. Everything is done, or a later mail has a newer link.")


BY_LINK = "SELECT * FROM directory_profile WHERE still_hash = $1"
RIGHT = """
UPDATE directory_profile SET confirmed_at = $2, reminders = 0, reminded_at = NULL, still_hash = NULL, version = version + 1
WHERE id = $1
"""


async def asked_by(tx: Tx, *, secret: str) -> OwnProfileView:
    """The profile that the link asks about. Raises LinkOver."""
    return await own(tx, profile_id=(await _by_link(tx, secret, lock=False))["id"])


async def confirm_by_link(tx: Tx, *, secret: str, now: datetime) -> OwnProfileView:
    """Whoever has the link may; what was hidden for its age is shown again. Raises LinkOver, HiddenByTheDesk."""
    row = await _by_link(tx, secret, lock=True)
    return await _right(tx, row, now, None)


async def confirm_profile(
    tx: Tx, *, actor: Actor, organisation_id: UUID, seen: int | None = None, now: datetime
) -> OwnProfileView:
    """For owners. Raises NoSuchOrganisation, NotYours, NoSuchCompany, ChangedMeanwhile, HiddenByTheDesk."""
    row = await own_profile(tx, actor=actor, organisation_id=organisation_id, seen=seen)
    return await _right(tx, row, now, actor)


async def _by_link(tx: Tx, secret: str, *, lock: bool) -> asyncpg.Record:
    row = await tx.fetchrow(f"{BY_LINK} FOR UPDATE" if lock else BY_LINK, digest(secret))
    if row is None:
        raise LinkOver()
    return row


async def _right(tx: Tx, row: asyncpg.Record, now: datetime, actor: Actor | None) -> OwnProfileView:
    if row["hidden_because"] == Because.DESK:
        raise HiddenByTheDesk()
    stale = row["state"] == State.HIDDEN and row["hidden_because"] == Because.STALE
    await tx.execute(PUBLISH if stale else RIGHT, row["id"], now)
    await enter(tx, [row["id"]])
    await tell(tx, actor, now, "confirm", of=("company", row["id"]), gmina_id=row["gmina_id"])
    return await own(tx, profile_id=row["id"])
