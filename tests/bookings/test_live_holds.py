"""Nobody keeps a house to themself by holding it: so many holds, and no more, however they are asked for."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import httpx
import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.confirm import confirm
from incubator.bookings.hold import hold
from incubator.bookings.place import TooManyHolds
from incubator.bookings.placing import MOST_HOLDS
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.people.actor import Actor
from tests.auditing import audit
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.conftest import Clockwork
from tests.moments import NOW, on

Visit = Callable[..., httpx.AsyncClient]


def hours(count: int) -> list[tuple[date, int]]:
    return [(date(2026, 9, 8) + timedelta(days=turn // 12), 8 + turn % 12) for turn in range(count)]


async def keep(db: Database, actor: Actor, cast: Cast, day: date, hour: int, **said: object) -> BookingView:
    async with statement(db) as tx:
        given = {"outright": False, "now": NOW, **said}
        period = on(day, f"{hour}:00", f"{hour + 1}:00")
        return await hold(tx, actor=actor, space_id=cast.room_s, period=period, **given)  # type: ignore[arg-type]


async def test_of_many_holds_at_once_so_many_are_had_and_the_rest_leave_nothing(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)

    async def one(day: date, hour: int) -> str:
        try:
            await keep(db, actor, cast, day, hour)
        except Refusal as refusal:
            return refusal.code
        return "held"

    told = Counter(await asyncio.gather(*(one(*when) for when in hours(40))))
    assert told == {"held": MOST_HOLDS, "too_many_holds": 40 - MOST_HOLDS}
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == MOST_HOLDS
        assert await audit(tx) == []


async def test_what_is_confirmed_given_up_or_booked_at_once_does_not_count(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)
    held = [await keep(db, actor, cast, *when) for when in hours(MOST_HOLDS)]
    more = hours(MOST_HOLDS + 3)[MOST_HOLDS:]
    with pytest.raises(TooManyHolds):
        await keep(db, actor, cast, *more[0])
    await keep(db, actor, cast, *more[0], outright=True)
    async with transaction(db) as tx:
        await confirm(tx, actor=actor, booking_id=held[0].id, now=NOW)
        await cancel(tx, actor=actor, booking_id=held[1].id, now=NOW)
    await keep(db, actor, cast, *more[1])
    await keep(db, actor, cast, *more[2])
    with pytest.raises(TooManyHolds):
        await keep(db, actor, cast, date(2026, 9, 10), 8)
    await keep(db, await acting(db, cast.colleague), cast, date(2026, 9, 10), 8)
    async with statement(db) as tx:
        assert await audit(tx) == []


async def test_holds_that_lapsed_do_not_count_though_nobody_tidied_up(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)
    for when in hours(MOST_HOLDS):
        await keep(db, actor, cast, *when)
    later = NOW + timedelta(minutes=16)
    await keep(db, actor, cast, date(2026, 9, 10), 8, now=later)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM booking WHERE state = 'held'") == 1
        assert await audit(tx) == []


async def test_the_refusal_is_a_conflict_for_programs_and_a_sentence_for_people(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    actor = await acting(db, cast.member)
    for when in hours(MOST_HOLDS):
        await keep(db, actor, cast, *when)
    start, end = "2026-09-10T08:00Z", "2026-09-10T09:00Z"
    wish = {"space_id": str(cast.room_s), "start": start.replace("Z", ":00Z"), "end": end.replace("Z", ":00Z")}
    for headers in ({}, {"idempotency-key": "k"}):
        answer = await visit(cast.member).post("/api/bookings", json=wish, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (409, "too_many_holds")
        assert answer.json()["data"] == {"most": MOST_HOLDS}
    form = {"date": "2026-09-10", "start": start, "end": end}
    shown = await post_form(visit(cast.member), "/incubators/las/s/hold", form)
    assert shown.status_code == 409 and 'role="alert"' in shown.text and f"{MOST_HOLDS}" in shown.text
    clock.now += timedelta(minutes=16)
    assert (await post_form(visit(cast.member), "/incubators/las/s/hold", form)).status_code == 303
