"""The life of a booking: every step from every state, by the step itself and by every verb."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from incubator.bookings.approve import approve
from incubator.bookings.cancel import cancel
from incubator.bookings.check_in import check_in
from incubator.bookings.complete import complete
from incubator.bookings.confirm import confirm
from incubator.bookings.decline import decline
from incubator.bookings.expire import expire_overdue
from incubator.bookings.hold import hold
from incubator.bookings.no_show import no_show
from incubator.bookings.queries import booking_for
from incubator.bookings.reschedule import extend, reschedule
from incubator.bookings.retitle import retitle
from incubator.bookings.rules import InThePast
from incubator.bookings.settle import FREES, WrongState, settle
from incubator.bookings.states import ALLOWED, LIVE, State
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, Tx, transaction
from incubator.kernel.errors import Refusal
from incubator.occupancy.release import release
from incubator.occupancy.take import take
from incubator.people.actor import Actor
from tests.auditing import audit
from tests.cast import Cast, acting, change
from tests.moments import NOW, tuesday

PERIOD = tuesday("10:00", "12:00")
MIDDLE = PERIOD.start + timedelta(hours=1)
S = State


class Undo(Exception):
    """Takes back what was tried."""


@asynccontextmanager
async def tried(tx: Tx) -> AsyncIterator[None]:
    try:
        async with tx.transaction():
            yield
            raise Undo
    except Undo:
        pass


async def in_state(tx: Tx, state: State, *, holder: Actor, desk: Actor, space: UUID) -> BookingView:
    """A booking that came to its state by the verbs; what is paid first has tests of its own."""
    await change(tx, space, needs_approval=state in {S.AWAITING_APPROVAL, S.DECLINED}, pending_blocks=True)
    outright = state not in {S.HELD, S.EXPIRED, S.AWAITING_PAYMENT}
    made = await hold(tx, actor=holder, space_id=space, period=PERIOD, outright=outright, now=NOW)
    key: dict[str, Any] = {"booking_id": made.id}
    match state:
        case S.AWAITING_PAYMENT:
            until = NOW + timedelta(days=1)
            await settle(tx, booking=made, to=state, verb="request", actor_id=None, until=until, now=NOW)
        case S.CHECKED_IN | S.COMPLETED:
            await check_in(tx, actor=holder, **key, now=PERIOD.start)
            if state == S.COMPLETED:
                await complete(tx, actor=desk, **key, now=PERIOD.end)
        case S.CANCELLED:
            await cancel(tx, actor=holder, **key, now=NOW)
        case S.DECLINED:
            await decline(tx, actor=desk, **key, reason="No.", now=NOW)
        case S.EXPIRED:
            assert await expire_overdue(tx, now=NOW + timedelta(hours=1)) == [made.id]
        case S.NO_SHOW:
            await no_show(tx, actor=desk, **key, now=MIDDLE)
    await change(tx, space, needs_approval=False)
    found = await booking_for(tx, actor=holder, booking_id=made.id, lock=True)
    assert found.state == state
    return found


@pytest.mark.parametrize("state", State)
async def test_a_booking_goes_where_the_table_says_and_nowhere_else(db: Database, cast: Cast, state: State) -> None:
    holder, desk = await acting(db, cast.member), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        booking = await in_state(tx, state, holder=holder, desk=desk, space=cast.room_s)
        for to in State:
            async with tried(tx):
                if (state, to) == (S.EXPIRED, S.CONFIRMED):  # taken again
                    await take(tx, resource_ids=[1], period=PERIOD, purpose="booking", subject_id=booking.id)
                until = MIDDLE if to == S.AWAITING_PAYMENT else None
                asked = settle(tx, booking=booking, to=to, verb="try", actor_id=None, until=until, now=MIDDLE)
                if to not in ALLOWED[state]:
                    with pytest.raises(WrongState):
                        await asked
                    assert (await booking_for(tx, actor=holder, booking_id=booking.id)) == booking
                    continue
                settled = await asked
                assert settled == await booking_for(tx, actor=holder, booking_id=booking.id)
                assert (settled.state, settled.sequence) == (to, booking.sequence + 1)
                taken = await tx.fetchval("SELECT count(*) FROM occupancy WHERE subject_id = $1", booking.id)
                assert taken == (to not in FREES), to


Verb = Callable[..., Awaitable[object]]
LATER = {"period": tuesday("14:00", "15:00")}
# What each verb makes of each state, by whom and when. States that are not named refuse it.
VERBS: dict[str, tuple[Verb, str, dict[str, Any], datetime, dict[State, State]]] = {
    "confirm": (confirm, "holder", {}, NOW, {S.HELD: S.CONFIRMED}),
    "approve": (approve, "desk", {}, NOW, {S.AWAITING_APPROVAL: S.CONFIRMED}),
    "decline": (decline, "desk", {"reason": "No."}, NOW, {S.AWAITING_APPROVAL: S.DECLINED}),
    "cancel": (
        cancel,
        "holder",
        {},
        NOW,
        dict.fromkeys((S.HELD, S.AWAITING_APPROVAL, S.AWAITING_PAYMENT, S.CONFIRMED), S.CANCELLED),
    ),
    "cancel at the desk": (
        cancel,
        "desk",
        {"reason": "Flood."},
        MIDDLE,
        dict.fromkeys((S.HELD, S.AWAITING_APPROVAL, S.AWAITING_PAYMENT, S.CONFIRMED), S.CANCELLED),
    ),
    "check in": (check_in, "holder", {}, MIDDLE, {S.CONFIRMED: S.CHECKED_IN}),
    "complete": (complete, "desk", {}, PERIOD.end, dict.fromkeys((S.CONFIRMED, S.CHECKED_IN), S.COMPLETED)),
    "no show": (no_show, "desk", {}, MIDDLE, {S.CONFIRMED: S.NO_SHOW}),
    # Nothing needs approval here any more, so a request that is moved has it.
    "move": (
        reschedule,
        "holder",
        LATER,
        NOW,
        {S.HELD: S.HELD, S.AWAITING_APPROVAL: S.CONFIRMED, S.CONFIRMED: S.CONFIRMED},
    ),
    "stretch": (
        extend,
        "holder",
        {"end": PERIOD.end + timedelta(hours=1)},
        MIDDLE,
        {S.AWAITING_APPROVAL: S.CONFIRMED} | {one: one for one in (S.HELD, S.CONFIRMED, S.CHECKED_IN)},
    ),
    "rename": (retitle, "holder", {"title": "New"}, NOW, {one: one for one in LIVE}),
}
OWN_WORDS = {
    ("confirm", S.EXPIRED): "hold_lapsed",
    ("move", S.AWAITING_PAYMENT): "pay_before_moving",
    ("stretch", S.AWAITING_PAYMENT): "pay_before_moving",
}
"""Refusals that say more than that the state does not fit."""


@pytest.mark.parametrize("state", State)
async def test_every_verb_keeps_to_the_states_that_it_is_for(db: Database, cast: Cast, state: State) -> None:
    people = {"holder": await acting(db, cast.member), "desk": await acting(db, cast.coordinator)}
    async with transaction(db) as tx:
        booking = await in_state(tx, state, space=cast.room_s, **people)
        assert await audit(tx) == []
        for name, (verb, who, given, now, outcomes) in VERBS.items():
            async with tried(tx):
                asked = verb(tx, actor=people[who], booking_id=booking.id, now=now, **given)
                if state not in outcomes:
                    with pytest.raises(Refusal) as refused:
                        await asked
                    assert refused.value.code == OWN_WORDS.get((name, state), "wrong_state")
                    assert await booking_for(tx, actor=people["holder"], booking_id=booking.id) == booking, name
                    continue
                await asked
                after = await booking_for(tx, actor=people["holder"], booking_id=booking.id)
                assert after.state == outcomes[state], name
                assert await audit(tx) == [], name


def test_the_table_of_verbs_uses_every_step_but_those_of_payments_and_of_the_house() -> None:
    steps = {
        (before, after) for *_, outcomes in VERBS.values() for before, after in outcomes.items() if before != after
    }
    allowed = {(before, after) for before, following in ALLOWED.items() for after in following}
    assert steps <= allowed
    assert {
        (before, after) for before, after in allowed - steps if not {S.AWAITING_PAYMENT, S.EXPIRED} & {before, after}
    } == {(S.HELD, S.AWAITING_APPROVAL), (S.CONFIRMED, S.AWAITING_APPROVAL)}


async def test_confirming_an_approved_booking_again_does_not_put_it_back_in_line(db: Database, cast: Cast) -> None:
    holder, desk = await acting(db, cast.member), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await change(tx, cast.room_s, needs_approval=True)
        made = await hold(tx, actor=holder, space_id=cast.room_s, period=PERIOD, now=NOW)
        await confirm(tx, actor=holder, booking_id=made.id, now=NOW)
        await approve(tx, actor=desk, booking_id=made.id, now=NOW)
        async with tried(tx):
            with pytest.raises(WrongState):
                await confirm(tx, actor=holder, booking_id=made.id, now=NOW)
        assert (await booking_for(tx, actor=holder, booking_id=made.id)).state == S.CONFIRMED
        assert await audit(tx) == []


async def test_a_request_is_not_confirmed_by_its_holder_when_approval_is_no_longer_asked_for(
    db: Database, cast: Cast
) -> None:
    """It holds no time: two of them would have been firm at once."""
    holder = await acting(db, cast.member)
    async with transaction(db) as tx:
        await change(tx, cast.room_s, needs_approval=True)
        made = await hold(tx, actor=holder, space_id=cast.room_s, period=PERIOD, outright=True, now=NOW)
        await change(tx, cast.room_s, needs_approval=False)
        with pytest.raises(WrongState):
            await confirm(tx, actor=holder, booking_id=made.id, now=NOW)
        assert await audit(tx) == []


async def test_nothing_is_confirmed_that_has_not_taken_its_space(db: Database, cast: Cast) -> None:
    holder = await acting(db, cast.member)
    async with transaction(db) as tx:
        made = await hold(tx, actor=holder, space_id=cast.room_s, period=PERIOD, now=NOW)
        await release(tx, subject_id=made.id)
        with pytest.raises(AssertionError):
            await settle(tx, booking=made, to=S.CONFIRMED, verb="confirm", actor_id=None, now=NOW)


async def test_check_in_is_over_when_the_booking_is(db: Database, cast: Cast) -> None:
    holder = await acting(db, cast.member)
    async with transaction(db) as tx:
        made = await hold(tx, actor=holder, space_id=cast.room_s, period=PERIOD, outright=True, now=NOW)
        with pytest.raises(InThePast):
            await check_in(tx, actor=holder, booking_id=made.id, now=PERIOD.end)
        await check_in(tx, actor=holder, booking_id=made.id, now=PERIOD.end - timedelta(seconds=1))
