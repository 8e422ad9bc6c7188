"""What a person takes along, what stays when they go, and when their name goes too."""

from datetime import UTC, datetime

from incubator.db.engine import Database, transaction
from incubator.features import ELSEWHERE
from incubator.payments.forget_payers import forget_payers
from incubator.payments.import_bank_file import import_bank_file, preview_bank_file
from incubator.payments.match_certain import match_certain
from incubator.payments.queries import payments_of
from incubator.payments.read_bank_file import read_bank_file
from incubator.people.erase_account import erase_account
from incubator.people.personal_data import export_personal_data
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.payments.money import charged
from tests.payments.test_charges import paying, stands


async def test_the_export_holds_what_one_owed_and_paid(db: Database, cast: Cast) -> None:
    desk, resident = await acting(db, cast.coordinator), await acting(db, cast.resident)
    async with transaction(db) as tx:
        charge = await charged(tx, cast, account=cast.resident.id)
        found = read_bank_file(f"Data;Kwota;Tytuł;Nadawca\n2026-09-07;123,00;{charge.title};Ryszard R.\n".encode())
        seen = await preview_bank_file(tx, actor=desk, gmina_id=cast.niepolomice, found=found, now=NOW)
        await import_bank_file(tx, actor=desk, import_id=seen.id, now=NOW)
        await match_certain(tx, actor=desk, gmina_id=cast.niepolomice, now=NOW)
        told = await export_personal_data(tx, actor=resident, elsewhere=ELSEWHERE, now=NOW)
        (owed,), (paid,) = told["charges"], told["payments"]  # type: ignore[misc]
        assert (owed["number"], owed["paid"], str(owed["kept_until"])) == (charge.number, 12_300, "2031-12-31")
        assert (paid["amount"], paid["payer"]) == (12_300, "Ryszard R.")
        other = await export_personal_data(tx, actor=await acting(db, cast.stranger), elsewhere=ELSEWHERE, now=NOW)
        assert other["charges"] == other["payments"] == other["refunds"] == []


async def test_an_erasure_leaves_what_the_law_asks_for(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast), 12_300)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await erase_account(tx, actor=actor, confirmation=cast.member.email, elsewhere=ELSEWHERE, now=NOW)
        assert await tx.fetchval("SELECT payer FROM charge WHERE id = $1", charge.id) == "Acme"
        assert len(await payments_of(tx, charge_id=charge.id)) == 1
        await stands(tx, cast)


async def test_names_go_five_years_after_the_end_of_the_year_and_amounts_stay(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        settled = await paying(tx, await charged(tx, cast), 12_300)
        owing = await charged(tx, cast)
        found = read_bank_file("Data;Kwota;Tytuł;Nadawca\n2026-09-07;1,00;sala;Ryszard\n".encode())
        seen = await preview_bank_file(tx, actor=desk, gmina_id=cast.niepolomice, found=found, now=NOW)
        await import_bank_file(tx, actor=desk, import_id=seen.id, now=NOW)
        await forget_payers(tx, now=datetime(2031, 12, 31, 12, tzinfo=UTC))
        assert await tx.fetchval("SELECT payer FROM bank_line") == "Ryszard"
        await forget_payers(tx, now=datetime(2032, 1, 1, 12, tzinfo=UTC))
        names = {row["id"]: row["payer"] for row in await tx.fetch("SELECT id, payer FROM charge")}
        assert names == {settled.id: "", owing.id: "Acme"}, "what is still owed is kept"
        assert tuple(await tx.fetchrow("SELECT payer, iban, title, amount FROM bank_line")) == ("", "", "", 100)  # type: ignore[arg-type]
        assert await tx.fetchval("SELECT paid FROM charge WHERE id = $1", settled.id) == 12_300
