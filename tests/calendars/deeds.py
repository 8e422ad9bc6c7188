"""Deeds that come at random, as people do them: through the verbs, refusals and all."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID

import msgspec

from incubator.bookings.approve import approve
from incubator.bookings.block import block
from incubator.bookings.cancel import cancel
from incubator.bookings.cancel_series import cancel_series
from incubator.bookings.change_series import change_series
from incubator.bookings.confirm import confirm
from incubator.bookings.decline import decline
from incubator.bookings.hold import hold
from incubator.bookings.repeat import repeat
from incubator.bookings.repeat_booking import repeat_booking
from incubator.bookings.reschedule import reschedule
from incubator.bookings.retitle import retitle
from incubator.bookings.series_choice import Which
from incubator.bookings.series_outcome import Change
from incubator.bookings.series_rules import Pattern
from incubator.bookings.unblock import unblock
from incubator.db.engine import Database, Tx, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.people.remove_member import remove_member
from incubator.places.describe_space import describe_space
from incubator.places.details import SpaceDetails, picked
from tests.cast import Cast, acting
from tests.mentoring.cast import MentorAtHand
from tests.moments import NOW, TUESDAY, on

WORDS = ("Rada", "Próba; głosu, długa", "x" * 90, "")


@dataclass
class Deeds:
    """What was made so far, to be undone or changed by what comes next. `done` are the names of what was not refused."""

    db: Database
    cast: Cast
    ewa: MentorAtHand
    chance: Random
    given: Sequence["Turn"]
    done: list[str] = field(default_factory=list)

    async def one(self) -> None:
        """Whatever chance has it. A refusal undoes it."""
        deed, people = self.chance.choice(self.given)
        who = self.chance.choice(people)
        actor = await acting(self.db, self.ewa.person if who == "ewa" else getattr(self.cast, who))
        try:
            async with transaction(self.db) as tx:
                await deed(self, tx, actor)
        except Refusal:
            return
        self.done.append(deed.__name__)

    def space(self) -> UUID:
        cast = self.cast
        return self.chance.choice((cast.room_l, cast.room_a, cast.room_la, cast.room_s))

    def period(self) -> Period:
        hour = self.chance.randrange(8, 18)
        return on(TUESDAY + timedelta(days=7 * self.chance.randrange(4)), f"{hour}:00", f"{hour + 1}:00")

    async def some(self, tx: Tx, table: str) -> UUID:
        """One of those there are; of which there is none, none is found either."""
        keys = [row["id"] for row in await tx.fetch(f"SELECT id FROM {table} ORDER BY id")]
        return self.chance.choice(keys or [self.cast.las])

    async def hold(self, tx: Tx, actor: Actor) -> None:
        given = {"organisation_id": self.chance.choice((None, self.cast.acme)), "title": self.chance.choice(WORDS)}
        outright = self.chance.random() < 0.8
        await hold(tx, actor=actor, space_id=self.space(), period=self.period(), outright=outright, now=NOW, **given)

    async def confirm(self, tx: Tx, actor: Actor) -> None:
        await confirm(tx, actor=actor, booking_id=await self.some(tx, "booking"), now=NOW)

    async def cancel(self, tx: Tx, actor: Actor) -> None:
        await cancel(tx, actor=actor, booking_id=await self.some(tx, "booking"), now=NOW)

    async def retitle(self, tx: Tx, actor: Actor) -> None:
        booking_id = await self.some(tx, "booking")
        await retitle(tx, actor=actor, booking_id=booking_id, title=self.chance.choice(WORDS), now=NOW)

    async def reschedule(self, tx: Tx, actor: Actor) -> None:
        booking_id = await self.some(tx, "booking")
        to = self.chance.choice((None, self.space()))
        await reschedule(tx, actor=actor, booking_id=booking_id, period=self.period(), space_id=to, now=NOW)

    async def repeat(self, tx: Tx, actor: Actor) -> None:
        pattern = Pattern(
            first_day=TUESDAY,
            weekdays=(2, 4),
            start_minute=60 * self.chance.randrange(8, 18),
            length_minutes=60,
            count=4,
        )
        organisation_id = self.chance.choice((None, self.cast.acme))
        await repeat(
            tx, actor=actor, space_id=self.space(), pattern=pattern, organisation_id=organisation_id, title="S", now=NOW
        )

    async def repeat_booking(self, tx: Tx, actor: Actor) -> None:
        await repeat_booking(tx, actor=actor, booking_id=await self.some(tx, "booking"), count=3, now=NOW)

    async def change_series(self, tx: Tx, actor: Actor) -> None:
        which, occurrence = self.chance.choice([(Which.ALL, None), (Which.FOLLOWING, 2), (Which.THIS, 3)])
        change = self.chance.choice(
            (
                Change(title="Nowa"),
                Change(start_minute=60 * self.chance.randrange(8, 18)),
                Change(space_id=self.space()),
            )
        )
        key = await self.some(tx, "series")
        await change_series(tx, actor=actor, series_id=key, which=which, occurrence=occurrence, change=change, now=NOW)

    async def cancel_series(self, tx: Tx, actor: Actor) -> None:
        which, occurrence = self.chance.choice([(Which.ALL, None), (Which.FOLLOWING, 3), (Which.THIS, 2)])
        key = await self.some(tx, "series")
        await cancel_series(tx, actor=actor, series_id=key, which=which, occurrence=occurrence, now=NOW)

    async def leave(self, tx: Tx, actor: Actor) -> None:
        await remove_member(tx, actor=actor, organisation_id=self.cast.acme, account_id=actor.account_id, now=NOW)

    async def approve(self, tx: Tx, actor: Actor) -> None:
        await approve(tx, actor=actor, booking_id=await self.some(tx, "booking"), now=NOW)

    async def decline(self, tx: Tx, actor: Actor) -> None:
        await decline(tx, actor=actor, booking_id=await self.some(tx, "booking"), reason="Nie.", now=NOW)

    async def block(self, tx: Tx, actor: Actor) -> None:
        await block(
            tx, actor=actor, space_id=self.space(), period=self.period(), reason="R", bookings="cancel", now=NOW
        )

    async def unblock(self, tx: Tx, actor: Actor) -> None:
        await unblock(tx, actor=actor, block_id=await self.some(tx, "block"), now=NOW)

    async def rename(self, tx: Tx, actor: Actor) -> None:
        key = self.space()
        row = await tx.fetchrow("SELECT * FROM space WHERE id = $1", key)
        assert row is not None
        details = msgspec.structs.replace(picked(row, SpaceDetails), name_pl=f"Sala {self.chance.randrange(99)}")
        await describe_space(tx, actor=actor, space_id=key, details=details, now=NOW)


Deed = Callable[[Deeds, Tx, Actor], Awaitable[None]]
BY_PEOPLE: tuple[Deed, ...] = (
    *(Deeds.hold,) * 6,
    Deeds.confirm,
    *(Deeds.cancel,) * 2,
    *(Deeds.retitle,) * 2,
    *(Deeds.reschedule,) * 4,
    *(Deeds.repeat,) * 2,
    *(Deeds.repeat_booking,) * 2,
    *(Deeds.change_series,) * 3,
    Deeds.cancel_series,
    Deeds.leave,
)
BY_DESK: tuple[Deed, ...] = (Deeds.approve, Deeds.decline, Deeds.block, Deeds.unblock, Deeds.rename)
PEOPLE = ("member", "member", "colleague", "stranger")
Turn = tuple[Deed, Sequence[str]]
"""A deed, and whose it may be."""


def by(people: Sequence[str], deeds: Iterable[Deed]) -> Iterator[Turn]:
    return ((deed, people) for deed in deeds)


DEEDS = (*by(PEOPLE, BY_PEOPLE), *by(("coordinator",), BY_DESK))
