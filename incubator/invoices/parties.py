"""Who sells on a day, which unit issues, and whom an invoice names."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.invoices.details import NipMissing
from incubator.invoices.document import Address, Buyer, Seller, Unit
from incubator.invoices.views import SellerView, UnitView
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.places.queries import NoSuchIncubator


class SellerMissing(Conflict):
    """The gmina has not said how it names itself on invoices."""

    code = "seller_missing"
    sentence = N_("The gmina has not given its name, NIP and address for invoices yet.")


class BuyerMissing(Invalid):
    """Nobody has said whom the invoice names."""

    code = "buyer_missing"
    sentence = N_("First give the name and address that invoices should carry.")


SELLERS = "SELECT gmina_id, from_day, name, nip, line1, line2, version FROM invoice_seller WHERE gmina_id = $1"
UNIT = """
SELECT incubator.id AS incubator_id, incubator.gmina_id, incubator.name, street, postcode, town, coalesce(nip, '') AS nip,
    coalesce(internal_id, '') AS internal_id, coalesce(invoice_unit.version, 0) AS version
FROM incubator LEFT JOIN invoice_unit ON incubator_id = incubator.id
"""
BUYER = """
SELECT told::text AS told, version FROM invoice_buyer
WHERE account_id = $1 AND $2::uuid IS NULL OR organisation_id = $2
"""


async def seller_on(tx: Tx, *, gmina_id: UUID, day: date) -> Seller:
    """Raises SellerMissing."""
    row = await tx.fetchrow(f"{SELLERS} AND from_day <= $2 ORDER BY from_day DESC LIMIT 1", gmina_id, day)
    if row is None:
        raise SellerMissing()
    return Seller(name=row["name"], nip=row["nip"], address=Address(line1=row["line1"], line2=row["line2"]))


async def sellers_of(tx: Tx, *, gmina_id: UUID) -> list[SellerView]:
    """All that the gmina said, the latest first."""
    return [SellerView(**row) for row in await tx.fetch(f"{SELLERS} ORDER BY from_day DESC", gmina_id)]


async def unit_that_issues(tx: Tx, *, incubator_id: UUID) -> Unit:
    """Raises NoSuchIncubator."""
    row = await tx.fetchrow(f"{UNIT} WHERE incubator.id = $1", incubator_id)
    if row is None:
        raise NoSuchIncubator()
    street, town = row["street"].strip(), f"{row['postcode']} {row['town']}".strip()
    address = Address(line1=street or town, line2=town if street else "") if street or town else None
    return Unit(name=row["name"], address=address, nip=row["nip"], internal_id=row["internal_id"])


def version_of(sellers: Sequence[SellerView]) -> int:
    """Of all that a gmina said: one further with each saying, for whichever day."""
    return sum(one.version for one in sellers)


async def unit_of(tx: Tx, *, incubator_id: UUID) -> UnitView:
    """Raises NoSuchIncubator."""
    row = await tx.fetchrow(f"{UNIT} WHERE incubator.id = $1", incubator_id)
    if row is None:
        raise NoSuchIncubator()
    return UnitView(**{name: row[name] for name in UnitView.__struct_fields__})


async def gmina_of_incubator(tx: Tx, *, incubator_id: UUID) -> UUID:
    """Raises NoSuchIncubator."""
    found: UUID | None = await tx.fetchval("SELECT gmina_id FROM incubator WHERE id = $1", incubator_id)
    if found is None:
        raise NoSuchIncubator()
    return found


async def units_of(tx: Tx, *, gmina_id: UUID) -> list[UnitView]:
    rows = await tx.fetch(f"{UNIT} WHERE incubator.gmina_id = $1 ORDER BY incubator.name", gmina_id)
    names = UnitView.__struct_fields__
    return [UnitView(**{name: row[name] for name in names}) for row in rows]


async def buyer_of(tx: Tx, *, account_id: UUID | None, organisation_id: UUID | None) -> tuple[Buyer, int] | None:
    """Whom invoices of the organisation name, or of the person where there is none; and the version of it."""
    row = await tx.fetchrow(BUYER, account_id, organisation_id)
    return (msgspec.json.decode(row["told"], type=Buyer), row["version"]) if row is not None else None


async def buyer_before_payment(tx: Tx, *, account_id: UUID | None, organisation_id: UUID | None) -> Buyer:
    """Whom the invoice will name, asked before anything is paid: an organisation has to have given its NIP by then.
    Raises BuyerMissing, NipMissing."""
    found = await buyer_of(tx, account_id=account_id, organisation_id=organisation_id)
    if found is None:
        raise NipMissing() if organisation_id is not None else BuyerMissing()
    return found[0]
