"""Who is erased, leaves an organisation, or has it closed gets nothing new, however close it was: on
real commits, in both orders, and everybody at once."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from incubator.bookings.hold import hold
from incubator.bookings.join_line import join_line
from incubator.bookings.place import StandingChanged
from incubator.bookings.repeat import repeat
from incubator.bookings.series_rules import Pattern
from incubator.bookings.states import LIVE
from incubator.calendars.make_feed import make_feed
from incubator.db.engine import Database, Tx, attempt, session, statement, transaction
from incubator.features import ELSEWHERE
from incubator.kernel.errors import Refusal
from incubator.kernel.ids import new_secret
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.people.change_profile import change_profile
from incubator.people.close_organisation import close_organisation
from incubator.people.details import OrganisationDetails
from incubator.people.erase_account import ERASED_NAME, erase_account
from incubator.people.found_organisation import found_organisation
from incubator.people.guards import SignInFirst
from incubator.people.make_token import TokenWish, make_token
from incubator.people.remove_member import remove_member
from tests.auditing import audit
from tests.cast import Cast, acting
from tests.moments import NOW, TUESDAY, on, tuesday

Leaving = Callable[[Tx], Awaitable[object]]
SOON = {"period": tuesday("10:00", "11:00"), "now": NOW}


async def leaving(db: Database, cast: Cast, how: str) -> Leaving:
    """`how` cast.member goes: the account, the membership of Acme, or Acme itself."""
    member, owner = await acting(db, cast.member), await acting(db, cast.owner)
    acts: dict[str, Leaving] = {
        "erased": lambda tx: erase_account(
            tx, actor=member, confirmation=cast.member.email, elsewhere=ELSEWHERE, now=NOW
        ),
        "removed": lambda tx: remove_member(
            tx, actor=owner, organisation_id=cast.acme, account_id=member.account_id, now=NOW
        ),
        "closed": lambda tx: close_organisation(
            tx, actor=owner, organisation_id=cast.acme, elsewhere=ELSEWHERE, now=NOW
        ),
    }
    return acts[how]


async def going_first(db: Database, leave: Leaving, act: Callable[[], Awaitable[object]]) -> object:
    """What `act` comes to when it starts while the leaving is done and not yet committed."""
    async with transaction(db) as tx:
        await leave(tx)
        task = asyncio.ensure_future(act())
        await asyncio.sleep(0.2)
        assert not task.done(), "it did not wait to see what becomes of its holder"
    return (await asyncio.gather(task, return_exceptions=True))[0]


@pytest.mark.parametrize("bare", [True, False], ids=["one statement", "in a transaction"])
@pytest.mark.parametrize("how", ["erased", "removed", "closed"])
async def test_a_booking_that_waited_for_the_leaving_is_refused(db: Database, cast: Cast, how: str, bare: bool) -> None:
    member = await acting(db, cast.member)
    door: Callable[[Database], AbstractAsyncContextManager[Tx]] = statement if bare else transaction

    async def book() -> None:
        async with door(db) as tx:
            await hold(tx, actor=member, space_id=cast.room_s, organisation_id=cast.acme, outright=True, **SOON)

    assert isinstance(await going_first(db, await leaving(db, cast, how), book), StandingChanged)
    async with statement(db) as tx:
        assert (
            await tx.fetchval("SELECT count(*) FROM booking")
            == await tx.fetchval("SELECT count(*) FROM occupancy")
            == 0
        )


async def test_a_private_booking_that_waited_for_the_erasure_is_refused(db: Database, cast: Cast) -> None:
    member = await acting(db, cast.member)

    async def book() -> None:
        async with statement(db) as tx:
            await hold(tx, actor=member, space_id=cast.room_la, **SOON)

    assert isinstance(await going_first(db, await leaving(db, cast, "erased"), book), StandingChanged)
    async with statement(db) as tx:
        assert await audit(tx) == []
        assert await tx.fetchval("SELECT count(*) FROM booking") == 0


@pytest.mark.parametrize(("how", "left"), [("erased", "cancelled"), ("closed", "cancelled"), ("removed", "held")])
async def test_a_leaving_that_waited_for_the_booking_ends_it(db: Database, cast: Cast, how: str, left: str) -> None:
    """A member who is removed was one when they booked: the booking is the organisation's."""
    member, leave = await acting(db, cast.member), await leaving(db, cast, how)
    async with transaction(db) as tx:
        await hold(tx, actor=member, space_id=cast.room_s, organisation_id=cast.acme, **SOON)
        task = asyncio.create_task(attempt(db, leave))
        await asyncio.sleep(0.2)
        assert not task.done(), "it did not wait for the booking"
    await task
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT state FROM booking") == left
        assert await audit(tx) == []


