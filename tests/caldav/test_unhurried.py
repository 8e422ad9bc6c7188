"""A calendar of thousands is listed in steps, and others are served between them."""

from dataclasses import replace
from uuid import UUID

from incubator.caldav import names
from incubator.caldav.asked import Wanted
from incubator.caldav.find import things_told
from incubator.caldav.reply import multi
from incubator.caldav.shelves import Shelves
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.write import Entry
from incubator.db.engine import Database, snapshot
from incubator.kernel.unhurried import BREATH
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday
from tests.turns import another

STEPS = 5


async def test_others_have_their_turn_while_a_large_calendar_is_listed(cast: Cast, db: Database) -> None:
    async def many(_telling: Telling, _subjects: Subjects) -> list[tuple[UUID, Entry]]:
        keys = [UUID(int=number + 1) for number in range(STEPS * BREATH)]
        return [
            (key, Entry(uid=str(key), period=tuesday("10:00", "11:00"), summary="", changed_at=NOW)) for key in keys
        ]

    actor = await acting(db, cast.member)
    async with snapshot(db) as tx:
        shelves = Shelves(tx, actor, "https://x.example", NOW)
        place = shelves.collections[0]
        shelf = await shelves.shelf(place)
        shelf = replace(shelf, feed=replace(shelf.feed, sources=(many,)))
        async with another() as turns:
            told = await things_told(shelf, place, Wanted((names.ETAG,)))
            read, answer = turns.number, await multi(told)
    assert answer.body.count(b"<d:response>") == STEPS * BREATH
    assert read >= 2 * STEPS and turns.number - read >= STEPS
