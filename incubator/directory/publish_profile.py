"""Show a company to everybody, and hide it again: its owner's to say."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.directory.entering import enter
from incubator.directory.queries import own
from incubator.directory.reach import own_profile
from incubator.directory.states import Because, State
from incubator.directory.tell import tell_coordinators
from incubator.directory.views import OwnProfileView
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell


class HiddenByTheDesk(Conflict):
    """A coordinator hid it; the owner was told why."""

    code = "hidden_by_the_desk"
    sentence = N_("The gmina has hidden this profile. Write to its coordinator to have it shown again.")


class NotShown(Conflict):
    """Only what is shown can be hidden."""

    code = "company_not_shown"
    sentence = N_("This company is not shown in the directory.")


PUBLISH = """
UPDATE directory_profile SET state = 'published', hidden_because = '', withheld_reason = '', publish_at = NULL, confirmed_at = $2,
    reminders = 0, reminded_at = NULL, still_hash = NULL, version = version + 1
WHERE id = $1
"""
HIDE = """
UPDATE directory_profile SET state = 'hidden', hidden_because = $2, publish_at = NULL, version = version + 1 WHERE id = $1
"""


async def publish_profile(
    tx: Tx, *, actor: Actor, organisation_id: UUID, seen: int | None = None, now: datetime
) -> OwnProfileView:
    """For owners; counts as looked through today. The gmina's coordinators are told of who is new.
    Raises NoSuchOrganisation, NotYours, NoSuchCompany, ChangedMeanwhile, HiddenByTheDesk."""
    row = await own_profile(tx, actor=actor, organisation_id=organisation_id, seen=seen)
    if row["hidden_because"] == Because.DESK:
        raise HiddenByTheDesk()
    await tx.execute(PUBLISH, row["id"], now)
    await enter(tx, [row["id"]])
    await tell(tx, actor, now, "publish", of=("company", row["id"]), gmina_id=row["gmina_id"])
    if row["state"] == State.DRAFT:
        await tell_coordinators(tx, row=row, what="company_new", now=now)
    return await own(tx, profile_id=row["id"])


async def hide_profile(
    tx: Tx, *, actor: Actor, organisation_id: UUID, seen: int | None = None, now: datetime
) -> OwnProfileView:
    """For owners. Raises NoSuchOrganisation, NotYours, NoSuchCompany, ChangedMeanwhile, NotShown."""
    row = await own_profile(tx, actor=actor, organisation_id=organisation_id, seen=seen)
    if row["state"] != State.PUBLISHED:
        raise NotShown()
    await tx.execute(HIDE, row["id"], Because.OWNER)
    await enter(tx, [row["id"]])
    await tell(tx, actor, now, "hide", of=("company", row["id"]), gmina_id=row["gmina_id"])
    return await own(tx, profile_id=row["id"])