@pytest.mark.parametrize("how", ["erased", "closed"])
async def test_of_a_hundred_bookings_at_once_none_outlives_the_leaving(db: Database, cast: Cast, how: str) -> None:
    members = [await acting(db, who) for who in (cast.member, cast.colleague)]
    leave = await leaving(db, cast, how)
    told: list[str] = []

    async def book(actor: Actor, room: UUID, period: Period) -> None:
        try:
            async with statement(db) as tx:
                await hold(
                    tx,
                    actor=actor,
                    space_id=room,
                    period=period,
                    organisation_id=cast.acme if how == "closed" else None,
                    outright=True,
                    now=NOW,
                )
            told.append("booked")
        except Refusal as refusal:
            told.append(refusal.code)

    async def go() -> None:
        await asyncio.sleep(0.03)
        await attempt(db, leave)

    wishes = [
        (members[turn % 2], room, on(date(2026, 9, day), f"{hour}:00", f"{hour + 1}:00"))
        for turn, room in enumerate((cast.room_l, cast.room_a, cast.room_s))
        for day in (8, 9, 10)
        for hour in range(8, 20)
    ]
    await asyncio.gather(go(), *(book(*wish) for wish in wishes))
    assert set(told) <= {"booked", "standing_changed"} and "booked" in told
    whose = "account_id = $1" if how == "erased" else "organisation_id = $1"
    async with statement(db) as tx:
        alive = await tx.fetchval(
            f"SELECT count(*) FROM booking WHERE {whose} AND state = ANY($2::text[])",
            cast.member.id if how == "erased" else cast.acme,
            sorted(LIVE),
        )
        assert alive == 0
        assert await audit(tx) == []


async def test_nothing_new_is_written_for_who_is_being_erased(db: Database, cast: Cast) -> None:
    """Tokens, feeds, organisations, names, wishes and series: each would bring a person back."""
    member = await acting(db, cast.member)
    async with statement(db) as tx:
        await hold(tx, actor=await acting(db, cast.stranger), space_id=cast.room_s, outright=True, **SOON)
    daily = Pattern(first_day=TUESDAY, weekdays=(2,), start_minute=600, length_minutes=60, count=2)
    details = OrganisationDetails(name="Nowa", kind="startup", gmina_id=cast.skawina)
    wish = TokenWish(name="x", scopes=["me"], days=1)
    acts: list[Callable[[Tx], Awaitable[Any]]] = [
        lambda tx: make_token(tx, actor=member, wish=wish, secret=new_secret(), now=NOW),
        lambda tx: make_feed(tx, actor=member, name="Anna's phone", now=NOW),
        lambda tx: found_organisation(tx, actor=member, details=details, now=NOW),
        lambda tx: join_line(tx, actor=member, space_id=cast.room_s, title="Anna's", **SOON),
        lambda tx: repeat(tx, actor=member, space_id=cast.room_a, pattern=daily, title="Anna's", now=NOW),
    ]

    async def rename() -> None:
        async with session(db) as opened:
            await change_profile(opened, actor=member, name="Anna", locale="pl", gmina_id=None, now=NOW)

    async def everything() -> list[object]:
        tried = [attempt(db, act) for act in acts]
        return await asyncio.gather(*tried, rename(), return_exceptions=True)

    outcomes = await going_first(db, await leaving(db, cast, "erased"), everything)
    assert isinstance(outcomes, list)
    assert {type(one) for one in outcomes} == {StandingChanged, SignInFirst}, outcomes
    async with statement(db) as tx:
        for table in ("api_token", "feed_token", "series", "waitlist_entry", "membership"):
            assert await tx.fetchval(f"SELECT count(*) FROM {table} WHERE account_id = $1", cast.member.id) == 0, table
        assert await tx.fetchval("SELECT name FROM account WHERE id = $1", cast.member.id) == ERASED_NAME
