"""Any free desk of a zone: people want a place to sit, not a number."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.bookings.hold import hold
from incubator.bookings.place import SlotTaken
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Forbidden, Invalid, NotFound
from incubator.kernel.period import Period
from incubator.people.actor import Actor


class NoSuchZone(NotFound):
    """No zone with this identifier, or none of its desks can be booked."""

    code = "no_such_desk_zone"
    sentence = N_("This zone does not exist, or has no desks to book.")


@dataclass(eq=False)
class NoFreeDesk(Conflict):
    """Every desk of the zone is taken for some of this time. `suggestions` are free times nearby."""

    code = "no_free_desk"
    sentence = N_("All desks of this zone are taken at this time.")
    zone_id: UUID
    period: Period
    suggestions: list[Any] = field(default_factory=list)


# Desks that look free come first, in an order of chance, so that many who come at once do not all
# reach for the same desk. The others follow: what looks taken may be a change that is being undone.
# Rows of a resource never overlap: of those that start before the end, the last reaches furthest.
# $1 zone, $2 start, $3 end, $4 now.
DESKS = """
SELECT space.id FROM space JOIN incubator ON incubator.id = space.incubator_id
WHERE space.zone_id = $1 AND space.retired_at IS NULL AND incubator.status = 'open'
ORDER BY EXISTS (
    SELECT FROM space_resource CROSS JOIN LATERAL (
        SELECT upper(during) AS ends FROM occupancy
        WHERE occupancy.resource_id = space_resource.resource_id
            AND lower(during) < $3::timestamptz + space.turnaround_minutes * interval '1 minute'
            AND (expires_at IS NULL OR expires_at > $4)
        ORDER BY lower(during) DESC LIMIT 1
    ) AS last WHERE space_resource.space_id = space.id AND last.ends > $2
), random()
"""


async def any_desk(
    tx: Tx,
    *,
    actor: Actor,
    zone_id: UUID,
    period: Period,
    organisation_id: UUID | None = None,
    title: str = "",
    note: str = "",
    outright: bool = False,
    now: datetime,
) -> BookingView:
    """Hold (or book `outright`) one desk of the zone. Each desk is tried until one can be had, so of
    N people for M desks exactly M get one, whatever the order.

    Raises NoFreeDesk when all are taken, NoSuchZone, and what `hold` raises where a rule forbids
    every desk that was not taken.
    """
    desks = await tx.fetch(DESKS, zone_id, period.start, period.end, now)
    if not desks:
        raise NoSuchZone()
    refusal: Invalid | Forbidden | None = None
    for desk in desks:
        try:
            return await hold(
                tx,
                actor=actor,
                space_id=desk["id"],
                period=period,
                organisation_id=organisation_id,
                title=title,
                note=note,
                outright=outright,
                now=now,
            )
        except SlotTaken:
            continue
        except (Invalid, Forbidden) as error:  # a rule of this desk; another may have kinder ones
            refusal = error
    raise refusal or NoFreeDesk(zone_id, period)
