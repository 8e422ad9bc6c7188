"""The gmina takes a profile out of sight, with a reason, and lets it back."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.directory.entering import enter
from incubator.directory.publish_profile import HIDE, PUBLISH, NotShown
from incubator.directory.reach import profile_at_desk
from incubator.directory.rules import OBJECTION
from incubator.directory.states import Because, State
from incubator.directory.tell import tell_its_people
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell


class NotWithheld(Conflict):
    """Only what the desk hid can the desk let back."""

    code = "company_not_withheld"
    sentence = N_("The gmina has not hidden this profile.")


WAIT_ON = """
UPDATE directory_profile SET state = 'waiting', hidden_because = '', publish_at = $2, version = version + 1 WHERE id = $1
"""


async def withhold(
    tx: Tx, *, actor: Actor, profile_id: UUID, reason: str, seen: int | None = None, now: datetime
) -> None:
    """For the gmina's coordinator. The company is told, with the reason. Raises NoSuchCompany, NotYours,
    ChangedMeanwhile, NotShown."""
    row = await profile_at_desk(tx, actor=actor, profile_id=profile_id, seen=seen)
    if row["state"] not in {State.PUBLISHED, State.WAITING}:
        raise NotShown()
    await tx.execute(HIDE, profile_id, Because.DESK)
    await enter(tx, [profile_id])
    await tell(tx, actor, now, "withhold", of=("company", profile_id), gmina_id=row["gmina_id"])
    await tell_its_people(tx, row=row, what="withheld", now=now, reason=reason)


async def let_back(tx: Tx, *, actor: Actor, profile_id: UUID, seen: int | None = None, now: datetime) -> None:
    """For the gmina's coordinator. A sole trader who may still object goes on waiting. Raises NoSuchCompany, NotYours,
    ChangedMeanwhile, NotWithheld."""
    row = await profile_at_desk(tx, actor=actor, profile_id=profile_id, seen=seen)
    if row["hidden_because"] != Because.DESK:
        raise NotWithheld()
    await tell(tx, actor, now, "let_back", of=("company", profile_id), gmina_id=row["gmina_id"])
    shown_on = (row["told_at"] or now) + OBJECTION
    if row["source"] and row["sole_trader"] and shown_on > now:
        await tx.execute(WAIT_ON, profile_id, shown_on)
        return
    await tx.execute(PUBLISH, profile_id, now)
    await enter(tx, [profile_id])
    await tell_its_people(tx, row=row, what="let_back", now=now)
