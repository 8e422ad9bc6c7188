"""The bookings of the large house, in the order of their days, as rows for COPY."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from asyncpg import Range

from incubator.db.engine import Tx
from incubator.demo.large.people import Holder
from incubator.demo.large.places import FREE_FROM, OPENS, Spot
from incubator.kernel.period import WARSAW, local_moment

COLUMNS = [
    "space_id",
    "incubator_id",
    "gmina_id",
    "account_id",
    "organisation_id",
    "period",
    "state",
    "title",
    "note",
    "attendees",
    "quota_id",
    "reason",
    "created_at",
    "changed_at",
    "sequence",
]

PATIENCE = 3600.0
"""Seconds that one statement may take; the pool's own limit is meant for people who wait."""

DAYS = 365
"""Before today, and after it."""

STEP = timedelta(minutes=30)
STEPS = (FREE_FROM - OPENS) // 30
JOINED_EVERY = 5
"""On every fifth day a joined room is used instead of its parts."""

PAST = ("completed",) * 85 + ("no_show",) * 5 + ("cancelled",) * 9 + ("declined",)
COMING = ("confirmed",) * 91 + ("cancelled",) * 9
TITLES = (
    "Spotkanie zespołu",
    "Rozmowa z klientem",
    "Warsztat projektowy",
    "Praca własna",
    "Rekrutacja",
    "Konsultacje",
    "Szkolenie",
)


class TooMany(ValueError):
    """So many bookings do not fit into the days."""


async def copy_bookings(
    tx: Tx, spots: Sequence[Spot], holders: Sequence[Holder], *, bookings: int, now: datetime
) -> None:
    """Exactly `bookings` rows, none of which overlaps another of its space."""
    rows = _rows(spots, holders, bookings=bookings, now=now)
    await tx.copy_records_to_table("booking", records=rows, columns=COLUMNS, timeout=PATIENCE)


def _rows(
    spots: Sequence[Spot], holders: Sequence[Holder], *, bookings: int, now: datetime
) -> Iterator[tuple[Any, ...]]:
    dice = random.Random(bookings)  # noqa: S311 - the same bookings each time
    cells = sum(_used(spot, day) for day in range(-DAYS, DAYS) for spot in spots)
    if bookings > cells * STEPS:
        raise TooMany(f"{bookings} bookings do not fit into {cells} days of spaces")
    cell = 0
    for day in range(-DAYS, DAYS):
        opens = local_moment(now.astimezone(WARSAW).date() + timedelta(days=day), OPENS)
        for spot in spots:
            if _used(spot, day):
                count = (cell + 1) * bookings // cells - cell * bookings // cells
                cell += 1
                yield from _day(dice, spot, holders, opens=opens, count=count, now=now)


def _used(spot: Spot, day: int) -> bool:
    if spot.role == "plain":
        return True
    return (day % JOINED_EVERY == 0) == (spot.role == "joined")


def _day(
    dice: random.Random, spot: Spot, holders: Sequence[Holder], *, opens: datetime, count: int, now: datetime
) -> Iterator[tuple[Any, ...]]:
    """`count` bookings of one space on one day, each somewhere in a share of its own."""
    house = spot.house
    for turn in range(count):
        first, last = turn * STEPS // count, (turn + 1) * STEPS // count
        length = 1 + int(dice.random() * min(last - first, 8))
        start = opens + first * STEP
        holder = holders[int(dice.random() * len(holders))]
        made = min(start, now) - timedelta(days=int(dice.random() * 30), minutes=5)
        state = dice.choice(PAST if start < now else COMING)
        yield (
            spot.space_id,
            house.incubator_id,
            house.gmina_id,
            holder.account_id,
            # One in ten books as a private person.
            None if dice.random() < 0.1 else holder.organisation_id,
            Range(start, start + length * STEP),
            state,
            dice.choice(TITLES),
            "",
            2,
            house.quota_id,
            "Termin zajęty." if state == "declined" else "",
            made,
            made,
            0,
        )
