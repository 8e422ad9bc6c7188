"""What a booking costs: quoted when it is asked for, owed when it is firm; given back by give_back_price.py.

All in the transaction of the deed. What is drawn from a credit costs nothing and is aid all the same: its price at the
market is what was given up. What is drawn from a pass that was bought is none: its aid was granted with the pass."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.aid.enter import Subject
from incubator.aid.grant import grant
from incubator.aid.rules import Benefit
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.money import Amount
from incubator.kernel.period import WARSAW
from incubator.passes.queries import is_bought
from incubator.payments.owe import owe
from incubator.pricing.keep_quote import keep_quote, kept_quote
from incubator.pricing.payment_terms import payment_terms
from incubator.pricing.quote import quote, quote_for_kind
from incubator.pricing.quote_of import Wish
from incubator.pricing.states import Category
from incubator.pricing.views import Quote, QuoteLine

KIND = "booking"

# The house's own use is nobody's to pay: of a coordinator for the gmina, of a meeting or session that a room is part of.
ASKED = """
SELECT coalesce(booking.extras, '{}') AS extras, booking.full_price, booking.attendees,
    booking.part_of IS NOT NULL OR booking.organisation_id IS NULL AND EXISTS (
        SELECT FROM role_grant WHERE role_grant.account_id = booking.account_id AND role = 'coordinator'
            AND role_grant.gmina_id = booking.gmina_id
    ) AS of_the_house
