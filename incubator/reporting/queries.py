"""What the bundle achieves, narrowed by who asks."""

from collections.abc import Sequence
from uuid import UUID

from incubator.bookings.use import use_of_places
from incubator.db.engine import Tx
from incubator.kernel.alphabet import alphabetical
from incubator.people.actor import Actor
from incubator.places.inventory import inventory
from incubator.reporting.rules import Days
from incubator.reporting.use import Report, report_of


async def use_of_all(tx: Tx, *, actor: Actor, days: Days) -> Report:
    """Every gmina for the metropolis office, their own for a coordinator, in the order of the
    alphabet. Who neither coordinates a gmina nor administers the house sees no small counts."""
    sees_all = actor.is_office or actor.is_administrator
    return await _report(tx, actor=actor, days=days, gmina_ids=None if sees_all else list(actor.coordinates))


async def use_of_own(tx: Tx, *, actor: Actor, days: Days) -> Report:
    """The gminas that the asker coordinates; every gmina for the administrator."""
    gmina_ids = None if actor.is_administrator else list(actor.coordinates)
    return await _report(tx, actor=actor, days=days, gmina_ids=gmina_ids)


async def _report(tx: Tx, *, actor: Actor, days: Days, gmina_ids: Sequence[UUID] | None) -> Report:
    gminas = await inventory(tx, gmina_ids=gmina_ids, span=days.span)
    uses, users = await use_of_places(tx, gmina_ids=gmina_ids, first=days.first, last=days.last)
    own = frozenset(gmina.id for gmina in gminas) if actor.is_administrator else actor.coordinates
    ordered = sorted(gminas, key=lambda gmina: alphabetical(gmina.name))
    return report_of(days=days, gminas=ordered, uses=uses, users=users, own=own)
