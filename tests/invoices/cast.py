"""Sellers, buyers and sales for tests with a database."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from incubator.db.engine import Database, Tx, attempt, transaction
from incubator.invoices.details import BuyerForm, SellerDetails
from incubator.invoices.issue_invoice import issue_invoice
from incubator.invoices.sale import Sale
from incubator.invoices.set_buyer import set_buyer
from incubator.invoices.set_seller import set_seller
from incubator.invoices.views import InvoiceView
from incubator.kernel.ids import uuid7
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.documents import LINES, document

SELLER = SellerDetails(
    from_day=date(2026, 1, 1),
    name="Gmina Niepołomice",
    nip="6830010031",
    line1="Plac Zwycięstwa 13",
    line2="32-005 Niepołomice",
)
ACME = BuyerForm(name="Acme sp. z o.o.", nip="5261040828", line1="Leśna 4", line2="32-005 Niepołomice")
PERSON = BuyerForm(name="Anna Kowalska", line1="Szkolna 7/2", line2="30-001 Kraków")


async def open_for_invoices(db: Database, cast: Cast) -> None:
    """Niepołomice and Skawina sell, and Acme, Rival and the resident have said whom invoices name."""
    async with transaction(db) as tx:
        actor = await acting(db, cast.coordinator)
        await set_seller(tx, actor=actor, gmina_id=cast.niepolomice, details=SELLER, seen=None, now=NOW)
        actor = await acting(db, cast.other_coordinator)
        skawina = SellerDetails(from_day=SELLER.from_day, name="Gmina Skawina", nip="9441722224", line1="Rynek 1")
        await set_seller(tx, actor=actor, gmina_id=cast.skawina, details=skawina, seen=None, now=NOW)
        for who, organisation, told in (
            (cast.owner, cast.acme, ACME),
            (cast.stranger, cast.rival, replace_nip(ACME, "1132191233")),
            (cast.resident, None, PERSON),
        ):
            asker = await acting(db, who)
            await set_buyer(tx, actor=asker, organisation_id=organisation, details=told, seen=0, now=NOW)


def replace_nip(form: BuyerForm, nip: str) -> BuyerForm:
    return BuyerForm(name=form.name, nip=nip, line1=form.line1, line2=form.line2)


def sale(cast: Cast, **given: Any) -> Sale:
    """A room at LAS, sold to Acme and paid by transfer, or what is `given` instead."""
    made = Sale(
        gmina_id=cast.niepolomice,
        incubator_id=cast.las,
        subject_kind="booking",
        subject_id=uuid7(),
        lines=LINES,
        payment=document().payment,
        supplied_on=date(2026, 9, 4),
        charge_id=uuid7(),
        organisation_id=cast.acme,
    )
    return replace(made, **given)


def of_skawina(cast: Cast, **given: Any) -> Sale:
    return sale(cast, gmina_id=cast.skawina, incubator_id=cast.rynek, organisation_id=cast.rival, **given)


def of_resident(cast: Cast, **given: Any) -> Sale:
    return sale(cast, organisation_id=None, account_id=cast.resident.id, **given)


async def issue(db: Database, sold: Sale, *, now: datetime = NOW) -> InvoiceView:
    """Issued and committed."""
    return await attempt(db, lambda tx: issue_invoice(tx, sale=sold, now=now))


async def numbers(tx: Tx, incubator_id: UUID) -> list[int]:
    return [
        row["n"] for row in await tx.fetch("SELECT n FROM invoice WHERE incubator_id = $1 ORDER BY id", incubator_id)
    ]
