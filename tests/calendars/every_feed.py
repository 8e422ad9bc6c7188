"""An address of every kind of feed there is, with something in it: what the checker goes through."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from incubator.bookings.series_choice import Which
from incubator.bookings.series_rules import Pattern
from incubator.calendars.make_feed import make_feed
from incubator.calendars.rights import Kind
from incubator.db.engine import Database, statement, transaction
from tests.bookings.test_change_series import alter, drop
from tests.bookings.test_series import again
from tests.calendars.conftest import Book, new_feed, put_block
from tests.cast import Cast, Person, acting
from tests.exchanges.cast import a_session
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import met, order
from tests.moments import NOW, TUESDAY, on, tuesday
from tests.programmes.acts import an_edition

HOSTILE = 'Rada; "gminy", część\\n<b>2</b> 😀 \u202eעברית\r\nEND:VEVENT'
THURSDAYS = Pattern(first_day=TUESDAY, weekdays=(2, 4), start_minute=900, length_minutes=60, count=20)


@dataclass(frozen=True, slots=True)
class World:
    """Where something of everything is going on."""

    db: Database
    cast: Cast
    ewa: MentorAtHand


Address = Callable[[World], Awaitable[str]]


async def space(world: World) -> str:
    return f"/calendars/spaces/{world.cast.room_l}.ics"


async def incubator(_: World) -> str:
    return "/calendars/incubators/las.ics"


async def personal(world: World) -> str:
    return f"/calendars/personal/{(await new_feed(world.db, world.cast.member)).secret}.ics"


async def secret(world: World, who: Person, kind: Kind, subject: UUID) -> str:
    actor = await acting(world.db, who)
    async with transaction(world.db) as tx:
        made = await make_feed(tx, actor=actor, name="x", kind=kind, subject_id=subject, now=NOW)
    return made.path


async def gmina(_: World) -> str:
    return "/calendars/gminas/niepolomice.ics"


async def metropolis(_: World) -> str:
    return "/calendars/metropolis/all.ics"


async def mentor(_: World) -> str:
    return "/calendars/mentors/ewa.ics"


async def edition(world: World) -> str:
    key = await an_edition(world.db, world.cast)
    await a_session(world.db, world.cast.niepolomice, edition_id=key)
    async with statement(world.db) as tx:
        slugs = await tx.fetchval(
            "SELECT programme.slug || '/' || edition.slug FROM edition JOIN programme ON programme.id = programme_id"
            " WHERE edition.id = $1",
            key,
        )
    return f"/calendars/editions/{slugs}.ics"


async def programme(world: World) -> str:
    return f"/calendars/programmes/{(await edition(world)).split('/')[3]}.ics"


async def sessions(world: World) -> str:
    await a_session(world.db, world.cast.niepolomice)
    await a_session(world.db, None, state="cancelled")
    return "/calendars/sessions/all.ics"


async def organisation(world: World) -> str:
    return await secret(world, world.cast.member, Kind.ORGANISATION, world.cast.acme)


async def own_mentor(world: World) -> str:
    return await secret(world, world.ewa.person, Kind.MENTOR, world.ewa.id)


async def desk(world: World) -> str:
    return await secret(world, world.cast.coordinator, Kind.DESK, world.cast.niepolomice)


ADDRESSES: dict[str, Address] = {
    "spaces": space,
    "incubators": incubator,
    "gminas": gmina,
    "metropolis": metropolis,
    "mentors": mentor,
    "programmes": programme,
    "editions": edition,
    "sessions": sessions,
    "personal": personal,
    "organisation": organisation,
    "mentor": own_mentor,
    "desk": desk,
}
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
    return World(db, cast, ewa)
