"""Keep what something was quoted at, for ever."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.ids import uuid7
from incubator.pricing.states import Category
from incubator.pricing.views import Quote, QuoteLine


class NoSuchQuote(NotFound):
    """No quote was kept under this identifier."""

    code = "no_such_quote"
    sentence = N_("There is no such quote.")


KEEP = """
INSERT INTO quote (id, gmina_id, incubator_id, list_id, subject_kind, subject_id, account_id, organisation_id, category,
    stated, net, vat, gross, market_net, market_vat, deposit, lines, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17::text::jsonb, $18)
"""


async def keep_quote(
    tx: Tx,
    *,
    quote: Quote,
    subject_kind: str,
    subject_id: UUID,
    account_id: UUID | None,
    organisation_id: UUID | None,
    now: datetime,
) -> UUID:
    """For the organisation where there is one, else for the person. Each change of mind is one more quote of the
    same subject; none is ever changed."""
    key, amount, market = uuid7(), quote.amount, quote.market
    await tx.execute(
        KEEP,
        key,
        quote.gmina_id,
        quote.incubator_id,
        quote.list_id,
        subject_kind,
        subject_id,
        None if organisation_id else account_id,
        organisation_id,
        quote.category.value,
        quote.stated,
        amount.net,
        amount.vat,
        amount.gross,
        market.net,
        market.vat,
        quote.deposit,
        msgspec.json.encode(quote.lines).decode(),
        now,
    )
    return key


async def kept_quote(tx: Tx, *, quote_id: UUID) -> Quote:
    """Raises NoSuchQuote."""
    row = await tx.fetchrow(
        "SELECT gmina_id, incubator_id, list_id, category, stated, lines::text AS lines, deposit FROM quote WHERE id = $1",
        quote_id,
    )
    if row is None:
        raise NoSuchQuote()
    given = dict(row)
    given["category"] = Category(row["category"])
    given["lines"] = msgspec.json.decode(row["lines"], type=tuple[QuoteLine, ...])
    return Quote(**given)
