"""Cancel what stands in the way of a block or a closure, and write to those who lose it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.in_the_way import has_lapsed
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.tell_cleared import tell_cleared
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True)
class Why:
    """The reason in Polish and, where there is one, in English."""

    pl: str
    en: str = ""

    def in_language(self, locale: str | None) -> str:
        return self.en if locale == "en" and self.en else self.pl


LANGUAGES = "SELECT id, locale FROM account WHERE id = ANY($1::uuid[])"


async def clear(
    tx: Tx, *, actor_id: UUID, bookings: Sequence[BookingView], why: Why, offering: bool = True, now: datetime
) -> list[BookingView]:
    """The bookings that were cancelled, each with the reason in its holder's language; lapsed holds
    expire instead. Everybody who lost some gets one mail. The caller has them locked and knows that
    they can be cancelled. Without `offering`, what becomes free is left to the job that offers."""
    rows = await tx.fetch(LANGUAGES, [booking.account_id for booking in bookings])
    spoken: dict[UUID, str] = {row["id"]: row["locale"] for row in rows}
    cancelled = []
    for booking in bookings:
        if has_lapsed(booking, now):
            await settle(
                tx, booking=booking, to=State.EXPIRED, verb="expire", actor_id=None, offering=offering, now=now
            )
            continue
        settled = await settle(
            tx,
            booking=booking,
            to=State.CANCELLED,
            verb="cancel",
            actor_id=actor_id,
            reason=why.in_language(spoken.get(booking.account_id)),
            offering=offering,
            now=now,
        )
        cancelled.append(settled)
    await tell_cleared(tx, bookings=cancelled, now=now)
    return cancelled
