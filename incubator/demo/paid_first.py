"""A house in which private persons pay first: one booking that waits, one that is paid, one that nobody paid, and one
whose transfer was late."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal

from incubator.bookings.be_paid import be_paid
from incubator.bookings.draft import Order
from incubator.bookings.expire import expire_overdue
from incubator.bookings.hold import hold_order
from incubator.bookings.pay_late import pay_late
from incubator.bookings.place import SlotTaken
from incubator.bookings.rules import OutsideOpeningHours
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.demo.teams import address
from incubator.demo.world import World
from incubator.kernel.period import WARSAW, Period, local_days, local_moment
from incubator.payments.match_payment import record_transfer
from incubator.payments.states import ChargeState

VENUE, ROOM = "solny-hub", "sala-warsztatowa"
OWED = "SELECT id FROM charge WHERE subject_kind = 'booking' AND subject_id = $1"
TOTAL = "SELECT net + vat + deposit FROM charge WHERE subject_kind = 'booking' AND subject_id = $1"
Fate = Literal["waits", "pays", "never_pays", "pays_late"]
# Who asked how many days ago for which day ahead, for what, and what became of it; the list gives seven days.
WISHES: tuple[tuple[str, int, int, str, Fate], ...] = (
    ("Felicja Start", 10, 7, "Degustacja dla przewodników", "never_pays"),
    ("Henryk Rozmach", 9, 8, "Próba generalna prezentacji", "pays_late"),
    ("Inga Próba", 6, 9, "Warsztat z klientkami", "pays"),
    ("Alicja Pomysł", 2, 12, "Szkoła soli: pierwsze zajęcia", "waits"),
)


async def pay_first(tx: Tx, world: World, *, now: datetime) -> None:
    for who, ago, ahead, title, fate in WISHES:
        asked = now - timedelta(days=ago)
        days = local_days(now.astimezone(WARSAW).date() + timedelta(days=ahead), 7)
        booking = await _book(tx, world, who, title, asked, days)
        match fate:
            case "pays":
                await _pay(tx, world, booking, now - timedelta(days=3))
            case "never_pays" | "pays_late":
                await expire_overdue(tx, now=asked + timedelta(days=7), account_id=booking.account_id)
                if fate == "pays_late":
                    await _pay(tx, world, booking, now - timedelta(days=1))
            case "waits":
                pass


async def _book(tx: Tx, world: World, who: str, title: str, asked: datetime, days: Period) -> BookingView:
    """The first two hours of those days that are open and free."""
    actor, space_id = world.actor(address(who)), world.space(VENUE, ROOM)
    for day in days.local_days():
        for hour in range(9, 18):
            period = Period(local_moment(day, hour * 60), local_moment(day, (hour + 2) * 60))
            order = Order(space_id=space_id, period=period, title=title, attendees=8, outright=True)
            with suppress(SlotTaken, OutsideOpeningHours):
                async with tx.transaction():
                    return await hold_order(tx, actor=actor, order=order, now=asked)
    raise SlotTaken(space_id, days)


async def _pay(tx: Tx, world: World, booking: BookingView, when: datetime) -> None:
    """By a transfer that the desk saw; what follows from it is done at once."""
    charge = await record_transfer(
        tx,
        actor=world.coordinator(VENUE),
        charge_id=await tx.fetchval(OWED, booking.id),
        amount=await tx.fetchval(TOTAL, booking.id),
        received_on=when.astimezone(WARSAW).date(),
        reference="",
        seen=None,
        now=when,
    )
    follows = pay_late if charge.state == ChargeState.CANCELLED else be_paid
    await follows(tx, charge=charge, now=when)
