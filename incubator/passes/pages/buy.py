"""Buy a pass: for whom, and what it costs them, line by line."""

from dataclasses import dataclass
from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.aid.grant import DeclarationNeeded
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.passes.buy_pass import buy_pass
from incubator.passes.pages.labels import labels_in
from incubator.passes.views import PassView
from incubator.people.actor import Actor
from incubator.people.forms import Asked, Deed
from incubator.people.guards import signed_in
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.pricing.quote_pass import OnSale, PassNotForYou, PassNotOnSale, pass_on_sale, quote_pass
from incubator.pricing.views import Quote
from incubator.web.bodies import Body


class BuyForm(Body, frozen=True):
    organisation_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who it can be bought for: an organisation, or where `name` is empty the person themself. `aid` is net grosz."""

    organisation_id: UUID | None
    name: str
    quote: Quote | None
    aid: int


async def _offer(tx: Tx, visit: Visit) -> OnSale:
    """Raises NoSuchPass."""
    today = visit.now.astimezone(WARSAW).date()
    return await pass_on_sale(tx, product_id=visit.key("product_id"), today=today)


async def _shown(tx: Tx, visit: Visit, offer: OnSale) -> Shown:
    choices = [await _choice(tx, visit.actor, offer, key) for key in (*visit.actor.organisations, None)]
    wanted = visit.typed.one("organisation_id") if visit.typed is not None else ""
    declare = wanted if isinstance(visit.refusal, DeclarationNeeded) else ""
    return Shown("passes/buy.html", offer=offer, product=offer.product, choices=choices, declare=declare)


async def _choice(tx: Tx, actor: Actor, offer: OnSale, organisation_id: UUID | None) -> Choice:
    own = actor.organisations[organisation_id] if organisation_id else None
    name = own.name if own else ""
    try:
        quote = await quote_pass(tx, offer=offer, account_id=actor.account_id, organisation_id=organisation_id)
    except (PassNotForYou, PassNotOnSale):
        return Choice(organisation_id=organisation_id, name=name, quote=None, aid=0)
    given_up = quote.market.net - quote.amount.net
    aid = given_up if own is not None and own.kind in ("startup", "company") else 0
    return Choice(organisation_id=organisation_id, name=name, quote=quote, aid=max(aid, 0))


async def _buy(asked: Asked) -> PassView:
    form = asked.typed.shaped(BuyForm)
    full_price = asked.typed.one("full_price") == "yes"
    told = {"organisation_id": form.organisation_id, "full_price": full_price}
    return await asked.do(buy_pass, product_id=asked.place.product.id, **told)


def _onward(bought: PassView) -> str:
    """To pay it, or where there is nothing to pay to the pass."""
    return f"/payments/{bought.charge_id}" if bought.charge_id else f"/passes/{bought.id}"


handlers: list[ControllerRouterHandler] = Screen(
    name="buy_pass",
    path="/passes/buy/{product_id:uuid}",
    guard=signed_in,
    about=_offer,
    shows=_shown,
    deeds={"buy": Deed(_buy, N_("The pass is ordered."), _onward)},
    labels=labels_in,
).handlers
