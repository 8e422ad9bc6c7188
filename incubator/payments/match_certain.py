"""Count all transfers whose title names a charge and whose amount is just what is owed."""

import asyncio
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.payments.match_payment import match_payment
from incubator.payments.queries import waited_for
from incubator.payments.queries_bank import bank_lines
from incubator.payments.states import LineState
from incubator.payments.suggest import Suggestion, suggested
from incubator.payments.views import BankLineView
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate

AT_ONCE = 500


async def match_certain(tx: Tx, *, actor: Actor, gmina_id: UUID, now: datetime) -> int:
    """How many were counted. Raises NotYours."""
    must_coordinate(actor, gmina_id)
    counted: set[UUID] = set()
    for line, suggestions in await waiting_lines(tx, gmina_id=gmina_id, limit=AT_ONCE):
        found = certain(suggestions)
        if found is not None and found.charge_id not in counted:
            await match_payment(tx, actor=actor, line_id=line.id, charge_id=found.charge_id, now=now)
            counted.add(found.charge_id)
    return len(counted)


def certain(suggestions: list[Suggestion]) -> Suggestion | None:
    """The one charge that the title names, if its amount fits as well."""
    one = suggestions[0] if len(suggestions) == 1 else None
    return one if one is not None and one.exact and one.why == "number" else None


async def waiting_lines(tx: Tx, *, gmina_id: UUID, limit: int) -> list[tuple[BankLineView, list[Suggestion]]]:
    """Transfers that are counted to nothing yet, each with what it may be for; the latest first."""
    asked = await waited_for(tx, gmina_id=gmina_id)
    lines = await bank_lines(tx, gmina_id=gmina_id, state=LineState.WAITING, limit=limit)
    return list(zip(lines, await asyncio.to_thread(suggested, lines, asked=asked), strict=True))
