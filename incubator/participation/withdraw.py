"""Give up a participation: the participant's own wish, noted by them or by who runs the edition."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.participation.queries import is_own, participation_by_id, participation_for
from incubator.participation.settle import WhyNeeded, settle
from incubator.participation.states import State
from incubator.participation.views import ParticipationView
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_by_id

OPEN = """
SELECT id, edition_id FROM participation
WHERE {whose} AND state IN ('admitted', 'active') ORDER BY edition_id, id
"""
ITS, OWN = "organisation_id = $1", "organisation_id IS NULL AND account_id = $1"


async def withdraw(
    tx: Tx, *, actor: Actor, participation_id: UUID, reason: str = "", now: datetime
) -> ParticipationView:
    """Raises NoSuchParticipation, WhyNeeded, WrongParticipationState."""
    found = await participation_for(tx, actor=actor, participation_id=participation_id)
    if not is_own(actor, found) and not reason.strip():
        raise WhyNeeded()
    return await _withdrawn(tx, actor, found.id, found.edition_id, reason, now)


async def withdraw_organisation(
    tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime
) -> None:
    """What an organisation takes part in ends when it is closed."""
    await _end_all(tx, ITS, organisation_id, actor, now)


async def withdraw_person(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """What somebody takes part in for themself ends when they leave the house."""
    await _end_all(tx, OWN, actor.account_id, actor, now)


async def _end_all(tx: Tx, whose: str, key: UUID, actor: Actor, now: datetime) -> None:
    for row in await tx.fetch(OPEN.format(whose=whose), key):
        await _withdrawn(tx, actor, row["id"], row["edition_id"], "", now)


async def _withdrawn(
    tx: Tx, actor: Actor, participation_id: UUID, edition_id: UUID, reason: str, now: datetime
) -> ParticipationView:
    # The edition first: its place may come back, and who offers places locks it before anything else.
    await edition_by_id(tx, edition_id=edition_id, lock=True)
    found = await participation_by_id(tx, participation_id=participation_id, lock=True)
    return await settle(
        tx, participation=found, to=State.WITHDRAWN, verb="withdraw", actor=actor, reason=reason, now=now
    )
