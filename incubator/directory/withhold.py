"""The gmina takes a profile out of sight, with a reason, and lets it back."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.directory.entering import enter
from incubator.directory.hold_back import hold_back
from incubator.directory.publish_profile import PUBLISH, NotShown
from incubator.directory.reach import profile_at_desk
from incubator.directory.states import Because, State
from incubator.directory.tell import tell_its_people, whom_to_ask
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell


class NotWithheld(Conflict):
    """Only what the desk hid can the desk let back."""

    code = "company_not_withheld"
    sentence = N_("The gmina has not hidden this profile.")


WITHHOLD = """
UPDATE directory_profile SET state = 'hidden', hidden_because = 'desk', withheld_reason = $2, publish_at = NULL,
    version = version + 1
WHERE id = $1
"""


async def withhold(
    tx: Tx, *, actor: Actor, profile_id: UUID, reason: str, seen: int | None = None, now: datetime
) -> None:
    """For the gmina's coordinator. The company is told, with the reason, which is kept for it. Raises NoSuchCompany, NotYours,
    ChangedMeanwhile, NotShown."""
    row = await profile_at_desk(tx, actor=actor, profile_id=profile_id, seen=seen)
    if row["state"] not in {State.PUBLISHED, State.WAITING}:
        raise NotShown()
    await tx.execute(WITHHOLD, profile_id, reason.strip())
    await enter(tx, [profile_id])
    await tell(tx, actor, now, "withhold", of=("company", profile_id), gmina_id=row["gmina_id"])
    contacts = await whom_to_ask(tx, row["gmina_id"])
    await tell_its_people(tx, row=row, what="withheld", now=now, reason=reason, contacts=contacts)


async def let_back(tx: Tx, *, actor: Actor, profile_id: UUID, seen: int | None = None, now: datetime) -> None:
    """For the gmina's coordinator. A sole trader who may still object goes on waiting. Raises NoSuchCompany, NotYours,
    ChangedMeanwhile, NotWithheld."""
    row = await profile_at_desk(tx, actor=actor, profile_id=profile_id, seen=seen)
    if row["hidden_because"] != Because.DESK:
        raise NotWithheld()
    await tell(tx, actor, now, "let_back", of=("company", profile_id), gmina_id=row["gmina_id"])
    await tx.execute(PUBLISH, profile_id, now)
    if not await hold_back(tx, profile_ids=[profile_id], now=now):
        await enter(tx, [profile_id])
        await tell_its_people(tx, row=row, what="let_back", now=now)
