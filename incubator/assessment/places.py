"""Places of an edition: `edition.places_taken` counts those offered or admitted, and the constraint
edition_not_overfull is the judge of the last one.

A place that comes back goes to the first of the reserve list in the same transaction. Whoever takes or gives
back a place locks the edition first, so that a decline and the end of an offer make one offer together.
"""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.applications.move import move
from incubator.applications.queries import application_by_id
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.assessment.check_formally import end_of_day
from incubator.assessment.decide import decide
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict


class NoPlaceLeft(Conflict):
    """Every place is offered or taken."""

    code = "no_place_left"
    sentence = N_("Every place of this edition is offered or taken.")


TAKE = "UPDATE edition SET places_taken = places_taken + 1 WHERE id = $1"
GIVE_BACK = "UPDATE edition SET places_taken = places_taken - 1 WHERE id = $1"
# Of an edition that is over nothing is offered any more.
FREE = "SELECT places > places_taken AND state <> 'closed' FROM edition WHERE id = $1 FOR UPDATE"
# By the approved ranking; whoever withdraws in this moment has the row locked, and is no longer on the list.
WAITING = """
SELECT application.id FROM ranking JOIN ranking_row ON ranking_id = ranking.id
JOIN application ON application.id = application_id
WHERE ranking.edition_id = $1 AND approved_at IS NOT NULL AND application.state = 'reserve'
ORDER BY position LIMIT 1
"""
FIRST = f"{WAITING} FOR UPDATE OF application"
DAYS = "SELECT answer_days FROM assessment WHERE edition_id = $1"


async def offer(tx: Tx, *, application: ApplicationView, by: UUID | None, now: datetime) -> ApplicationView:
    """Offer a place, to be answered within the days of the assessment. The caller has the edition and the
    application locked. Raises NoPlaceLeft, WrongApplicationState."""
    moved = await move(tx, application=application, to=State.OFFERED, verb="offer_place", actor_id=by, now=now)
    try:
        await tx.execute(TAKE, application.edition_id)
    except asyncpg.CheckViolationError as error:
        if error.constraint_name == "edition_not_overfull":
            raise NoPlaceLeft() from None
        raise
    until = end_of_day(now, days=await tx.fetchval(DAYS, application.edition_id))
    await decide(tx, application=moved, outcome="offered", by=by, now=now, answer_until=until)
    return moved


async def offer_next(tx: Tx, *, edition_id: UUID, by: UUID | None, now: datetime) -> ApplicationView | None:
    """Offer a free place to the first of the reserve list; None where there is no place, or nobody."""
    if not await tx.fetchval(FREE, edition_id):
        return None
    # A row that another moved while we waited for it drops out; then the next is first.
    while (first := await tx.fetchval(FIRST, edition_id)) is None:
        if await tx.fetchval(WAITING, edition_id) is None:
            return None
    application = await application_by_id(tx, application_id=first, lock=True)
    return await offer(tx, application=application, by=by, now=now)


async def give_back(tx: Tx, *, edition_id: UUID, now: datetime) -> ApplicationView | None:
    """A place that nobody holds any more goes to the next, who is returned. For whoever ends what had it:
    a decline, an offer that ended, a participation that was given up before its time."""
    await tx.execute(GIVE_BACK, edition_id)
    return await offer_next(tx, edition_id=edition_id, by=None, now=now)
