"""The waiting list: in order, offered for a time, given on."""

from datetime import timedelta

import pytest

from incubator.db.engine import Database, attempt, statement
from incubator.registrations.cancel import SessionBegun, cancel
from incubator.registrations.confirm import OfferLapsed, confirm
from incubator.registrations.join_line import SeatsFree
from incubator.registrations.offer_next import sessions_due
from incubator.registrations.place import RegisteredAlready, SessionFull
from incubator.registrations.queries import registration_by_id
from incubator.registrations.rules import RegistrationClosed
from incubator.registrations.settle import RegistrationOver
from incubator.registrations.states import ALLOWED, LIVE, SEATED, State
from incubator.registrations.views import RegistrationView
from tests.cast import Cast
from tests.credits.cast import put_credit, used
from tests.exchanges.cast import STARTS, a_session
from tests.moments import NOW
from tests.registrations.cast import by_mail, go, guests, holds_true, link_in, mails, states, taken, wait

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def leave(db: Database, one: RegistrationView, *, now=NOW) -> RegistrationView:  # type: ignore[no-untyped-def]
    return await attempt(db, lambda tx: cancel(tx, registration_id=one.id, now=now))


async def now_of(db: Database, one: RegistrationView) -> RegistrationView:
    async with statement(db) as tx:
        return await registration_by_id(tx, registration_id=one.id)


async def due(db: Database, now=NOW) -> None:  # type: ignore[no-untyped-def]
    await attempt(db, lambda tx: sessions_due(tx, now=now))


def test_what_is_over_stays_over() -> None:
    assert {state for state in State if not ALLOWED[state]} == set(State) - LIVE
    assert not any(State.REGISTERED in ALLOWED[state] for state in State if state != State.OFFERED)
    assert SEATED < LIVE


