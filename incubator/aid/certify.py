"""Issue the certificate of a grant: a person approves the draft, and it gets its number."""

from datetime import datetime
from uuid import UUID

from incubator.aid.queries import entry_for
from incubator.aid.views import AidEntryView
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate


class CertifiedAlready(Conflict):
    """It has its number."""

    code = "aid_certified_already"
    sentence = N_("The certificate of this grant is issued already.")


class AidTakenBack(Conflict):
    """There is nothing left to certify."""

    code = "aid_taken_back"
    sentence = N_("This aid was taken back, so there is nothing to certify.")


# The row of the gmina stands for its numbers: one after another, without a gap.
IN_TURN = "SELECT id FROM gmina WHERE id = $1 FOR NO KEY UPDATE"
ISSUE = """
UPDATE aid_certificate SET issued_at = $2, issued_by = $3, number = (
    SELECT coalesce(max(number), 0) + 1 FROM aid_certificate AS other
    WHERE other.gmina_id = aid_certificate.gmina_id AND other.year = aid_certificate.year
) WHERE entry_id = $1 AND number IS NULL RETURNING number
"""


async def certify(tx: Tx, *, actor: Actor, entry_id: UUID, now: datetime) -> AidEntryView:
    """For the coordinator of the gmina that granted. Raises NoSuchAid, NotYours, CertifiedAlready, AidTakenBack."""
    entry = await entry_for(tx, actor=actor, entry_id=entry_id)
    must_coordinate(actor, entry.gmina_id)
    await tx.execute(IN_TURN, entry.gmina_id)
    entry = await entry_for(tx, actor=actor, entry_id=entry_id)
    if entry.reversed or entry.reverses is not None:
        raise AidTakenBack()
    number: int | None = await tx.fetchval(ISSUE, entry_id, now, actor.account_id)
    if number is None:
        raise CertifiedAlready()
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="certify_aid",
        subject_kind="aid",
        subject_id=entry_id,
        gmina_id=entry.gmina_id,
        after={"number": number},
    )
    return await entry_for(tx, actor=actor, entry_id=entry_id)
