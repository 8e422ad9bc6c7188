"""An address of every kind of feed there is, with something in it: what the checker goes through."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from incubator.bookings.series_choice import Which
from incubator.bookings.series_rules import Pattern
from incubator.db.engine import Database, transaction
from tests.bookings.test_change_series import alter, drop
from tests.bookings.test_series import again
from tests.calendars.conftest import Book, new_feed, put_block
from tests.cast import Cast
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import met, order
from tests.moments import TUESDAY, on, tuesday

HOSTILE = 'Rada; "gminy", część\\n<b>2</b> 😀 \u202eעברית\r\nEND:VEVENT'
THURSDAYS = Pattern(first_day=TUESDAY, weekdays=(2, 4), start_minute=900, length_minutes=60, count=20)


@dataclass(frozen=True, slots=True)
class World:
    """Where something of everything is going on."""

    db: Database
    cast: Cast


Address = Callable[[World], Awaitable[str]]


async def space(world: World) -> str:
    return f"/calendars/spaces/{world.cast.room_l}.ics"


async def incubator(_: World) -> str:
    return "/calendars/incubators/las.ics"


async def personal(world: World) -> str:
    return f"/calendars/personal/{(await new_feed(world.db, world.cast.member)).secret}.ics"


ADDRESSES: dict[str, Address] = {"spaces": space, "incubators": incubator, "personal": personal}
"""By the kind of feed. A new kind needs a line here: the checker says so."""


async def a_world(db: Database, cast: Cast, book: Book) -> World:
    """Bookings with every sort of text, a series over the change of clocks with a date moved, one called off and one
    renamed, a block, and meetings with a mentor."""
    async with transaction(db) as tx:
        await tx.execute("UPDATE incubator SET latitude = 50.0345, longitude = 20.217 WHERE slug = 'las'")
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title=HOSTILE)
    await book(cast.member, cast.room_l, tuesday("12:00", "13:00"), organisation_id=cast.acme, title="żółć " * 40)
    await put_block(db, cast, cast.room_l, tuesday("08:00", "09:00"))
    series = await again(db, cast.member, cast.room_l, THURSDAYS, organisation_id=cast.acme, title="Stand-up")
    await alter(db, cast.member, series, Which.THIS, 3, start_minute=960)
    await alter(db, cast.member, series, Which.THIS, 4, title=HOSTILE)
    await drop(db, cast.member, series, Which.THIS, 5)
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme))
    await met(db, cast.member, order(ewa, cast, on(TUESDAY, "13:00", "14:00"), mode="online"))
    return World(db, cast)
