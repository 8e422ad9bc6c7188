"""Say how a gmina names itself on invoices from a day on, and by what an incubator is known as its unit."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.invoices.details import SellerDetails, UnitDetails, seller_from, unit_from
from incubator.invoices.parties import sellers_of, unit_of, version_of
from incubator.invoices.views import SellerView, UnitView
from incubator.people.actor import Actor
from incubator.places.reach import gmina_to_change, incubator_to_change
from incubator.web.etags import must_be_current

SET_SELLER = """
INSERT INTO invoice_seller (gmina_id, from_day, name, nip, line1, line2, version) VALUES ($1, $2, $3, $4, $5, $6, 1)
ON CONFLICT (gmina_id, from_day) DO UPDATE SET name = excluded.name, nip = excluded.nip, line1 = excluded.line1,
    line2 = excluded.line2, version = invoice_seller.version + 1
"""
SET_UNIT = """
INSERT INTO invoice_unit (incubator_id, nip, internal_id, version) VALUES ($1, $2, $3, 1)
ON CONFLICT (incubator_id) DO UPDATE SET nip = excluded.nip, internal_id = excluded.internal_id,
    version = invoice_unit.version + 1
"""


async def set_seller(
    tx: Tx, *, actor: Actor, gmina_id: UUID, details: SellerDetails, seen: int | None, now: datetime
) -> list[SellerView]:
    """What counts from the day; said anew, it replaces what was said for that day. Invoices that were issued stay as
    they are. `seen` is the version of all that was said (`version_of`). Raises NoSuchGmina, NotYours,
    ChangedMeanwhile, BadNip, NotForAnInvoice."""
    seller = seller_from(details)
    await gmina_to_change(tx, actor=actor, gmina_id=gmina_id)
    must_be_current(version_of(await sellers_of(tx, gmina_id=gmina_id)), seen)
    address = seller.address
    given = (seller.name, seller.nip, address.line1, address.line2)
    await tx.execute(SET_SELLER, gmina_id, details.from_day, *given)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="set_seller",
        subject_kind="gmina",
        subject_id=gmina_id,
        gmina_id=gmina_id,
        after={"from_day": details.from_day, "nip": seller.nip},
    )
    return await sellers_of(tx, gmina_id=gmina_id)


async def set_unit(
    tx: Tx, *, actor: Actor, incubator_id: UUID, details: UnitDetails, seen: int | None, now: datetime
) -> UnitView:
    """Raises NoSuchIncubator, NotYours, ChangedMeanwhile, BadNip, BadInternalId."""
    nip, internal_id = unit_from(details)
    gmina_id: UUID = (await incubator_to_change(tx, actor=actor, incubator_id=incubator_id))["gmina_id"]
    must_be_current((await unit_of(tx, incubator_id=incubator_id)).version, seen)
    await tx.execute(SET_UNIT, incubator_id, nip, internal_id)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="set_unit",
        subject_kind="incubator",
        subject_id=incubator_id,
        gmina_id=gmina_id,
        after={"nip": nip, "internal_id": internal_id},
    )
    return await unit_of(tx, incubator_id=incubator_id)
