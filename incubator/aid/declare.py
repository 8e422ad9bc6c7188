"""A company declares which de minimis aid it and those linked to it were granted elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.aid.dated import limit_on
from incubator.aid.details import Elsewhere, Size
from incubator.aid.queries import standing_of
from incubator.aid.rules import window_from
from incubator.aid.undertakings import lock_undertaking
from incubator.aid.views import StandingView
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.standing import lock_as_owner

MOST = 200


class AidDayOutside(Invalid):
    """A grant that lies ahead, or so far back that it does not count any more."""

    code = "aid_day_outside"
    sentence = N_("Only aid of the years that count belongs here: from {first} to {last}.")

    def __init__(self, first: str, last: str) -> None:
        super().__init__()
        self.first, self.last = first, last


class TooMuchDeclared(Invalid):
    """More grants than a list can hold."""

    code = "too_much_declared"
    sentence = N_("A declaration has room for {most} grants. Please put grants of one provider and day together.")
    most = MOST


WITHDRAW = "UPDATE aid_elsewhere SET withdrawn_at = $2 WHERE organisation_id = $1 AND withdrawn_at IS NULL"
INSERT = """
INSERT INTO aid_elsewhere (id, organisation_id, granted_on, provider, amount_cents, entered_by, entered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
# What is not said of seat and size stays as it was said last.
DECLARE = """
INSERT INTO aid_declaration (id, organisation_id, account_id, declared_at, address, size)
SELECT $1, $2, $3, $4, coalesce(nullif($5, ''), last.address, ''), coalesce(nullif($6, ''), last.size, '')
FROM (SELECT) AS one LEFT JOIN LATERAL (
    SELECT address, size FROM aid_declaration WHERE organisation_id = $2 ORDER BY declared_at DESC LIMIT 1
) AS last ON true
"""
HOME = "SELECT gmina_id FROM organisation WHERE id = $1"


async def declare(
    tx: Tx,
    *,
    actor: Actor,
    organisation_id: UUID,
    elsewhere: Sequence[Elsewhere],
    address: str = "",
    size: Size = "",
    now: datetime,
) -> StandingView:
    """For owners. `elsewhere` is all there is, perhaps nothing; it takes the place of what was declared before, which
    is kept as withdrawn. `address` is the company's seat and `size` its size, as papers on aid have to say them.
    Raises NoSuchOrganisation, NotYours, AidDayOutside, TooMuchDeclared, NoAidLimit."""
    await lock_as_owner(tx, actor=actor, organisation_id=organisation_id)
    today = now.astimezone(WARSAW).date()
    first = window_from(today, (await limit_on(tx, day=today)).years)
    if len(elsewhere) > MOST:
        raise TooMuchDeclared()
    if not all(first <= one.granted_on <= today for one in elsewhere):
        raise AidDayOutside(first.isoformat(), today.isoformat())
    await lock_undertaking(tx, organisation_id=organisation_id)
    await tx.execute(WITHDRAW, organisation_id, now)
    rows = [
        (uuid7(), organisation_id, one.granted_on, one.provider, one.amount_cents, actor.account_id, now)
        for one in elsewhere
    ]
    await tx.executemany(INSERT, rows)
    key = uuid7()
    await tx.execute(DECLARE, key, organisation_id, actor.account_id, now, address, size)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="declare_aid",
        subject_kind="organisation",
        subject_id=organisation_id,
        gmina_id=await tx.fetchval(HOME, organisation_id),
        after={"grants": len(rows), "amount_cents": sum(one.amount_cents for one in elsewhere)},
    )
    return await standing_of(tx, organisation_id=organisation_id, now=now)
