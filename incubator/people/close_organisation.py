"""Close an organisation: what it has coming is cancelled, nobody belongs to it any more, and the row
stays for what was."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.people.actor import Actor
from incubator.people.elsewhere import Elsewhere
from incubator.people.standing import lock_as_owner

# The NIP stays with what was; it is unique among open organisations, so the company may come again.
CLOSE = "UPDATE organisation SET closed_at = $2, version = version + 1 WHERE id = $1"
INVITATIONS = """
UPDATE invitation SET withdrawn_at = $2
WHERE organisation_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL
"""
MEMBERS = "DELETE FROM membership WHERE organisation_id = $1 RETURNING account_id"


async def close_organisation(
    tx: Tx, *, actor: Actor, organisation_id: UUID, elsewhere: Elsewhere, now: datetime
) -> None:
    """For owners. Raises NoSuchOrganisation, NotYours, and what `elsewhere.on_closing` raises."""
    await lock_as_owner(tx, actor=actor, organisation_id=organisation_id)
    # First of all nobody belongs to it: a booking that is being made waits for this and is refused, or
    # was there before and is seen by what follows.
    members = [row["account_id"] for row in await tx.fetch(MEMBERS, organisation_id)]
    for _, wind_up in elsewhere.on_closing:
        await wind_up(tx, actor=actor, organisation_id=organisation_id, members=members, now=now)
    await tx.execute(INVITATIONS, organisation_id, now)
    await tx.execute(CLOSE, organisation_id, now)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="close",
        subject_kind="organisation",
        subject_id=organisation_id,
        before={"members": len(members)},
    )
    await bump(tx, [organisation_id, *members])
