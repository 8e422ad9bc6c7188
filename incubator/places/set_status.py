"""Open an incubator for booking, or close it until it is opened again."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.catalogue import incubator_by_id
from incubator.places.reach import bump_incubator, incubator_to_change
from incubator.places.states import ALLOWED, Status
from incubator.places.views import IncubatorView


class StatusNotFrom(Conflict):
    """From this status there is no way to that one."""

    code = "status_not_from"
    sentence = N_("An incubator that is {current} cannot become {wanted}.")

    def __init__(self, current: str, wanted: str) -> None:
        super().__init__()
        self.current, self.wanted = current, wanted


async def set_status(
    tx: Tx, *, actor: Actor, incubator_id: UUID, status: Status, seen: int | None = None, now: datetime
) -> IncubatorView:
    """Only in an open incubator can anything be booked; what was booked before stands.

    Raises NoSuchIncubator, NotYours, ChangedMeanwhile, StatusNotFrom.
    """
    row = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id, seen=seen)
    if status not in ALLOWED[Status(row["status"])]:
        raise StatusNotFrom(row["status"], status)
    await tx.execute("UPDATE incubator SET status = $2, version = version + 1 WHERE id = $1", incubator_id, status)
    await tell(
        tx,
        actor,
        now,
        "set_status",
        of=("incubator", incubator_id),
        gmina_id=row["gmina_id"],
        before={"status": row["status"]},
        after={"status": status},
    )
    await bump_incubator(tx, incubator_id)
    return await incubator_by_id(tx, incubator_id=incubator_id, now=now)
