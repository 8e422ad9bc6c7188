"""Say what the formal check looks at."""

from datetime import datetime
from uuid import UUID

from incubator.assessment.details import FormalItemDetails
from incubator.assessment.queries import assessment_of
from incubator.assessment.reach import note
from incubator.assessment.set_assessment import to_set_up
from incubator.assessment.views import AssessmentView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run


class CheckingBegun(Conflict):
    """The list stays as it is once an application was checked by it."""

    code = "checking_begun"
    sentence = N_("The formal check has begun, so its list stays as it is.")


class FormalItemsUnclear(Invalid):
    """A list that is too long, or has an item that is not this edition's."""

    code = "formal_items_unclear"
    sentence = N_("The list of the formal check has up to 40 items, each of this edition and each once.")


LEFT_OUT = "DELETE FROM formal_item WHERE edition_id = $1 AND id <> ALL($2::uuid[])"
CHANGE = "UPDATE formal_item SET position = $3, name_pl = $4, name_en = $5 WHERE edition_id = $1 AND id = $2"
ADD = "INSERT INTO formal_item (edition_id, position, name_pl, name_en) VALUES ($1, $2, $3, $4)"
COUNT_ON = "UPDATE assessment SET version = version + 1 WHERE edition_id = $1"


async def set_formal_items(
    tx: Tx,
    *,
    actor: Actor,
    edition_id: UUID,
    items: list[FormalItemDetails],
    seen: int | None = None,
    now: datetime,
) -> AssessmentView:
    """The list, all of it anew and in this order. Raises NoSuchEdition, NotYours, NoCall, ScoringBegun,
    CheckingBegun, FormalItemsUnclear, ChangedMeanwhile."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
    assessment = await to_set_up(tx, edition_id=edition_id, seen=seen)
    if assessment.checking:
        raise CheckingBegun()
    kept = [one.id for one in items if one.id is not None]
    if len(items) > 40 or len(set(kept)) != len(kept) or not {one.id for one in assessment.items}.issuperset(kept):
        raise FormalItemsUnclear()
    await tx.execute(LEFT_OUT, edition_id, kept)
    for position, one in enumerate(items):
        if one.id is None:
            await tx.execute(ADD, edition_id, position, one.name_pl, one.name_en)
        else:
            await tx.execute(CHANGE, edition_id, one.id, position, one.name_pl, one.name_en)
    await tx.execute(COUNT_ON, edition_id)
    await note(
        tx, verb="set_formal_items", edition=edition, actor_id=actor.account_id, now=now, after={"items": len(items)}
    )
    return await assessment_of(tx, edition_id=edition_id)
