"""Lives the visits through with the verbs themselves, in the order of time and each at its own now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.bookings.approve import approve
from incubator.bookings.cancel import cancel
from incubator.bookings.check_in import check_in
from incubator.bookings.complete import complete
from incubator.bookings.decline import decline
from incubator.bookings.hold import hold
from incubator.bookings.no_show import no_show
from incubator.db.engine import Tx
from incubator.demo.plan import Visit
from incubator.demo.world import World
from incubator.kernel.errors import Refusal


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """A verb at a moment, on the visit number `turn`."""

    at: datetime
    turn: int
    verb: str


def acts_of(turn: int, visit: Visit) -> Iterator[Act]:
    """All that happens to a visit from asking to its end."""
    asked, start, end = visit.asked, visit.period.start, visit.period.end
    yield Act(asked, turn, "ask")
    decided = min(asked + timedelta(hours=9), start - timedelta(minutes=31))
    match visit.fate:
        case "comes":
            yield Act(decided, turn, "approve")
            yield Act(start - timedelta(minutes=4), turn, "check_in")
            yield Act(end, turn, "complete")
        case "stays_away":
            yield Act(decided, turn, "approve")
            yield Act(start + timedelta(minutes=30), turn, "no_show")
        case "cancels":
            yield Act(asked + (start - asked) / 3, turn, "cancel")
        case "is_put_off":
            yield Act(decided, turn, "put_off")
        case "is_turned_down":
            yield Act(decided, turn, "decline")
        case "waits":
            pass


async def replay(tx: Tx, world: World, visits: Iterable[Visit], *, now: datetime) -> int:
    """Perform what has happened by `now`; how many acts were refused, as some are in life."""
    planned = list(visits)
    made: dict[int, UUID] = {}
    refused = 0
    for act in sorted(act for turn, visit in enumerate(planned) for act in acts_of(turn, visit) if act.at <= now):
        if act.verb != "ask" and act.turn not in made:
            continue
        try:
            # A savepoint: a refusal undoes this act alone.
            async with tx.transaction():
                await _perform(tx, world, planned[act.turn], act, made)
        except Refusal:
            refused += 1
    return refused


async def _perform(tx: Tx, world: World, visit: Visit, act: Act, made: dict[int, UUID]) -> None:
    if act.verb == "ask":
        made[act.turn] = await _ask(tx, world, visit)
        return
    who, desk = world.actor(visit.who), world.coordinator(visit.venue)
    key, at = made[act.turn], act.at
    match act.verb:
        case "approve" if world.needs_approval(visit.venue, visit.place):
            await approve(tx, actor=desk, booking_id=key, now=at)
        case "decline":
            await decline(tx, actor=desk, booking_id=key, reason="Sala jest w tym czasie potrzebna gminie.", now=at)
        case "put_off":
            await cancel(tx, actor=desk, booking_id=key, reason="Awaria ogrzewania, przepraszamy.", now=at)
        case "cancel":
            await cancel(tx, actor=who, booking_id=key, now=at)
        case "check_in":
            await check_in(tx, actor=who, booking_id=key, now=at)
        case "complete":
            await complete(tx, actor=desk, booking_id=key, now=at)
        case "no_show":
            await no_show(tx, actor=desk, booking_id=key, now=at)


async def _ask(tx: Tx, world: World, visit: Visit) -> UUID:
    booking = await hold(
        tx,
        actor=world.actor(visit.who),
        space_id=world.space(visit.venue, visit.place),
        period=visit.period,
        organisation_id=world.organisation(visit.organisation) if visit.organisation else None,
        title=visit.title,
        attendees=visit.attendees,
        outright=True,
        now=visit.asked,
    )
    return booking.id
