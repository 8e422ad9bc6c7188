"""Take a block back: the time can be booked again, and is offered to who waits for it."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.block import note_block
from incubator.bookings.offer_next import offer_next
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.kernel.period import Period
from incubator.occupancy.release import release
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate


class NoSuchBlock(NotFound):
    """No block with this identifier, or it was taken back before."""

    code = "no_such_block"
    sentence = N_("There is no such block, or it was taken back.")


class BlockIsOver(Conflict):
    """What is over stays as it was, for those who count how spaces were used."""

    code = "block_is_over"
    sentence = N_("This block is over.")


STANDING = """
SELECT space_id, gmina_id, period FROM block WHERE id = $1 AND removed_at IS NULL FOR UPDATE
"""


async def unblock(tx: Tx, *, actor: Actor, block_id: UUID, now: datetime) -> None:
    """Raises NoSuchBlock, BlockIsOver, NotYours."""
    row = await tx.fetchrow(STANDING, block_id)
    if row is None:
        raise NoSuchBlock()
    must_coordinate(actor, row["gmina_id"])
    period = Period(row["period"].lower, row["period"].upper)
    if period.end <= now:
        raise BlockIsOver()
    await tx.execute("UPDATE block SET removed_at = $2 WHERE id = $1", block_id, now)
    await release(tx, subject_id=block_id)
    space_id, gmina_id = row["space_id"], row["gmina_id"]
    await note_block(
        tx, verb="unblock", actor=actor, block_id=block_id, space_id=space_id, gmina_id=gmina_id, period=period, now=now
    )
    await offer_next(tx, space_ids=[space_id], period=period, now=now)