FROM booking WHERE id = $1
"""
CHOOSE = """
UPDATE booking SET extras = coalesce($2, extras), full_price = coalesce($3, full_price) WHERE id = $1
"""
CHOSEN = "SELECT extras, attendees AS people, full_price FROM booking WHERE id = $1"
LATEST = "SELECT id FROM quote WHERE subject_kind = 'booking' AND subject_id = $1 ORDER BY id DESC LIMIT 1"
PRICED = """
SELECT $3 AND EXISTS (
    SELECT FROM tariff_space JOIN price_list ON price_list.id = list_id WHERE space_id = $2 AND state = 'published'
) OR EXISTS (SELECT FROM quote WHERE subject_kind = 'booking' AND subject_id = $1)
"""
ENTERPRISE = "SELECT kind IN ('startup', 'company') FROM organisation WHERE id = $1"
LIST = "SELECT act_number, name_pl FROM price_list WHERE id = $1"


PEOPLE_MISSING = """
SELECT EXISTS (
    SELECT FROM booking JOIN space ON space.id = space_id JOIN extra ON extra.id = ANY (booking.extras)
    WHERE booking.id = $1 AND attendees IS NULL AND capacity > 1 AND per = 'person'
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What of a booking its price depends on besides space, time and holder."""

    extras: tuple[UUID, ...] = ()
    people: int | None = None
    full_price: bool = False


class PeopleMissing(Invalid):
    """What counts by person was chosen, and not for how many."""

    code = "people_missing"
    sentence = N_("Please say how many people come: something that you chose is paid for each person.")


async def chosen_with(tx: Tx, *, booking_id: UUID) -> Chosen:
    """What was chosen with a booking that is there."""
    row = await tx.fetchrow(CHOSEN, booking_id)
    assert row is not None, "seen a moment ago, and bookings stay"
    return Chosen(extras=tuple(row["extras"]), people=row["people"], full_price=row["full_price"])


async def choose(tx: Tx, *, booking_id: UUID, extras: Sequence[UUID] | None, full_price: bool | None) -> None:
    """What is chosen with a booking before it is quoted; what is None stays as it was."""
    if extras is not None or full_price is not None:
        await tx.execute(CHOOSE, booking_id, None if extras is None else list(dict.fromkeys(extras)), full_price)


async def quote_booking(tx: Tx, *, booking: BookingView, now: datetime) -> UUID | None:
    """Keep what the booking is asked for at, and give the quote's key; None for the house's own use, and where nothing
    is charged. A booking that was quoted keeps its quote. Raises NoSuchExtra, PeopleMissing."""
    kept: UUID | None = await tx.fetchval(LATEST, booking.id)
    if kept is not None:
        return kept
    made = await price_of(tx, booking=booking)
    if made is not None and await tx.fetchval(PEOPLE_MISSING, booking.id):
        raise PeopleMissing()
    return None if made is None else await keep(tx, booking, made, now)


async def has_price(tx: Tx, *, booking: BookingView) -> bool:
    """Whether there is anything to quote: some list has its space, or it was quoted before. A request that was made
    when nothing was charged keeps that price, as any booking keeps the one that it was made at: it is free, whatever
    list is published before it is answered."""
    asked_free = booking.state == State.AWAITING_APPROVAL
    return bool(await tx.fetchval(PRICED, booking.id, booking.space_id, not asked_free))


async def charge_booking(tx: Tx, *, booking: BookingView, by: UUID | None, now: datetime, ask: bool = True) -> None:
    """For a booking that has become firm, or is kept until it is paid. With `ask` who owes it is written to; who charges
    many asks for all together. Raises NoSuchExtra, PeopleMissing, AidCeiling, DeclarationNeeded, NoAidLimit, NoEuroRate."""
    quote_id = await quote_booking(tx, booking=booking, now=now)
    if quote_id is None:
        return
    made = await kept_quote(tx, quote_id=quote_id)
    await _grant(tx, booking, made, by, now)
    if made.due:
        await owe(
            tx,
            quote_id=quote_id,
            quote=made,
            subject_kind=KIND,
            subject_id=booking.id,
            account_id=booking.account_id,
            organisation_id=booking.organisation_id,
            due_at=await _due_at(tx, booking, made, now),
            lapses=booking.state == State.AWAITING_PAYMENT,
            now=now,
            ask=ask,
            text=text_of(booking),
        )


async def _due_at(tx: Tx, booking: BookingView, made: Quote, now: datetime) -> datetime:
    """By the list that it was quoted by; what is kept until it is paid, until then."""
    if booking.state == State.AWAITING_PAYMENT and booking.hold_expires_at is not None:
        return booking.hold_expires_at
    return now + timedelta(days=(await payment_terms(tx, list_id=made.list_id)).due_days)


def text_of(booking: BookingView) -> tuple[str, str]:
    """The space and when: who has several to pay tells them apart."""
    begins, ends = (one.astimezone(WARSAW) for one in (booking.period.start, booking.period.end))
    until = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%d.%m.%Y %H:%M}"
    when = f"{begins:%d.%m.%Y %H:%M}–{until}"
    return f"{booking.space_name_pl}, {when}", f"{booking.space_name_en or booking.space_name_pl}, {when}"


async def price_of(tx: Tx, *, booking: BookingView, chosen: Chosen | None = None, moved: bool = False) -> Quote | None:
    """What it would be quoted at in this moment, as it is or with what is `chosen` instead. Where it `moved`, its extras
    stay, at the price of the list that they were chosen from if need be. Raises NoSuchExtra."""
    asked = await tx.fetchrow(ASKED, booking.id)
    if asked is None or asked["of_the_house"]:
        return None
    of_now = Chosen(extras=tuple(asked["extras"]), people=asked["attendees"], full_price=asked["full_price"])
    chosen = chosen or of_now
    extras = {"kept": chosen.extras} if moved else {"extras": chosen.extras}
    wish = Wish(period=booking.period, people=chosen.people or 1, **extras)
    made = await quoted(tx, booking=booking, wish=wish, full_price=chosen.full_price)
    if made.list_id is None:
        return None
    if booking.credit_id is None:
        return made
    return covered(made, bought=await is_bought(tx, credit_id=booking.credit_id))


def covered(made: Quote, *, bought: bool) -> Quote:
    """The space drawn from a credit: its lines cost nothing, and no deposit is asked for; extras are paid. Where the
    credit is a pass that was `bought`, they are no aid either: that was granted with the pass."""
    lines = tuple(one if one.kind == "extra" else _free(one, bought=bought) for one in made.lines)
    return replace(made, lines=lines, deposit=0)


def _free(line: QuoteLine, *, bought: bool) -> QuoteLine:
    return replace(line, price=0, amount=Amount(), market=Amount() if bought else line.market)


async def quoted(tx: Tx, *, booking: BookingView, wish: Wish, full_price: bool) -> Quote:
    """Before it is put down, too. Raises NoSuchExtra."""
    if full_price:
        return await quote_for_kind(
            tx, space_id=booking.space_id, wish=wish, category=Category.COMMERCIAL, at_home=False
        )
    return await quote(
        tx,
        space_id=booking.space_id,
        wish=wish,
        account_id=booking.account_id,
        organisation_id=booking.organisation_id,
    )


async def keep(tx: Tx, booking: BookingView, made: Quote, now: datetime) -> UUID:
    return await keep_quote(
        tx,
        quote=made,
        subject_kind=KIND,
        subject_id=booking.id,
        account_id=booking.account_id,
        organisation_id=booking.organisation_id,
        now=now,
    )


async def _grant(tx: Tx, booking: BookingView, made: Quote, by: UUID | None, now: datetime) -> None:
    """Aid goes to who does business (Regulation (EU) 2023/2831, art. 2(1)): companies, not persons, not associations
    in what they do for the public, not public bodies."""
    if booking.organisation_id is None or not await tx.fetchval(ENTERPRISE, booking.organisation_id):
        return
    row: asyncpg.Record | None = await tx.fetchrow(LIST, made.list_id)
    benchmark = f"{row['name_pl']}, {row['act_number']}" if row else ""
    await grant(
        tx,
        organisation_id=booking.organisation_id,
        subject=Subject(kind=KIND, id=booking.id, gmina_id=booking.gmina_id, incubator_id=booking.incubator_id),
        benefit=Benefit(market=made.market.net, charged=made.amount.net, benchmark=benchmark),
        actor_id=by,
        now=now,
    )