async def test_a_freed_seat_is_offered_to_the_first_who_waits(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    had = await go(db, cast.member, session)
    first, second = await wait(db, cast.resident, session), await wait(db, cast.stranger, session)
    assert (first.place, second.place) == (1, 2)
    await leave(db, had)
    offered, still = await now_of(db, first), await now_of(db, second)
    assert (offered.state, still.state, still.place) == (State.OFFERED, State.WAITING, 1)
    assert offered.offered_until == NOW + DAY and offered.tickets[0].live
    assert await taken(db, session) == 1 and await holds_true(db, session)
    assert "A seat is free" in (await mails(db, cast.resident.email))[-1]
    taken_up = await attempt(db, lambda tx: confirm(tx, registration_id=first.id, now=NOW + HOUR))
    assert taken_up.state == State.REGISTERED and await holds_true(db, session)


async def test_an_offer_that_is_not_taken_goes_to_the_next(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1, offer_hours=3)
    had = await go(db, cast.member, session)
    first, second = await wait(db, cast.resident, session), await wait(db, cast.stranger, session)
    await leave(db, had)
    await due(db, NOW + 3 * HOUR)
    assert [(await now_of(db, one)).state for one in (first, second)] == [State.LAPSED, State.OFFERED]
    assert "The offer is over" in (await mails(db, cast.resident.email))[-1]
    with pytest.raises(OfferLapsed):
        await attempt(db, lambda tx: confirm(tx, registration_id=first.id, now=NOW + 3 * HOUR))
    assert await holds_true(db, session)


async def test_priority_goes_before_time(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1, priority_for="gmina", priority_until=NOW)
    had = await go(db, cast.owner, session)
    later, first = await wait(db, cast.stranger, session), await wait(db, cast.member, session, now=NOW + HOUR)
    assert first.place == 1
    await leave(db, had)
    assert [(await now_of(db, one)).state for one in (later, first)] == [State.WAITING, State.OFFERED]


async def test_a_party_that_does_not_fit_keeps_its_place_and_smaller_ones_go_on(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=2)
    one, two = await go(db, cast.member, session), await go(db, cast.colleague, session)
    party = await wait(db, cast.resident, session, guests=guests("A", "B"))
    alone = await wait(db, cast.stranger, session)
    await leave(db, one)
    assert [(await now_of(db, each)).state for each in (party, alone)] == [State.WAITING, State.OFFERED]
    await leave(db, two)
    assert (await now_of(db, party)).state == State.WAITING
    await leave(db, alone)
    assert (await now_of(db, party)).state == State.OFFERED and await holds_true(db, session)


async def test_who_comes_now_does_not_pass_those_who_wait_and_would_fit(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    await go(db, cast.member, session)
    waits = await wait(db, cast.resident, session)
    async with statement(db) as tx:
        await tx.execute("UPDATE session_seats SET capacity = 2 WHERE session_id = $1", session)
    with pytest.raises(SessionFull):
        await go(db, cast.stranger, session)
    await due(db)
    assert (await now_of(db, waits)).state == State.OFFERED


async def test_nobody_waits_for_what_is_free(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    with pytest.raises(SeatsFree):
        await wait(db, cast.member, session)
    assert await states(db, session) == []
    await go(db, cast.member, session)
    await wait(db, cast.resident, session)
    with pytest.raises(RegisteredAlready):
        await wait(db, cast.resident, session)
    with pytest.raises(RegisteredAlready):
        await wait(db, cast.member, session)


async def test_an_address_alone_can_wait_and_take_what_it_is_offered(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    had = await go(db, cast.member, session)
    await by_mail(db, "jan@example.com", session, waiting=True)
    await leave(db, had)
    told = await mails(db, "jan@example.com")
    assert len(told) == 2 and link_in(told[0]) == link_in(told[1])
    key, _ = link_in(told[1])
    assert (await attempt(db, lambda tx: confirm(tx, registration_id=key, now=NOW))).state == State.REGISTERED


async def test_leaving_twice_gives_the_seat_back_once(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=2)
    one = await go(db, cast.member, session)
    await go(db, cast.resident, session)
    assert (await leave(db, one)).state == (await leave(db, one)).state == State.CANCELLED
    assert await taken(db, session) == 1 and await holds_true(db, session)
    with pytest.raises(RegistrationOver):
        await attempt(db, lambda tx: confirm(tx, registration_id=one.id, now=NOW))


async def test_who_left_may_come_again(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    await leave(db, await go(db, cast.member, session))
    await go(db, cast.member, session)
    assert await states(db, session) == ["cancelled", "registered"]


async def test_one_leaves_until_it_begins(db: Database, cast: Cast) -> None:
    one = await go(db, cast.member, await a_session(db, cast.niepolomice))
    with pytest.raises(SessionBegun):
        await leave(db, one, now=STARTS)


async def test_what_was_drawn_comes_back_and_is_drawn_again_for_the_next(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1, draws_seats=True)
    acme = await put_credit(db, cast.acme, kind="seats", granted=5)
    rival = await put_credit(db, cast.rival, kind="seats", granted=5)
    had = await go(db, cast.member, session, organisation_id=cast.acme)
    await wait(db, cast.stranger, session, organisation_id=cast.rival)
    await leave(db, had)
    assert (await used(db, acme), await used(db, rival)) == (0, 1) and await holds_true(db, session)


async def test_who_has_nothing_left_to_draw_on_is_passed_and_keeps_the_place(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1, draws_seats=True)
    await put_credit(db, cast.acme, kind="seats", granted=5)
    had = await go(db, cast.member, session, organisation_id=cast.acme)
    poor = await wait(db, cast.stranger, session, organisation_id=cast.rival)
    rich = await wait(db, cast.owner, session, organisation_id=cast.acme)
    await leave(db, had)
    assert [(await now_of(db, one)).state for one in (poor, rich)] == [State.WAITING, State.OFFERED]


async def test_an_offer_ends_at_the_start_and_who_waits_then_is_told(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    had = await go(db, cast.member, session)
    first, second = await wait(db, cast.resident, session), await wait(db, cast.stranger, session)
    await leave(db, had, now=STARTS - HOUR)
    assert (await now_of(db, first)).offered_until == STARTS
    await due(db, STARTS)
    assert [(await now_of(db, one)).state for one in (first, second)] == [State.LAPSED, State.LAPSED]
    assert "No seat became free" in (await mails(db, cast.stranger.email))[-1]
    with pytest.raises(RegistrationClosed):
        await wait(db, cast.colleague, session, now=STARTS)
