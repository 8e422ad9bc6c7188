"""Passes as who asks may see them: their own and those of their organisations, or the gmina's at the desk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.passes.states import PassState
from incubator.passes.views import PassView, UseView
from incubator.people.actor import Actor

PAGE = 50


class NoSuchPassBought(NotFound):
    """No pass, or one that who asks may not know of."""

    code = "no_such_pass_bought"
    sentence = N_("There is no such pass.")


# Of what a credit still says as granted after its rest was given back, nothing was not drawn.
VIEW = """
SELECT bought.id, bought.gmina_id, gmina.name AS gmina_name, bought.incubator_id, incubator.name AS incubator_name,
    bought.organisation_id, bought.account_id, coalesce(organisation.name, account.name, '') AS holder,
    bought.product_id, product.list_id, product.name_pl, product.name_en, product.kind, product.amount,
    product.valid_days, bought.state, bought.quote_id, quote.net, quote.vat,
    coalesce(charge.back_net + charge.back_vat, 0) AS back, bought.charge_id, charge.due_at, bought.credit_id,
    lower(credit.valid) AS valid_from, upper(credit.valid) AS valid_until, coalesce(credit.used, 0) AS drawn,
    CASE WHEN bought.ended_at IS NULL THEN coalesce(credit.granted - credit.used, 0) ELSE 0 END AS left,
    bought.created_at, bought.live_at, bought.ended_at, bought.version
FROM pass_bought AS bought JOIN pass_product AS product ON product.id = bought.product_id
JOIN gmina ON gmina.id = bought.gmina_id JOIN incubator ON incubator.id = bought.incubator_id
JOIN quote ON quote.id = bought.quote_id
LEFT JOIN organisation ON organisation.id = bought.organisation_id LEFT JOIN account ON account.id = bought.account_id
LEFT JOIN charge ON charge.id = bought.charge_id LEFT JOIN credit ON credit.id = bought.credit_id
"""
ITS = f"{VIEW} WHERE bought.id = $1"
ONE = f"""
{VIEW} WHERE bought.id = $1
    AND (bought.account_id = $2 OR bought.organisation_id = ANY($3::uuid[]) OR bought.gmina_id = ANY($4::uuid[]) OR $5)
"""
OWN = f"""
{VIEW} WHERE (bought.account_id = $1 OR bought.organisation_id = ANY($2::uuid[]))
    AND ($3::timestamptz IS NULL OR (bought.created_at, bought.id) < ($3, $4::uuid))
ORDER BY bought.created_at DESC, bought.id DESC LIMIT $5
"""
AT_DESK = f"""
{VIEW} WHERE bought.gmina_id = $1 AND ($2::timestamptz IS NULL OR (bought.created_at, bought.id) < ($2, $3::uuid))
ORDER BY bought.created_at DESC, bought.id DESC LIMIT $4
"""
DRAWS = """CASE WHEN {kind} = 'room_minutes' THEN extract(epoch FROM upper(period) - lower(period))::int / 60
    ELSE ((upper(period) - interval '1 microsecond') AT TIME ZONE 'Europe/Warsaw')::date
        - (lower(period) AT TIME ZONE 'Europe/Warsaw')::date + 1 END"""
"""What a booking draws from a credit of the kind, as the rules of bookings say it."""
USES = f"""
SELECT booking.id AS booking_id, space.name_pl AS space_name_pl, space.name_en AS space_name_en, lower(period) AS start,
    upper(period) AS "end", booking.state, {DRAWS.format(kind="credit.kind")} AS amount
FROM booking JOIN credit ON credit.id = credit_id JOIN space ON space.id = space_id
WHERE credit_id = $1 AND (booking.state NOT IN ('cancelled', 'declined', 'expired') OR credit_kept)
ORDER BY lower(period) DESC, booking.id LIMIT 500
"""
SOLD_BY = "SELECT slug, name FROM incubator WHERE gmina_id = $1 ORDER BY name"
BOUGHT = "SELECT EXISTS (SELECT FROM pass_bought WHERE credit_id = $1)"


@dataclass(frozen=True, slots=True)
class Seller:
    """An incubator, whose price lists say what passes cost."""

    slug: str
    name: str


async def sold_by(tx: Tx, *, gmina_id: UUID) -> list[Seller]:
    return [Seller(**row) for row in await tx.fetch(SOLD_BY, gmina_id)]


async def is_bought(tx: Tx, *, credit_id: UUID) -> bool:
    """Whether a credit is a pass that was paid for, and no grant."""
    return bool(await tx.fetchval(BOUGHT, credit_id))


async def pass_for(tx: Tx, *, actor: Actor, pass_id: UUID) -> PassView:
    """For its holder, those of the organisation, and the gmina's coordinator. Raises NoSuchPassBought."""
    mine = (actor.account_id, list(actor.organisations))
    row = await tx.fetchrow(ONE, pass_id, *mine, list(actor.coordinates), actor.is_administrator)
    if row is None:
        raise NoSuchPassBought()
    return _view(row)


async def pass_at_desk(tx: Tx, *, actor: Actor, pass_id: UUID) -> PassView:
    """For the gmina's coordinator. Raises NoSuchPassBought."""
    found = await pass_for(tx, actor=actor, pass_id=pass_id)
    if not at_desk(actor, found):
        raise NoSuchPassBought()
    return found


async def pass_as_it_is(tx: Tx, *, pass_id: UUID) -> PassView:
    """For who has asked already."""
    row = await tx.fetchrow(ITS, pass_id)
    assert row is not None, "no pass is ever taken away"
    return _view(row)


async def own_passes(
    tx: Tx, *, actor: Actor, after: tuple[datetime, UUID] | None = None, limit: int = PAGE
) -> list[PassView]:
    """The person's and those of their organisations, the latest first."""
    rows = await tx.fetch(OWN, actor.account_id, list(actor.organisations), *(after or (None, None)), limit)
    return [_view(row) for row in rows]


async def passes_at_desk(
    tx: Tx, *, gmina_id: UUID, after: tuple[datetime, UUID] | None = None, limit: int = PAGE
) -> list[PassView]:
    """Those that a gmina sold, the latest first. The caller has asked who looks."""
    return [_view(row) for row in await tx.fetch(AT_DESK, gmina_id, *(after or (None, None)), limit)]


async def uses_of(tx: Tx, *, bought: PassView) -> list[UseView]:
    """What drew on it and was not called off in time, the latest first."""
    if bought.credit_id is None:
        return []
    return [UseView(**row) for row in await tx.fetch(USES, bought.credit_id)]


def is_holder(actor: Actor, bought: PassView) -> bool:
    organisations: Collection[UUID] = actor.organisations
    return bought.account_id == actor.account_id or bought.organisation_id in organisations


def at_desk(actor: Actor, bought: PassView) -> bool:
    return bought.gmina_id in actor.coordinates or actor.is_administrator


def _view(row: asyncpg.Record) -> PassView:
    return PassView(**{**dict(row), "state": PassState(row["state"])})
