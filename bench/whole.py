"""Whole feeds: written, read from a house of 1,000,000 bookings, kept, and kept up to date; against icalendar's objects."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import repeat
from statistics import median
from uuid import UUID

import asyncpg

from bench.booking import homes_of, wishes
from bench.load import drive, get
from bench.rows import Row
from bench.server import serving
from bench.uncached import with_icalendar
from bench.world import copied
from incubator.calendars.busy import Busy
from incubator.calendars.entries import busy_entries, name_of
from incubator.calendars.queries import Place
from incubator.calendars.write import Entry, Head, calendar
from incubator.kernel.period import Period, local_midnight
from incubator.web.i18n import translator

ROUNDS, SECONDS, TURNS = 3, 3, 60
FEW, MANY = 1_000, 10_000
NOW = datetime(2026, 9, 7, 8, tzinfo=UTC)


def rows(large: str) -> list[Row]:
    return [_written(), *_read(large), _one_more(large)]


def _written() -> Row:
    """From rows that are there already."""
    place = Place(
        UUID(int=1),
        "sala",
        "Sala",
        "Room",
        "room",
        "las",
        "LAS",
        "Bocheńska 26",
        "32-005",
        "Niepołomice",
        None,
        None,
        None,
    )
    found = [
        Busy(place, UUID(int=n), UUID(int=n), Period(NOW + n * HOUR, NOW + (n + 1) * HOUR), 0, NOW) for n in range(FEW)
    ]

    def entries() -> Iterator[Entry]:
        return busy_entries(found, translator("pl"), "https://x.example", named=name_of, otherwise=NOW)

    ours = _best(lambda: calendar(Head(name="Sala"), entries()), turns=20)
    theirs = _best(lambda: with_icalendar("Sala", entries()), turns=3)
    return Row(
        "a feed of 1,000 entries written",
        f"{ours * 1000:.1f} ms",
        f"icalendar's objects {theirs * 1000:.0f} ms",
        theirs / ours,
        20,
    )


HOUR = timedelta(hours=1)


def _best(act: Callable[[], object], *, turns: int) -> float:
    taken = []
    for _ in range(turns):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken)


def _read(large: str) -> list[Row]:
    path, entries = asyncio.run(_feed(large, FEW))
    request, rates = get(path), {"icalendar": 0.0, "ours": 0.0, "kept": 0.0}
    with (
        serving(large, module="bench.uncached", arguments=("icalendar", "serve")) as icalendar,
        serving(large, module="bench.uncached", arguments=("ours", "serve")) as ours,
        serving(large) as kept,
    ):
        ports = {"icalendar": icalendar, "ours": ours, "kept": kept}
        for turn in range(ROUNDS + 1):
            for name, port in ports.items():
                outcome = drive(port, repeat(request), connections=4, seconds=SECONDS if turn else 1)
                rates[name] = max(rates[name], outcome.rate(200) if turn else 0.0)
    ours_rate = f"{rates['ours']:,.0f}/s"
    return [
        Row(
            f"a GET of a feed of {entries:,}, read anew",
            ours_rate,
            f"over icalendar's objects {rates['icalendar']:,.1f}/s",
            rates["ours"] / rates["icalendar"],
            12,
        ),
        Row(
            "the same GET, unchanged since the last",
            f"{rates['kept']:,.0f}/s",
            f"read anew {ours_rate}",
            rates["kept"] / rates["ours"],
            20,
        ),
    ]


def _one_more(large: str) -> Row:
    """A booking, a GET, and a GET of the same, in turn."""
    with copied(large) as copy:
        path, entries = asyncio.run(_feed(copy, MANY))
        booking = wishes(asyncio.run(_spaces(copy, path)), asyncio.run(homes_of(copy)), days=range(2, 20))
        with serving(copy) as port:
            drive(port, repeat(get(path)), connections=1, seconds=2)
            in_turn = (request for wish in booking for request in (wish, get(path), get(path)))
            requests = (request for request, _ in zip(in_turn, range(3 * TURNS), strict=False))
            outcome = drive(port, requests, connections=1, seconds=60)
    after, unchanged = median(outcome.latencies[1::3]) * 1000, median(outcome.latencies[2::3]) * 1000
    return Row(
        f"a GET of a feed of {entries:,} after one booking more {dict(outcome.statuses)}",
        f"{after:.2f} ms",
        f"unchanged {unchanged:.2f} ms",
        after / unchanged,
        1.3,
        at_most=True,
    )


COUNT = """
SELECT count(*) FROM booking JOIN space ON space.id = booking.space_id JOIN incubator ON incubator.id = space.incubator_id
WHERE incubator.slug = $1 AND space.resource_id IS NOT NULL AND booking.period && tstzrange($2, $3)
    AND booking.state NOT IN ('cancelled', 'declined', 'expired')
"""


async def _feed(url: str, entries: int) -> tuple[str, int]:
    """The largest incubator's, around today for about so many entries; and how many they are."""
    connection = await asyncpg.connect(url)
    slug = await connection.fetchval(
        "SELECT incubator.slug FROM incubator JOIN space ON space.incubator_id = incubator.id"
        " GROUP BY incubator.id ORDER BY count(*) DESC LIMIT 1"
    )
    today = datetime.now(UTC).date()
    low, high = 1, 1000

    def ends(days: int) -> tuple[date, date]:
        """The first day and the last."""
        return today - timedelta(days=days // 2), today + timedelta(days=days - 1)

    async def count(days: int) -> int:
        first, last = ends(days)
        beyond = last + timedelta(days=1)
        return int(await connection.fetchval(COUNT, slug, local_midnight(first), local_midnight(beyond)))

    while low < high:
        days = (low + high) // 2
        if await count(days) < entries:
            low = days + 1
        else:
            high = days
    found = await count(low)
    await connection.close()
    first, last = ends(low)
    return f"/calendars/incubators/{slug}.ics?from={first}&to={last}", found


async def _spaces(url: str, path: str) -> list[UUID]:
    connection = await asyncpg.connect(url)
    spaces = await connection.fetch(
        "SELECT space.id FROM space JOIN incubator ON incubator.id = space.incubator_id"
        " WHERE incubator.slug = $1 AND space.resource_id IS NOT NULL ORDER BY space.id",
        path.split("/")[-1].split(".")[0],
    )
    await connection.close()
    return [row["id"] for row in spaces]
