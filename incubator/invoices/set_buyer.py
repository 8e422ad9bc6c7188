"""Say whom invoices of a person, or of their organisation, name."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.invoices.details import BuyerForm, NipMissing, buyer_from
from incubator.invoices.document import Buyer
from incubator.invoices.parties import buyer_of
from incubator.people.actor import Actor
from incubator.people.standing import lock_as_owner, must_be_here
from incubator.web.etags import must_be_current

SET_OWN = """
INSERT INTO invoice_buyer (account_id, nip, told, version) VALUES ($1, $2, $3::text::jsonb, 1)
ON CONFLICT (account_id) DO UPDATE SET nip = excluded.nip, told = excluded.told, version = invoice_buyer.version + 1
"""
SET_ORGANISATIONS = """
INSERT INTO invoice_buyer (organisation_id, nip, told, version) VALUES ($1, $2, $3::text::jsonb, 1)
ON CONFLICT (organisation_id) DO UPDATE
    SET nip = excluded.nip, told = excluded.told, version = invoice_buyer.version + 1
"""


async def set_buyer(
    tx: Tx, *, actor: Actor, organisation_id: UUID | None, details: BuyerForm, seen: int | None, now: datetime
) -> Buyer:
    """The person's own, or an organisation's by its owners, made to the version `seen` (0: none yet). Raises
    NoSuchOrganisation, NotYours, ChangedMeanwhile, NipMissing, and what `buyer_from` raises. An organisation at home
    abroad need not have a NIP."""
    buyer = buyer_from(details)
    if organisation_id is None:
        await must_be_here(tx, account_id=actor.account_id)
    else:
        await lock_as_owner(tx, actor=actor, organisation_id=organisation_id)
        if not buyer.nip and not buyer.abroad:
            raise NipMissing()
    found = await buyer_of(tx, account_id=actor.account_id, organisation_id=organisation_id)
    must_be_current(found[1] if found else 0, seen)
    statement = SET_OWN if organisation_id is None else SET_ORGANISATIONS
    await tx.execute(statement, organisation_id or actor.account_id, buyer.nip, msgspec.json.encode(buyer).decode())
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="set_buyer",
        subject_kind="account" if organisation_id is None else "organisation",
        subject_id=organisation_id or actor.account_id,
    )
    return buyer
