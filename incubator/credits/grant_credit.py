"""Grant an organisation, or a person for themself, hours of rooms, days at desks, hours of mentors, seats."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from incubator.credits.holder import Holder
from incubator.credits.queries import credits_by_id
from incubator.credits.views import CreditView
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Invalid, NotFound
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period, local_midnight
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.web.bodies import Body, Line

Kind = Literal["room_minutes", "desk_days", "mentor_minutes", "seats"]
Year = Annotated[date, Meta(description="Between the years 2000 and 2199.")]


class NobodyToGrant(NotFound):
    """No organisation or person with this identifier, or the one was closed and the other left."""

    code = "nobody_to_grant"
    sentence = N_("There is no such organisation or person, or they are no longer here.")


class CreditDaysCross(Invalid):
    """The last day comes before the first, or no calendar of ours reaches it."""

    code = "credit_days_cross"
    sentence = N_("The last day has to be the first or later, between the years 2000 and 2199.")


class Grant(Body, frozen=True):
    """Minutes for room_minutes and mentor_minutes, days for desk_days, seats for seats; good from the first day
    to the last. `reason` is kept for the holder to read."""

    kind: Kind
    amount: Annotated[int, Meta(ge=1, le=10_000_000)]
    first_day: Year
    last_day: Year
    reason: Line


INSERT = """
INSERT INTO credit (id, organisation_id, account_id, kind, gmina_id, programme_id, source_id, name_pl, name_en, valid,
    granted, used, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, tstzrange($10, $11), $12, 0, $13)
"""
LIVE = "SELECT true FROM organisation WHERE id = $1 AND closed_at IS NULL FOR KEY SHARE"
HERE = "SELECT true FROM account WHERE id = $1 AND erased_at IS NULL FOR KEY SHARE"


async def grant_credit(
    tx: Tx, *, actor: Actor, holder: Holder, gmina_id: UUID, grant: Grant, now: datetime
) -> CreditView:
    """A credit by a coordinator's own deed, good in their gmina. Raises NotYours, NobodyToGrant,
    CreditDaysCross."""
    must_coordinate(actor, gmina_id)
    if not 2000 <= grant.first_day.year <= grant.last_day.year < 2199 or grant.last_day < grant.first_day:
        raise CreditDaysCross()
    if not await tx.fetchval(LIVE if holder.organisation_id else HERE, holder.id):
        raise NobodyToGrant()
    key = uuid7()
    await put_credit(
        tx,
        key=key,
        holder=holder,
        kind=grant.kind,
        gmina_id=gmina_id,
        source_id=key,
        names=(grant.reason, ""),
        valid=days(grant.first_day, grant.last_day),
        amount=grant.amount,
        now=now,
    )
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="grant_credit",
        subject_kind="credit",
        subject_id=key,
        gmina_id=gmina_id,
        after={**holder.told(), "kind": grant.kind, "amount": grant.amount},
    )
    (made,) = await credits_by_id(tx, ids=[key])
    return made


async def put_credit(
    tx: Tx,
    *,
    key: UUID,
    holder: Holder,
    kind: str,
    gmina_id: UUID | None,
    source_id: UUID,
    names: tuple[str, str],
    valid: Period,
    amount: int,
    programme_id: UUID | None = None,
    now: datetime,
) -> None:
    """For who has asked already whether it may be granted. `names` are Polish and English."""
    await tx.execute(
        INSERT,
        key,
        holder.organisation_id,
        holder.account_id,
        kind,
        gmina_id,
        programme_id,
        source_id,
        *names,
        valid.start,
        valid.end,
        amount,
        now,
    )


def days(first: date, last: date) -> Period:
    """From the first instant of a day in Warsaw to the end of another."""
    return Period(local_midnight(first), local_midnight(last + timedelta(days=1)))
