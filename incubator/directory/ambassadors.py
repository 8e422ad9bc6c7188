"""The mark of an innovation ambassador: given and withdrawn by a gmina, with the day and the reason."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.entering import enter
from incubator.directory.publish_profile import NotShown
from incubator.directory.reach import profile_at_desk
from incubator.directory.states import State
from incubator.directory.tell import tell_its_people
from incubator.directory.views import AmbassadorView
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell


class AmbassadorAlready(Conflict):
    """It has the mark."""

    code = "ambassador_already"
    sentence = N_("This company is an innovation ambassador already.")


class NoAmbassador(Conflict):
    """It has no mark to withdraw."""

    code = "no_ambassador"
    sentence = N_("This company is not an innovation ambassador.")


GIVE = """
INSERT INTO directory_ambassador (profile_id, gmina_id, reason, given_on, given_by, withdrawn_reason)
VALUES ($1, $2, $3, $4, $5, '') ON CONFLICT DO NOTHING RETURNING id
"""
WITHDRAW = """
UPDATE directory_ambassador SET withdrawn_on = $2, withdrawn_by = $3, withdrawn_reason = $4
WHERE profile_id = $1 AND withdrawn_on IS NULL RETURNING id
"""
COUNT_ON = "UPDATE directory_profile SET version = version + 1 WHERE id = $1"
MARKS = """
SELECT gmina.name AS gmina_name, reason, given_on, withdrawn_on, withdrawn_reason
FROM directory_ambassador JOIN gmina ON gmina.id = gmina_id WHERE profile_id = $1 ORDER BY given_on DESC, directory_ambassador.id DESC
"""


async def name_ambassador(
    tx: Tx, *, actor: Actor, profile_id: UUID, reason: str, seen: int | None = None, now: datetime
) -> None:
    """For the gmina's coordinator, of a company that is shown; it is told. Raises NoSuchCompany, NotYours,
    ChangedMeanwhile, NotShown, AmbassadorAlready."""
    row = await profile_at_desk(tx, actor=actor, profile_id=profile_id, seen=seen)
    if row["state"] != State.PUBLISHED:
        raise NotShown()
    day = now.astimezone(WARSAW).date()
    key = await tx.fetchval(GIVE, profile_id, row["gmina_id"], reason.strip(), day, actor.account_id)
    if key is None:
        raise AmbassadorAlready()
    await _marked(tx, actor=actor, row=row, verb="name_ambassador", mark=key, now=now)
    await tell_its_people(tx, row=row, what="ambassador_named", now=now, reason=reason)


async def withdraw_ambassador(
    tx: Tx, *, actor: Actor, profile_id: UUID, reason: str, seen: int | None = None, now: datetime
) -> None:
    """For the gmina's coordinator; the company is told the reason. Raises NoSuchCompany, NotYours,
    ChangedMeanwhile, NoAmbassador."""
    row = await profile_at_desk(tx, actor=actor, profile_id=profile_id, seen=seen)
    day = now.astimezone(WARSAW).date()
    key = await tx.fetchval(WITHDRAW, profile_id, day, actor.account_id, reason.strip())
    if key is None:
        raise NoAmbassador()
    await _marked(tx, actor=actor, row=row, verb="withdraw_ambassador", mark=key, now=now)
    await tell_its_people(tx, row=row, what="ambassador_withdrawn", now=now, reason=reason)


async def marks_of(tx: Tx, *, profile_id: UUID) -> list[AmbassadorView]:
    """The latest first; those that were withdrawn are history."""
    return [AmbassadorView(**row) for row in await tx.fetch(MARKS, profile_id)]


async def _marked(tx: Tx, *, actor: Actor, row: asyncpg.Record, verb: str, mark: UUID, now: datetime) -> None:
    await tx.execute(COUNT_ON, row["id"])
    await enter(tx, [row["id"]])
    of = ("company", row["id"])
    await tell(tx, actor, now, verb, of=of, gmina_id=row["gmina_id"], after={"ambassador_id": str(mark)})
