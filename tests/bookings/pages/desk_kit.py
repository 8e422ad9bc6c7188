"""What the tests of the desk share: a booking, a request, and a browser at the desk in English."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import httpx

from incubator.bookings.hold import hold
from incubator.bookings.queries import booking_for
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, transaction
from incubator.kernel.period import Period
from tests.cast import Cast, Person, acting, change
from tests.conftest import NOW

Visit = Callable[..., httpx.AsyncClient]


async def booked(
    db: Database, who: Person, space_id: UUID, period: Period, *, now: datetime = NOW, **said: object
) -> BookingView:
    """Booked at once, or asked for where the space needs approval."""
    actor = await acting(db, who)
    async with transaction(db) as tx:
        return await hold(tx, actor=actor, space_id=space_id, period=period, outright=True, now=now, **said)  # type: ignore[arg-type]


async def needs_approval(db: Database, *space_ids: UUID) -> None:
    async with transaction(db) as tx:
        for space_id in space_ids:
            await change(tx, space_id, needs_approval=True)


async def standing(db: Database, cast: Cast, booking: BookingView) -> BookingView:
    """How the booking stands now."""
    async with transaction(db) as tx:
        return await booking_for(tx, actor=await acting(db, cast.administrator), booking_id=booking.id)


async def mails(db: Database) -> list[tuple[str, str, str]]:
    """To whom, subject and text of every mail, in order."""
    async with transaction(db) as tx:
        return [
            (row["recipient"], row["subject"], row["text"])
            for row in await tx.fetch("SELECT recipient, subject, text FROM mail ORDER BY id")
        ]


def at_desk(visit: Visit, person: Person) -> httpx.AsyncClient:
    client = visit(person)
    client.headers["accept-language"] = "en"
    return client
