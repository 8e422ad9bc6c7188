"""Buy a pass: its price is kept and owed, and what it is cheaper than at the market is granted as aid."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.aid.enter import Subject
from incubator.aid.grant import grant
from incubator.aid.rules import Benefit
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Forbidden
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from incubator.ledger.states import Account
from incubator.passes.go_live import begin
from incubator.passes.queries import pass_as_it_is
from incubator.passes.settle_pass import note
from incubator.passes.views import PassView
from incubator.payments.owe import owe
from incubator.people.actor import Actor
from incubator.pricing.keep_quote import keep_quote
from incubator.pricing.quote_pass import OnSale, pass_on_sale, quote_pass
from incubator.pricing.views import Quote

KIND = "pass"
PAY_WITHIN = timedelta(days=14)
"""Time for a transfer, from the order."""


class PassForOthers(Forbidden):
    """A pass for an organisation of others."""

    code = "pass_for_others"
    sentence = N_("You can only buy a pass for yourself or for an organisation that you belong to.")


# Neither an erasure nor a closing comes between.
STANDS = """
SELECT account.id FROM account WHERE account.id = $1 AND erased_at IS NULL AND ($2::uuid IS NULL OR EXISTS (
    SELECT FROM membership WHERE organisation_id = $2 AND account_id = $1 FOR KEY SHARE
)) FOR KEY SHARE
"""
ADD = """
INSERT INTO pass_bought (id, gmina_id, incubator_id, organisation_id, account_id, bought_by, product_id, quote_id,
    charge_id, state, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'ordered', $10, 1)
"""
ENTERPRISE = "SELECT kind IN ('startup', 'company') FROM organisation WHERE id = $1"
LIST = "SELECT act_number, name_pl FROM price_list WHERE id = $1"


async def buy_pass(
    tx: Tx,
    *,
    actor: Actor,
    product_id: UUID,
    organisation_id: UUID | None = None,
    full_price: bool = False,
    now: datetime,
) -> PassView:
    """For one of the person's organisations, or for themself; with `full_price` as a commercial buyer does, which is no
    aid. It is good once it is paid; what costs nothing is good at once. Raises PassForOthers, NoSuchPass, PassNotOnSale, PassNotForYou, AidCeiling, DeclarationNeeded, NoAidLimit,
    NoEuroRate."""
    if not await tx.fetchval(STANDS, actor.account_id, organisation_id):
        raise PassForOthers()
    today = now.astimezone(WARSAW).date()
    offer = await pass_on_sale(tx, product_id=product_id, today=today)
    party: dict[str, UUID | None] = {"account_id": actor.account_id, "organisation_id": organisation_id}
    quote = await quote_pass(
        tx, offer=offer, account_id=actor.account_id, organisation_id=organisation_id, full_price=full_price
    )
    key = uuid7()
    await _grant(tx, offer, quote, key, actor, organisation_id, now)
    quote_id = await keep_quote(tx, quote=quote, subject_kind=KIND, subject_id=key, now=now, **party)
    charge_id = await _owe(tx, quote, quote_id, key, actor, organisation_id, now)
    place = (offer.gmina_id, offer.incubator_id)
    holder = (organisation_id, None if organisation_id else actor.account_id)
    await tx.execute(ADD, key, *place, *holder, actor.account_id, product_id, quote_id, charge_id, now)
    bought = await pass_as_it_is(tx, pass_id=key)
    await note(tx, bought, "buy_pass", by=actor.account_id, now=now)
    return bought if charge_id else await begin(tx, bought, day=today, by=actor.account_id, now=now)


async def _owe(
    tx: Tx, quote: Quote, quote_id: UUID, key: UUID, actor: Actor, organisation_id: UUID | None, now: datetime
) -> UUID | None:
    """None where it costs nothing."""
    if not quote.due:
        return None
    charge = await owe(
        tx,
        quote_id=quote_id,
        quote=quote,
        subject_kind=KIND,
        subject_id=key,
        account_id=actor.account_id,
        organisation_id=organisation_id,
        due_at=now + PAY_WITHIN,
        now=now,
        earns=Account.PREPAID,
    )
    return charge.id


async def _grant(
    tx: Tx, offer: OnSale, quote: Quote, key: UUID, actor: Actor, organisation_id: UUID | None, now: datetime
) -> None:
    """To companies: the right to the lower price arises now, whenever it is used."""
    if organisation_id is None or not await tx.fetchval(ENTERPRISE, organisation_id):
        return
    (row,) = await tx.fetch(LIST, offer.list_id)
    await grant(
        tx,
        organisation_id=organisation_id,
        subject=Subject(kind=KIND, id=key, gmina_id=offer.gmina_id, incubator_id=offer.incubator_id),
        benefit=Benefit(
            market=quote.market.net,
            charged=quote.amount.net,
            benchmark=f"{row['name_pl']}, {row['act_number']}",
        ),
        actor_id=actor.account_id,
        now=now,
    )
