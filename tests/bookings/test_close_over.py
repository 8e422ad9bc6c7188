"""Closing over bookings: they are asked about, and none slips under the closure at that moment."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from incubator.bookings import close_over as module
from incubator.bookings.check_in import check_in
from incubator.bookings.close_over import ClosedOver, TooManyInTheWay, close_over
from incubator.bookings.hold import hold
from incubator.bookings.in_the_way import BookingsInTheWay
from incubator.bookings.reschedule import reschedule
from incubator.bookings.rules import OutsideOpeningHours
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, open_database, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period, local_days
from incubator.occupancy.free import availability
from incubator.people.guards import NotYours
from incubator.places.close import ClosureIsOver, ClosureNeedsReason
from tests.auditing import audit
from tests.bookings.test_block import mails, state_of
from tests.bookings.test_hold import book
from tests.cast import Cast, Person, acting
from tests.moments import NOW, TUESDAY, on, tuesday

WHY = {"reason_pl": "Awaria prądu", "reason_en": "Power cut"}
ALL_DAY = local_days(TUESDAY)


async def shut(db: Database, who: Person, answer: str = "ask", *, period: Period = ALL_DAY, **said: Any) -> ClosedOver:
    """Close as the edges do, in a transaction of its own."""
    actor = await acting(db, who)
    return await attempt(
        db,
        lambda tx: close_over(tx, actor=actor, period=period, now=NOW, bookings=answer, **{**WHY, **said}),  # type: ignore[arg-type]
    )


async def one_in_each(db: Database, cast: Cast) -> dict[UUID, UUID]:
    """A booking on Tuesday in each space of both incubators: space → booking."""
    spaces = [cast.room_l, cast.room_a, cast.room_s, *cast.desks, cast.office_space, cast.other_room]
    made = {space: await book(db, cast.member, space, tuesday("10:00", "11:00"), outright=True) for space in spaces}
    made[cast.room_la] = await book(db, cast.member, cast.room_la, tuesday("12:00", "13:00"), outright=True)
    return {space: booking.id for space, booking in made.items()}


async def test_it_asks_about_exactly_the_spaces_whose_hours_it_cuts(db: Database, cast: Cast) -> None:
    booked = await one_in_each(db, cast)
    scopes = [{"gmina_id": cast.niepolomice}, {"incubator_id": cast.las}, *({"space_id": space} for space in booked)]
    seen = []
    for scope in scopes:
        with pytest.raises(BookingsInTheWay) as refused:
            await shut(db, cast.administrator, **scope)
        asked_about = {one.space_id for one in refused.value.items}
        closed = await shut(db, cast.administrator, "keep", **scope)
        async with transaction(db) as tx:
            times = await availability(tx, space_ids=list(booked), span=ALL_DAY, now=NOW)
            await tx.execute("UPDATE closure SET withdrawn_at = $2 WHERE id = $1", closed.closure.id, NOW)
        assert asked_about == {one.space_id for one in times if not one.open}, scope
        assert closed.standing == len(asked_about)
        seen.append(len(asked_about))
    assert seen == [8, 8, 2, 2, 1, 1, 1, 1, 1, 1, 1]


async def test_asking_writes_nothing_and_tells_who_and_when(db: Database, cast: Cast) -> None:
    booked = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    with pytest.raises(BookingsInTheWay) as refused:
        await shut(db, cast.coordinator, incubator_id=cast.las)
    assert refused.value.count == 1
    (told,) = refused.value.items
    assert (told.id, told.who, told.period, told.can_be_cancelled) == (booked.id, "Acme", booked.period, True)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM closure") == 0
        assert await audit(tx) == []


async def test_where_nothing_is_booked_it_closes_at_once(db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_s, tuesday("10:00", "11:00"))
    closed = await shut(db, cast.coordinator, space_id=cast.room_l)
    assert (closed.cancelled, closed.standing) == (0, 0)
    with pytest.raises(OutsideOpeningHours):
        await book(db, cast.member, cast.room_la, tuesday("10:00", "11:00"))


async def test_kept_bookings_stand_under_the_closure(db: Database, cast: Cast) -> None:
    booked = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    closed = await shut(db, cast.coordinator, "keep", space_id=cast.room_l)
    assert (closed.cancelled, closed.standing) == (0, 1)
    assert await state_of(db, booked.id) == "confirmed"
    assert await mails(db) == []


async def test_cancelled_bookings_are_told_why_each_in_their_language(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET locale = 'pl' WHERE id = $1", cast.resident.id)
    english = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    polish = await book(db, cast.resident, cast.room_s, tuesday("10:00", "11:00"), outright=True)
    held = await book(db, cast.stranger, cast.room_a, tuesday("10:00", "11:00"))
    closed = await shut(db, cast.coordinator, "cancel", incubator_id=cast.las)
    assert (closed.cancelled, closed.standing) == (3, 0)
    for booking, said in ((english, "Power cut"), (polish, "Awaria prądu"), (held, "Power cut")):
        async with statement(db) as tx:
            row = await tx.fetchrow("SELECT state, reason FROM booking WHERE id = $1", booking.id)
        assert row is not None and tuple(row) == ("cancelled", said)
    texts = {recipient: text for recipient, _, text in await mails(db)}
    assert "Power cut" in texts[cast.member.email] and "Awaria prądu" in texts[cast.resident.email]
    assert len(texts) == 3
    async with statement(db) as tx:
        assert await audit(tx) == []


async def test_without_english_the_polish_reason_is_told(db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    await shut(db, cast.coordinator, "cancel", space_id=cast.room_l, reason_en="")
    assert "Awaria prądu" in (await mails(db))[0][2]


async def test_what_touches_partly_counts_and_what_only_borders_does_not(db: Database, cast: Cast) -> None:
    before, across, after = [
        await book(db, cast.member, cast.room_l, tuesday(*times), outright=True)
        for times in (("9:00", "10:00"), ("11:30", "12:30"), ("13:00", "14:00"))
    ]
    closed = await shut(db, cast.coordinator, "cancel", period=tuesday("10:00", "13:00"), space_id=cast.room_l)
    assert closed.cancelled == 1
    states = [await state_of(db, one.id) for one in (before, across, after)]
    assert states == ["confirmed", "cancelled", "confirmed"]


async def test_what_is_over_stands_and_who_is_there_stays(db: Database, cast: Cast) -> None:
    over = await book(db, cast.member, cast.room_l, Period(NOW, NOW + timedelta(hours=1)), outright=True)
    there = await book(db, cast.member, cast.room_s, Period(NOW, NOW + timedelta(hours=3)), outright=True)
    coming = await book(db, cast.member, cast.room_a, Period(NOW, NOW + timedelta(hours=3)), outright=True)
    member, actor = await acting(db, cast.member), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await check_in(tx, actor=member, booking_id=there.id, now=NOW)
    later = NOW + timedelta(hours=1)
    async with transaction(db) as tx:
        closed = await close_over(
            tx,
            actor=actor,
            incubator_id=cast.las,
            period=Period(NOW, NOW + timedelta(hours=5)),
            bookings="cancel",
            now=later,
            **WHY,
        )
    assert (closed.cancelled, closed.standing) == (1, 1)
    states = [await state_of(db, one.id) for one in (over, there, coming)]
    assert states == ["confirmed", "checked_in", "cancelled"]


async def test_a_lapsed_hold_is_not_asked_about(db: Database, cast: Cast) -> None:
    held = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await close_over(tx, actor=actor, space_id=cast.room_l, period=ALL_DAY, now=NOW + timedelta(minutes=16), **WHY)
    assert await state_of(db, held.id) == "expired"
    assert await mails(db) == []


async def test_more_than_the_house_can_stand_still_for_is_refused(
    db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_AT_ONCE", 2)
    for hour in (10, 11, 12):
        await book(db, cast.member, cast.room_l, tuesday(f"{hour}:00", f"{hour + 1}:00"))
    with pytest.raises(TooManyInTheWay):
        await shut(db, cast.coordinator, "cancel", space_id=cast.room_l)
    assert (await shut(db, cast.coordinator, "keep", space_id=cast.room_l)).standing == 3


async def test_only_who_runs_the_place_may_close_it(db: Database, cast: Cast) -> None:
    for who in (cast.member, cast.stranger, cast.other_coordinator, cast.office):
        for scope in ({"gmina_id": cast.niepolomice}, {"incubator_id": cast.las}, {"space_id": cast.room_l}):
            with pytest.raises(NotYours):
                await shut(db, who, "cancel", **scope)


async def test_what_places_refuse_is_refused(db: Database, cast: Cast) -> None:
    with pytest.raises(ClosureIsOver):
        await shut(db, cast.coordinator, period=local_days(date(2026, 9, 1)), incubator_id=cast.las)
    with pytest.raises(ClosureNeedsReason):
        await shut(db, cast.coordinator, incubator_id=cast.las, reason_pl=" ")


async def test_nobody_moves_a_booking_under_a_closure_that_is_being_made(db: Database, cast: Cast) -> None:
    """Who moves a booking reads the hours first and writes it later: it has to wait before it reads."""
    booked = await book(db, cast.member, cast.room_l, on(date(2026, 9, 9), "10:00", "11:00"), outright=True)
    member, actor = await acting(db, cast.member), await acting(db, cast.coordinator)

    async def move() -> object:
        async with transaction(db) as tx:
            return await reschedule(tx, actor=member, booking_id=booked.id, period=tuesday("10:00", "11:00"), now=NOW)

    async with transaction(db) as tx:
        await close_over(tx, actor=actor, space_id=cast.room_l, period=ALL_DAY, now=NOW, **WHY)
        moving = asyncio.create_task(move())
        await asyncio.sleep(0.3)
        assert not moving.done()
    with pytest.raises(OutsideOpeningHours):
        await moving


KNOWN = {"booked", "moved", "outside_opening_hours", "rules_changed", "slot_taken"}
LIVE_UNDER = """
SELECT count(*) FROM booking WHERE state IN ('held', 'awaiting_approval', 'awaiting_payment', 'confirmed', 'checked_in')
AND period && tstzrange($1, $2)
"""
HALF = timedelta(minutes=30)
HOURS = [tuesday(f"{hour}:00", f"{hour + 1}:00") for hour in range(8, 20)]
LASTS = 0.5
"""Seconds over which the wishes come; the closure comes at the start, at the end or in the middle."""


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize(("answer", "at"), [("cancel", 0.0), ("cancel", 0.5), ("cancel", 0.9), ("ask", 0.0)])
async def test_race_of_a_closure_with_many_bookings(
    db: Database, cast: Cast, answer: str, at: float, turn: int
) -> None:
    """Over a hundred bookings, some of them moves, and a closure at once, on real commits: none is
    live under it afterwards, or it was not made."""
    actor = await acting(db, cast.member)
    later = [on(date(2026, 9, 15), f"{8 + n // 3}:00", f"{9 + n // 3}:00") for n in range(36)]
    week = [await book(db, actor, cast.desks[n % 3], when, outright=True) for n, when in enumerate(later)]
    rooms = (cast.room_l, cast.room_a, cast.room_s, cast.room_la, cast.office_space)
    halves = [Period(hour.start + HALF * n, hour.start + HALF * (n + 1)) for hour in HOURS for n in range(2)]
    wishes = [(room, half) for room in rooms for half in halves]
    dice = random.Random(turn)
    dice.shuffle(wishes)

    async def told(act: Callable[[], Awaitable[object]], done: str) -> str:
        await asyncio.sleep(0.02 + dice.random() * LASTS)
        try:
            await act()
        except Refusal as refusal:
            return refusal.code
        return done

    async def wish(space: UUID, period: Period) -> object:
        async with statement(db) as tx:
            return await hold(tx, actor=actor, space_id=space, period=period, outright=True, now=NOW)

    async def move(one: BookingView) -> object:
        period = one.period.moved(timedelta(days=-7))
        return await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=one.id, period=period, now=NOW))

    async def stop(own: Database) -> str:
        await asyncio.sleep(at * LASTS)
        try:
            await shut(own, cast.coordinator, answer, incubator_id=cast.las)
        except BookingsInTheWay:
            return "asked"
        return "closed"

    # Through a door of its own, or it would stand in line behind all of them.
    async with open_database(db.url, pool_size=2) as own:
        stopped, *answers = await asyncio.gather(
            stop(own),
            *(told(partial(wish, *one), "booked") for one in wishes),
            *(told(partial(move, one), "moved") for one in week),
        )
    assert set(answers) <= KNOWN, Counter(answers)
    async with statement(db) as tx:
        live = await tx.fetchval(LIVE_UNDER, ALL_DAY.start, ALL_DAY.end)
        closures = await tx.fetchval("SELECT count(*) FROM closure")
        assert await audit(tx) == []
    assert (live == 0) if stopped == "closed" else (answer == "ask" and live > 0 and closures == 0), Counter(answers)
