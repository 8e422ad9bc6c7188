"""Say who may book a space, when, and for how long."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.details import SpaceRules, differences, picked
from incubator.places.reach import bump_spaces, space_to_change
from incubator.places.rules import check_ahead, check_audience, check_lengths
from incubator.places.saving import update
from incubator.places.views import SpaceView


class NoSuchQuota(NotFound):
    """No quota of this incubator has this identifier."""

    code = "no_such_quota"
    sentence = N_("There is no such quota in this incubator.")


async def set_rules(
    tx: Tx, *, actor: Actor, space_id: UUID, rules: SpaceRules, seen: int | None = None, now: datetime
) -> SpaceView:
    """The rules count from now on; bookings made before them stand.

    Raises NoSuchSpace, NotYours, SpaceRetired, ChangedMeanwhile, and what `must_make_sense` raises.
    """
    row = await space_to_change(tx, actor=actor, space_id=space_id, seen=seen)
    await must_make_sense(tx, incubator_id=row["incubator_id"], rules=rules)
    before, after = differences(picked(row, SpaceRules), rules)
    await update(tx, "space", space_id, rules)
    await tell(
        tx, actor, now, "set_rules", of=("space", space_id), gmina_id=row["gmina_id"], before=before, after=after
    )
    await bump_spaces(tx, [space_id])
    return await space_by_id(tx, space_id=space_id)


async def must_make_sense(tx: Tx, *, incubator_id: UUID, rules: SpaceRules) -> None:
    """Raises GridDoesNotDivide, LengthsCross, NeverBookable, NobodyWelcome, NoSuchQuota."""
    check_lengths(
        grid_minutes=rules.grid_minutes,
        shortest_minutes=rules.shortest_minutes,
        longest_minutes=rules.longest_minutes,
    )
    check_ahead(lead_minutes=rules.lead_minutes, horizon_days=rules.horizon_days)
    check_audience(rules.audience)
    if rules.quota_id is not None and not await tx.fetchval(
        "SELECT true FROM quota WHERE id = $1 AND incubator_id = $2", rules.quota_id, incubator_id
    ):
        raise NoSuchQuota()
