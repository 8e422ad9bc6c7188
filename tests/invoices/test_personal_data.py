"""What is kept of people for invoices, and for how long."""

from datetime import UTC, datetime

import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.features import ELSEWHERE
from incubator.invoices.forget_buyers import forget_buyer, forget_buyers, wind_up_buyer
from incubator.invoices.parties import buyer_of
from incubator.people.personal_data import export_personal_data
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import issue, of_resident, open_for_invoices, sale

NAME = "SELECT document->'buyer'->>'name' FROM invoice WHERE id = $1"


async def test_the_export_holds_ones_invoices_and_until_when_they_are_kept(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    await issue(db, of_resident(cast))
    await issue(db, sale(cast))
    async with statement(db) as tx:
        told = await export_personal_data(tx, actor=await acting(db, cast.resident), elsewhere=ELSEWHERE, now=NOW)
    (one,) = told["invoices"]  # type: ignore[misc]
    assert (one["number"], one["buyer"], str(one["kept_until"])) == ("las/2026/1", "Anna Kowalska", "2033-01-01")
    assert "Anna Kowalska" in told["invoice_buyer"][0]["buyer"]  # type: ignore[index]


async def test_erasing_forgets_whom_to_name_and_keeps_what_was_issued(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made, resident = await issue(db, of_resident(cast)), await acting(db, cast.resident)
    async with transaction(db) as tx:
        await forget_buyer(tx, actor=resident, now=NOW)
        assert await buyer_of(tx, account_id=cast.resident.id, organisation_id=None) is None
        assert await tx.fetchval(NAME, made.id) == "Anna Kowalska"
        owner = await acting(db, cast.owner)
        await wind_up_buyer(tx, actor=owner, organisation_id=cast.acme, members=[], now=NOW)
        assert await buyer_of(tx, account_id=None, organisation_id=cast.acme) is None


@pytest.mark.parametrize(
    ("now", "left"),
    [(datetime(2032, 12, 31, 23, tzinfo=UTC), "Anna Kowalska"), (datetime(2033, 1, 1, tzinfo=UTC), "")],
)
async def test_people_are_taken_out_of_invoices_when_the_law_no_longer_asks_for_them(
    db: Database, cast: Cast, now: datetime, left: str
) -> None:
    await open_for_invoices(db, cast)
    own, company = await issue(db, of_resident(cast)), await issue(db, sale(cast))
    async with transaction(db) as tx:
        await forget_buyers(tx, now=now)
        await forget_buyers(tx, now=now)
        assert await tx.fetchval(NAME, own.id) == left
        assert await tx.fetchval(NAME, company.id) == "Acme sp. z o.o."
        assert await tx.fetchval("SELECT gross FROM invoice WHERE id = $1", own.id) == own.gross
