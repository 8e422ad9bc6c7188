"""What a booking costs: quoted when it is asked for, owed when it is firm, given back when it is called off.

All in the transaction of the deed. What is drawn from a credit costs nothing and is aid all the same: its price at the
market is what was given up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.aid.enter import Subject
from incubator.aid.grant import grant
from incubator.aid.rules import Benefit
from incubator.aid.take_back import take_back
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.invoices.correct_invoice import correct_after_refund
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.money import Amount
from incubator.kernel.period import WARSAW
from incubator.payments.cancel_charge import ALL_BACK, cancel_charge
from incubator.payments.locked import locked
from incubator.payments.owe import owe
from incubator.pricing.keep_quote import keep_quote, kept_quote
from incubator.pricing.payment_terms import payment_terms
from incubator.pricing.quote import quote, quote_for_kind
from incubator.pricing.quote_of import Wish
from incubator.pricing.states import Category
from incubator.pricing.views import Quote

KIND = "booking"
CALLED_OFF, MOVED = "Odwołanie rezerwacji", "Zmiana terminu rezerwacji"
"""Why an invoice is corrected, as the correction says it."""

OWES = frozenset({State.CONFIRMED, State.CHECKED_IN})
"""States of a booking that may be moved and owes its price: who has checked in may still stay longer."""

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
LATEST = "SELECT id FROM quote WHERE subject_kind = 'booking' AND subject_id = $1 ORDER BY id DESC LIMIT 1"
OWED = "SELECT id FROM charge WHERE subject_kind = 'booking' AND subject_id = $1 ORDER BY id"
PRICED = """
SELECT EXISTS (
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


class PeopleMissing(Invalid):
    """What counts by person was chosen, and not for how many."""

    code = "people_missing"
    sentence = N_("Please say how many people come: something that you chose is paid for each person.")


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
    return None if made is None else await _keep(tx, booking, made, now)


async def has_price(tx: Tx, *, booking: BookingView) -> bool:
    """Whether there is anything to quote: some list has its space, or it was quoted before."""
    return bool(await tx.fetchval(PRICED, booking.id, booking.space_id))


async def charge_booking(tx: Tx, *, booking: BookingView, by: UUID | None, now: datetime) -> None:
    """For a booking that has become firm, or is kept until it is paid. Raises NoSuchExtra, PeopleMissing, AidCeiling, DeclarationNeeded, NoAidLimit, NoEuroRate."""
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
            text=_text(booking),
        )


async def _due_at(tx: Tx, booking: BookingView, made: Quote, now: datetime) -> datetime:
    """By the list that it was quoted by; what is kept until it is paid, until then."""
    if booking.state == State.AWAITING_PAYMENT and booking.hold_expires_at is not None:
        return booking.hold_expires_at
    return now + timedelta(days=(await payment_terms(tx, list_id=made.list_id)).due_days)


def _text(booking: BookingView) -> tuple[str, str]:
    """The space and when: who has several to pay tells them apart."""
    begins, ends = (one.astimezone(WARSAW) for one in (booking.period.start, booking.period.end))
    until = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%d.%m.%Y %H:%M}"
    when = f"{begins:%d.%m.%Y %H:%M}–{until}"
    return f"{booking.space_name_pl}, {when}", f"{booking.space_name_en or booking.space_name_pl}, {when}"


async def give_back_price(tx: Tx, *, booking: BookingView, by: UUID | None, now: datetime, reason: str) -> None:
    """For a booking that is called off in time, or by the house: all of it, with its invoice, and the aid that it was.
    `reason` is a word of ours."""
    left, said = booking.period.start - now, MOVED if reason == "moved" else CALLED_OFF
    for row in await tx.fetch(OWED, booking.id):
        before = await locked(tx, charge_id=row["id"])
        charge = await cancel_charge(tx, charge_id=before.id, steps=ALL_BACK, left=left, reason=reason, by=by, now=now)
        back = charge.back_net + charge.back_vat - before.back_net - before.back_vat
        if back > 0:
            await correct_after_refund(tx, charge_id=charge.id, refund=back, reason=said, by=by, now=now)
    await take_back(tx, subject_kind=KIND, subject_id=booking.id, actor_id=by, now=now)


async def quote_anew(tx: Tx, *, booking: BookingView, by: UUID | None, now: datetime) -> None:
    """For a booking that was moved: where its price is another, the old one is given back and the new one owed.
    Raises as `charge_booking` does."""
    kept: UUID | None = await tx.fetchval(LATEST, booking.id)
    before = None if kept is None else await kept_quote(tx, quote_id=kept)
    made = await price_of(tx, booking=booking)
    if _alike(before, made):
        if booking.state in OWES:
            await charge_booking(tx, booking=booking, by=by, now=now)
        return
    await give_back_price(tx, booking=booking, by=by, now=now, reason="moved")
    if made is not None:
        await _keep(tx, booking, made, now)
        if booking.state in OWES:
            await charge_booking(tx, booking=booking, by=by, now=now)
    elif before is not None:
        await _keep(tx, booking, replace(before, lines=(), deposit=0), now)


async def price_of(tx: Tx, *, booking: BookingView) -> Quote | None:
    """What it would be quoted at in this moment. Raises NoSuchExtra."""
    asked = await tx.fetchrow(ASKED, booking.id)
    if asked is None or asked["of_the_house"]:
        return None
    wish = Wish(period=booking.period, people=asked["attendees"] or 1, extras=tuple(asked["extras"]))
    made = await _quoted(tx, booking, wish, full_price=asked["full_price"])
    if made.list_id is None:
        return None
    return covered(made) if booking.credit_id is not None else made


def covered(made: Quote) -> Quote:
    """The space drawn from a credit: its lines cost nothing, and no deposit is asked for; extras are paid."""
    lines = tuple(one if one.kind == "extra" else replace(one, price=0, amount=Amount()) for one in made.lines)
    return replace(made, lines=lines, deposit=0)


async def _quoted(tx: Tx, booking: BookingView, wish: Wish, *, full_price: bool) -> Quote:
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


async def _keep(tx: Tx, booking: BookingView, made: Quote, now: datetime) -> UUID:
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


def _alike(before: Quote | None, after: Quote | None) -> bool:
    """Whether nothing changes for who pays and who is paid, nor for the aid."""
    if before is None or after is None:
        return before is after
    if (before.gmina_id, before.incubator_id) != (after.gmina_id, after.incubator_id):
        return False
    return (before.amount, before.deposit, before.market) == (after.amount, after.deposit, after.market)
