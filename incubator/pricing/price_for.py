"""What a wish would cost whoever asks: as they are, as one of their organisations, or as some kind of buyer."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Forbidden
from incubator.people.actor import Actor
from incubator.pricing.quote import quote, quote_for_kind
from incubator.pricing.quote_of import Wish
from incubator.pricing.states import Category
from incubator.pricing.views import Quote


class PriceForOthers(Forbidden):
    """A price for an organisation of others, by what it is. `category` asks without saying who."""

    code = "price_for_others"
    sentence = N_("You can only ask what it costs an organisation that you belong to.")


async def price_for(
    tx: Tx,
    *,
    actor: Actor | None,
    space_id: UUID,
    wish: Wish,
    organisation_id: UUID | None = None,
    category: Category | None = None,
    at_home: bool = False,
) -> Quote:
    """Somebody who is not known, and says nothing of themself, pays as a commercial buyer does. Raises
    PriceForOthers, NoSuchSpace, NoSuchExtra, TooLongToPrice."""
    if category is not None or actor is None:
        kind = category or Category.COMMERCIAL
        return await quote_for_kind(tx, space_id=space_id, wish=wish, category=kind, at_home=at_home)
    if organisation_id is not None and organisation_id not in actor.organisations:
        raise PriceForOthers()
    return await quote(tx, space_id=space_id, wish=wish, account_id=actor.account_id, organisation_id=organisation_id)
