"""What a wish comes to: by the list in force on the day that it starts, for who would pay."""

from datetime import date
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import WARSAW
from incubator.places.queries import LONGEST_STAY
from incubator.pricing.price_book import prices_on
from incubator.pricing.quote_of import Wish, quote_as, quote_of
from incubator.pricing.rules import Buyer
from incubator.pricing.states import Category
from incubator.pricing.views import Quote


class TooLongToPrice(Invalid):
    """A wish for longer than anything can be booked."""

    code = "too_long_to_price"
    sentence = N_("Nothing can be booked for longer than a year. Choose a shorter time.")


# $1 account, $2 organisation, $3 gmina of the place.
BUYER = """
SELECT coalesce(organisation.kind, 'person') AS kind,
    coalesce(CASE WHEN $2::uuid IS NULL THEN account.gmina_id ELSE organisation.gmina_id END = $3, false) AS at_home,
    $2 IS NOT NULL AND EXISTS (
        SELECT FROM participation WHERE organisation_id = $2 AND state IN ('admitted', 'active')
    ) AS takes_part
FROM (SELECT) AS one
LEFT JOIN account ON account.id = $1 LEFT JOIN organisation ON organisation.id = $2
"""


async def quote(
    tx: Tx, *, space_id: UUID, wish: Wish, account_id: UUID, organisation_id: UUID | None, list_id: UUID | None = None
) -> Quote:
    """For an organisation, or for the person themself; by another list than the one in force where one is named.
    Raises NoSuchSpace, NoSuchExtra, TooLongToPrice."""
    prices = await prices_on(tx, space_id=space_id, day=_day(wish), list_id=list_id, earlier=wish.kept)
    row = await tx.fetchrow(BUYER, account_id, organisation_id, prices.gmina_id)
    assert row is not None, "made of one row"
    return quote_of(prices, wish, Buyer(**row))


async def quote_for_kind(
    tx: Tx, *, space_id: UUID, wish: Wish, category: Category, at_home: bool, list_id: UUID | None = None
) -> Quote:
    """For whoever is of this kind: for those who are not known, and for trying out. Raises as `quote` does."""
    prices = await prices_on(tx, space_id=space_id, day=_day(wish), list_id=list_id, earlier=wish.kept)
    return quote_as(prices, wish, category=category, at_home=at_home)


def _day(wish: Wish) -> date:
    if wish.period.length > LONGEST_STAY:
        raise TooLongToPrice()
    return wish.period.start.astimezone(WARSAW).date()
