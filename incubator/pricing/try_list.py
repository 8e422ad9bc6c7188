"""Try a price list out: what would this have cost? For typed wishes and for bookings that there were."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.period import WARSAW, Period
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.places.queries import NoSuchSpace
from incubator.pricing.queries import price_list
from incubator.pricing.quote import quote, quote_for_kind
from incubator.pricing.quote_of import Wish
from incubator.pricing.states import Category
from incubator.pricing.views import Quote
from incubator.pricing.views_lists import PriceListView


class NoSuchPastBooking(NotFound):
    """No booking of this incubator to try a list with."""

    code = "no_such_past_booking"
    sentence = N_("There is no such booking in this incubator.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBooking:
    """A booking that took place. `holder` is the organisation's name, empty for a private person."""

    id: UUID
    space_id: UUID
    space_pl: str
    space_en: str
    holder: str
    account_id: UUID
    organisation_id: UUID | None
    people: int
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a wish costs by the list in force today, without its extras, and by the list that is tried."""

    before: Quote
    after: Quote
    booking: PastBooking | None = None


PAST = """
SELECT booking.id, space.id AS space_id, space.name_pl AS space_pl, space.name_en AS space_en,
    coalesce(organisation.name, '') AS holder, booking.account_id, booking.organisation_id,
    greatest(coalesce(attendees, 1), 1) AS people, period
FROM booking JOIN space ON space.id = space_id LEFT JOIN organisation ON organisation.id = organisation_id
WHERE booking.incubator_id = $1 AND retired_at IS NULL AND state IN ('checked_in', 'completed') AND upper(period) < $2 AND part_of IS NULL
"""
LATEST = f"{PAST} ORDER BY lower(period) DESC, booking.id LIMIT $3"
ONE = f"{PAST} AND booking.id = $3"
CURRENT = """
SELECT id FROM price_list WHERE incubator_id = $1 AND state = 'published' AND in_force_from <= $2
ORDER BY in_force_from DESC LIMIT 1
"""


async def try_list(
    tx: Tx,
    *,
    actor: Actor,
    list_id: UUID,
    space_id: UUID,
    wish: Wish,
    category: Category | None,
    at_home: bool,
    now: datetime,
) -> Trial:
    """For a kind of buyer, commercial where none is said. Raises NoSuchPriceList, NotYours, NoSuchSpace, NoSuchExtra,
    TooLongToPrice."""
    tried = await _list(tx, actor, list_id, now)
    priced = partial(quote_for_kind, tx, space_id=space_id, category=category or Category.COMMERCIAL, at_home=at_home)
    found = await priced(wish=wish, list_id=list_id)
    if found.incubator_id != tried.incubator_id:
        raise NoSuchSpace()
    before = await priced(wish=replace(wish, extras=()), list_id=await _current(tx, tried, now))
    return Trial(before=before, after=found)


async def try_on_booking(tx: Tx, *, actor: Actor, list_id: UUID, booking_id: UUID, now: datetime) -> Trial:
    """A booking that there was, by what its holder is now. Raises NoSuchPriceList, NotYours, NoSuchPastBooking."""
    tried = await _list(tx, actor, list_id, now)
    row = await tx.fetchrow(ONE, tried.incubator_id, now, booking_id)
    if row is None:
        raise NoSuchPastBooking()
    past = _past(row)
    wish = Wish(period=past.period, people=past.people)
    priced = partial(
        quote,
        tx,
        space_id=past.space_id,
        wish=wish,
        account_id=past.account_id,
        organisation_id=past.organisation_id,
    )
    before = await priced(list_id=await _current(tx, tried, now))
    return Trial(before=before, after=await priced(list_id=list_id), booking=past)


async def past_bookings(tx: Tx, *, incubator_id: UUID, now: datetime, most: int = 30) -> list[PastBooking]:
    """The latest that took place, to choose from."""
    return [_past(row) for row in await tx.fetch(LATEST, incubator_id, now, most)]


async def _list(tx: Tx, actor: Actor, list_id: UUID, now: datetime) -> PriceListView:
    found = await price_list(tx, actor=actor, list_id=list_id, today=now.astimezone(WARSAW).date())
    must_coordinate(actor, found.gmina_id)
    return found


async def _current(tx: Tx, tried: PriceListView, now: datetime) -> UUID | None:
    """The list in force today, if there is one."""
    key: UUID | None = await tx.fetchval(CURRENT, tried.incubator_id, now.astimezone(WARSAW).date())
    return key


def _past(row: asyncpg.Record) -> PastBooking:
    given = dict(row)
    given["period"] = Period(row["period"].lower, row["period"].upper)
    return PastBooking(**given)
