"""Close a space, an incubator or a whole gmina for a while, and say why.

Closing cancels nothing: what is booked under a closure is listed, and asked about, by bookings.
"""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import (
    bump_gmina,
    bump_incubator,
    bump_spaces,
    gmina_to_change,
    incubator_to_change,
    space_to_change,
)
from incubator.places.views import ClosureView


class ClosureIsOver(Invalid):
    """A closure that ends before it is made."""

    code = "closure_is_over"
    sentence = N_("A closure has to end in the future.")


class ClosureNeedsReason(Invalid):
    """A closure that tells nobody why."""

    code = "closure_needs_reason"
    sentence = N_("Say why it is closed: people will ask.")


CLOSE = """
INSERT INTO closure (gmina_id, incubator_id, space_id, during, reason_pl, reason_en, created_by, created_at)
VALUES ($1, $2, $3, tstzrange($4, $5), $6, $7, $8, $9) RETURNING id
"""


async def close(
    tx: Tx,
    *,
    actor: Actor,
    gmina_id: UUID | None = None,
    incubator_id: UUID | None = None,
    space_id: UUID | None = None,
    period: Period,
    reason_pl: str,
    reason_en: str = "",
    now: datetime,
) -> ClosureView:
    """Name one: a space, an incubator or a gmina. Nothing under it can be booked in `period`.

    Raises NoSuchSpace, NoSuchIncubator, NoSuchGmina, NotYours, SpaceRetired, ClosureIsOver,
    ClosureNeedsReason.
    """
    where = await _scope(tx, actor, gmina_id, incubator_id, space_id)
    if period.end <= now:
        raise ClosureIsOver()
    if not reason_pl.strip():
        raise ClosureNeedsReason()
    closure_id = await tx.fetchval(CLOSE, *where, period.start, period.end, reason_pl, reason_en, actor.account_id, now)
    gmina, incubator, space = where
    after = {"incubator_id": incubator, "space_id": space, "start": period.start, "end": period.end}
    await tell(tx, actor, now, "close", of=("closure", closure_id), gmina_id=gmina, after=after)
    await bump_under(tx, *where)
    return ClosureView(
        id=closure_id,
        gmina_id=gmina,
        incubator_id=incubator,
        space_id=space,
        start=period.start,
        end=period.end,
        reason_pl=reason_pl,
        reason_en=reason_en,
    )


async def bump_under(tx: Tx, gmina_id: UUID, incubator_id: UUID | None, space_id: UUID | None) -> None:
    """Say that every space under a closure changed."""
    if space_id is not None:
        await bump_spaces(tx, [space_id])
    elif incubator_id is not None:
        await bump_incubator(tx, incubator_id)
    else:
        await bump_gmina(tx, gmina_id)


async def _scope(
    tx: Tx, actor: Actor, gmina_id: UUID | None, incubator_id: UUID | None, space_id: UUID | None
) -> tuple[UUID, UUID | None, UUID | None]:
    if space_id is not None:
        row = await space_to_change(tx, actor=actor, space_id=space_id)
        return row["gmina_id"], row["incubator_id"], space_id
    if incubator_id is not None:
        row = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id)
        return row["gmina_id"], incubator_id, None
    assert gmina_id is not None, "a closure is of a space, an incubator or a gmina"
    await gmina_to_change(tx, actor=actor, gmina_id=gmina_id)
    return gmina_id, None, None
