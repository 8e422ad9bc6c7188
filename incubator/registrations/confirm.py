"""Take the seats that are offered: who waited, and who came by mail address alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Gone
from incubator.registrations.place import StallTaken
from incubator.registrations.queries import locked_registration
from incubator.registrations.rules import NoSuchStall
from incubator.registrations.settle import RegistrationOver, settle
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView

STALLS = """
UPDATE ticket SET stall_id = chosen.stall_id
FROM (
    SELECT ticket.id, stall.id AS stall_id
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS turn FROM ticket WHERE registration_id = $1) AS ticket
    JOIN unnest($2::uuid[]) WITH ORDINALITY AS wish (id, turn) USING (turn)
    JOIN session_stall AS stall ON stall.id = wish.id AND stall.session_id = $3
) AS chosen WHERE ticket.id = chosen.id RETURNING 1
"""


# Who waited was told of the line, not yet of the seat; with that mail go the tickets of colleagues.
UNTOLD = "UPDATE registration SET told = -1 WHERE id = $1"


class OfferLapsed(Gone):
    """The offer was not taken in time."""

    code = "seat_offer_lapsed"
    sentence = N_("This offer is over. You can register again, or join the waiting list, while registration is open.")


async def confirm(
    tx: Tx, *, registration_id: UUID, stalls: Sequence[UUID] = (), actor_id: UUID | None = None, now: datetime
) -> RegistrationView:
    """The registration, registered; once more is fine. `stalls` are for its tickets, in order. Whoever asks has the
    link or is the person. Raises NoSuchRegistration, OfferLapsed, RegistrationOver, NoSuchStall, StallTaken."""
    found = await locked_registration(tx, registration_id=registration_id)
    if found.state == State.REGISTERED:
        return found
    if found.state == State.LAPSED or (found.offered_until is not None and found.offered_until <= now):
        raise OfferLapsed()
    if found.state != State.OFFERED:
        raise RegistrationOver()
    if stalls:
        await _choose(tx, found, stalls)
    view = await settle(
        tx, registration=found, to=State.REGISTERED, verb="confirm", actor_id=actor_id or found.account_id, now=now
    )
    await tx.execute(UNTOLD, found.id)
    return replace(view, told=-1)


async def _choose(tx: Tx, found: RegistrationView, stalls: Sequence[UUID]) -> None:
    if len(set(stalls)) < len(stalls):
        raise NoSuchStall()
    try:
        async with tx.transaction():
            chosen = await tx.fetch(STALLS, found.id, list(stalls), found.session_id)
    except asyncpg.UniqueViolationError:
        raise StallTaken() from None
    if len(chosen) < len(stalls):
        raise NoSuchStall()
