"""A feed that takes long to write does not hold up everybody else."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from incubator.calendars.choices import NONE
from incubator.calendars.feed import Telling
from incubator.calendars.feeds import FEEDS
from incubator.calendars.kiosk import Kiosk
from incubator.calendars.queries import Subjects
from incubator.calendars.told import Asked
from incubator.calendars.write import Entry
from incubator.db.engine import Database
from incubator.kernel.unhurried import BREATH
from tests.cast import Cast
from tests.moments import NOW, tuesday
from tests.turns import another


async def test_others_have_their_turn_while_a_large_feed_is_written(db: Database, cast: Cast) -> None:
    seen = set[int]()

    async def source(_telling: Telling, _subjects: Subjects) -> Iterator[tuple[UUID, Entry]]:
        def entries() -> Iterator[tuple[UUID, Entry]]:
            for number in range(5 * BREATH):
                seen.add(turns.number)
                key = UUID(int=number)
                yield key, Entry(uid=str(key), period=tuesday("10:00", "11:00"), summary="", changed_at=NOW)

        return entries()

    feed, kiosk = replace(FEEDS["spaces"], sources=(source,)), Kiosk(db, address="https://x.example")
    asked = Asked(feed, str(cast.room_l), ".ics", NONE, NONE.window(NOW))
    async with another() as turns:
        told = await kiosk.told(asked, await kiosk.standing(asked))
    assert told.octets.count(b"BEGIN:VEVENT") == 5 * BREATH
    assert len(seen) >= 5
