"""Take a space out of use for good."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import bump_spaces, space_to_change


class PartOfJoined(Conflict):
    """A room that a joined room still needs. `joined` are the names of these."""

    code = "part_of_joined"
    sentence = N_("This room is a part of: {names}. Retire or change that one first.")

    def __init__(self, joined: list[str]) -> None:
        super().__init__()
        self.joined, self.names = joined, ", ".join(joined)


JOINED = """
SELECT joined.name_pl FROM space_part JOIN space AS joined ON joined.id = space_part.space_id
WHERE space_part.part_id = $1 AND joined.retired_at IS NULL ORDER BY joined.name_pl
"""


async def retire_space(tx: Tx, *, actor: Actor, space_id: UUID, seen: int | None = None, now: datetime) -> None:
    """Nobody can book it any more; its address says that it is gone. What was booked before stands
    until somebody cancels it.

    Raises NoSuchSpace, NotYours, SpaceRetired, ChangedMeanwhile, PartOfJoined.
    """
    row = await space_to_change(tx, actor=actor, space_id=space_id, seen=seen)
    joined = [one["name_pl"] for one in await tx.fetch(JOINED, space_id)]
    if joined:
        raise PartOfJoined(joined)
    await tx.execute("UPDATE space SET retired_at = $2, version = version + 1 WHERE id = $1", space_id, now)
    await tell(tx, actor, now, "retire", of=("space", space_id), gmina_id=row["gmina_id"])
    await bump_spaces(tx, [space_id])
