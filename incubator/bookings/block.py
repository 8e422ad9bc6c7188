"""A coordinator takes a space out of use for a while, and says why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.bookings.blocks import BlockView
from incubator.bookings.clear import Why, clear
from incubator.bookings.in_the_way import Answer, BookingsInTheWay, has_lapsed
from incubator.bookings.place import SlotTaken
from incubator.bookings.rules import InThePast
from incubator.bookings.settle import parts_of
from incubator.bookings.taken_by import Taker, Wanted, takers_of
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.occupancy.release import make_way, release
from incubator.occupancy.take import take
from incubator.people.actor import Actor
from incubator.places.queries import resources_of
from incubator.places.reach import space_to_change

LONGEST_DAYS = 366
TURNS = 5


class BlockNeedsReason(Invalid):
    """A block that tells nobody why."""

    code = "block_needs_reason"
    sentence = N_("Say why the space is blocked: others at the desk will ask.")


@dataclass(eq=False)
class BlockTooLong(Invalid):
    code = "block_too_long"
    sentence = N_("A block lasts {longest_days} days at most.")
    longest_days: int


class NotAFullMinute(Invalid):
    """The constraint counts in seconds, and nobody reads them."""

    code = "not_a_full_minute"
    sentence = N_("Blocks start and end on a full minute.")


BLOCK = """
INSERT INTO block (id, space_id, gmina_id, period, reason, created_by, created_at)
VALUES ($1, $2, $3, tstzrange($4, $5), $6, $7, $8)
"""


async def block(
    tx: Tx, *, actor: Actor, space_id: UUID, period: Period, reason: str, bookings: Answer = "ask", now: datetime
) -> BlockView:
    """The block: the space and everything that shares a part with it is taken for exactly `period`,
    whatever its opening hours and rules. With `bookings="cancel"` those in the way are cancelled for
    the same reason, and who booked is written to; `keep` is as good as `ask`.

    Raises BookingsInTheWay, also for what cannot be cancelled: another block, people who checked in.
    BlockNeedsReason, BlockTooLong, NotAFullMinute, InThePast, SlotTaken, NoSuchSpace, NotYours,
    SpaceRetired. Then the transaction has to be rolled back.
    """
    row = await space_to_change(tx, actor=actor, space_id=space_id)
    _check(period, reason, now)
    block_id = uuid7()
    resource_ids, _ = await resources_of(tx, space_id=space_id)
    wanted = Wanted(space_id, row["name_pl"], row["name_en"], row["gmina_id"], tuple(resource_ids), period)
    ousted = await _take(tx, actor, block_id, wanted, bookings, now)
    values = (space_id, row["gmina_id"], period.start, period.end, reason, actor.account_id, now)
    await tx.execute(BLOCK, block_id, *values)
    # Their time is the block's by now, so that of it only what it leaves over is offered on.
    await clear(tx, actor_id=actor.account_id, bookings=ousted, why=Why(reason), now=now)
    await note_block(
        tx,
        verb="block",
        actor=actor,
        block_id=block_id,
        space_id=space_id,
        gmina_id=wanted.gmina_id,
        period=period,
        now=now,
    )
    return BlockView(
        id=block_id,
        space_id=space_id,
        space_name_pl=row["name_pl"],
        space_name_en=row["name_en"],
        period=period,
        reason=reason,
        created_by_name=actor.name,
    )


async def note_block(
    tx: Tx, *, verb: str, actor: Actor, block_id: UUID, space_id: UUID, gmina_id: UUID, period: Period, now: datetime
) -> None:
    """History and versions: the calendar of a joined room moves with its parts."""
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind="block",
        subject_id=block_id,
        gmina_id=gmina_id,
        after={"space_id": str(space_id), "start": period.start, "end": period.end},
    )
    await bump(tx, await parts_of(tx, space_id=space_id), [block_id])


def _check(period: Period, reason: str, now: datetime) -> None:
    if not reason.strip():
        raise BlockNeedsReason()
    if any(moment.second or moment.microsecond for moment in (period.start, period.end)):
        raise NotAFullMinute()
    if period.start < now.replace(second=0, microsecond=0):
        raise InThePast()
    if period.length > timedelta(days=LONGEST_DAYS):
        raise BlockTooLong(LONGEST_DAYS)


async def _take(
    tx: Tx, actor: Actor, block_id: UUID, wanted: Wanted, answer: Answer, now: datetime
) -> list[BookingView]:
    """Take the time for the block; the bookings that had some of it and are to be settled now."""
    ousted: dict[UUID, BookingView] = {}
    for _turn in range(TURNS):
        takers = await takers_of(tx, actor=actor, wanted=wanted, now=now)
        staying = [taker.told for taker in takers if not _gives_way(taker, answer, now)]
        if staying:
            raise BookingsInTheWay(staying)
        for booking in (taker.booking for taker in takers if taker.booking):
            await release(tx, subject_id=booking.id)
            ousted[booking.id] = booking
        # What an outside calendar says is no hindrance: nobody has to be told of it.
        await make_way(tx, resource_ids=wanted.resource_ids, period=wanted.period)
        if await take(tx, resource_ids=wanted.resource_ids, period=wanted.period, purpose="block", subject_id=block_id):
            return list(ousted.values())
        # Somebody came in between and is there to be seen now, or has gone again.
        await release(tx, subject_id=block_id)
    raise SlotTaken(wanted.space_id, wanted.period)


def _gives_way(taker: Taker, answer: Answer, now: datetime) -> bool:
    if taker.booking is not None and has_lapsed(taker.booking, now):
        return True
    return taker.told.kind == "outside" or (answer == "cancel" and taker.told.can_be_cancelled)
