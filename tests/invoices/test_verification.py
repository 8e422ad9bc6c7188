"""The code on the paper, and the file that it is made of: the very bytes that were handed out."""

import asyncio
import zipfile
from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from io import BytesIO

import asyncpg
import httpx
import pytest
from pypdf import PdfReader

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.invoices import structured
from incubator.invoices.note_ksef_number import note_ksef_number
from incubator.invoices.queries import invoice_for
from incubator.invoices.structured import KsefNumberMissing, handed_out
from incubator.invoices.verification import PRODUCTION, code_of, verification_link, verify_at
from incubator.invoices.views import InvoiceInFull, InvoiceView
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import issue, of_resident, open_for_invoices, sale
from tests.invoices.test_pages import correct

Visit = Callable[..., httpx.AsyncClient]
NUMBER = "6830010031-20260907-0100A0B1C2D3-5F"


def test_the_link_is_the_one_of_the_ministrys_example() -> None:
    """NIP 1111111111, day 01-02-2026, and the hash of a file, as the documentation of codes has them."""
    proof = "UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE"
    verify_at("https://qr-test.ksef.mf.gov.pl/")
    try:
        link = verification_link(nip="1111111111", issued_on=date(2026, 2, 1), sha256=urlsafe_b64decode(f"{proof}="))
    finally:
        verify_at(PRODUCTION)
    assert link == f"https://qr-test.ksef.mf.gov.pl/invoice/1111111111/01-02-2026/{proof}"
    assert code_of(link).startswith("data:image/svg+xml")


async def found(db: Database, cast: Cast, made: InvoiceView) -> InvoiceInFull:
    async with statement(db) as tx:
        return await invoice_for(tx, actor=await acting(db, cast.coordinator), invoice_id=made.id)


async def note(db: Database, cast: Cast, made: InvoiceView, number: str = NUMBER) -> None:
    actor = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: note_ksef_number(tx, actor=actor, invoice_id=made.id, number=number, now=NOW))


async def test_what_was_handed_out_is_kept_and_handed_out_again(
    visit: Visit, db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version writes files otherwise; those that went out before stay as they were."""
    await open_for_invoices(db, cast)
    made, member = await issue(db, sale(cast)), visit(cast.member)
    assert (await found(db, cast, made)).verification is None
    first = (await member.get(f"/invoices/{made.id}/invoice.xml")).content
    monkeypatch.setattr(structured, "fa3", lambda *_, **__: b"<other/>")
    assert (await member.get(f"/invoices/{made.id}/invoice.xml")).content == first
    assert (await member.get(f"/api/invoices/{made.id}/structured")).content == first
    bundle = await visit(cast.coordinator).get("/desk/gminas/niepolomice/invoices/ksef.zip?month=2026-09")
    assert zipfile.ZipFile(BytesIO(bundle.content)).read("faktura-las-2026-1.xml") == first
    link = (await found(db, cast, made)).verification
    proof = sha256(first).digest()
    assert link == verification_link(nip="6830010031", issued_on=made.issued_on, sha256=proof)
    assert link is not None and urlsafe_b64decode(link.rsplit("/", 1)[-1] + "=") == proof


async def test_the_paper_carries_the_code_and_the_number_under_it(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made, member = await issue(db, sale(cast)), visit(cast.member)
    before = await paper(member, made)
    assert "OFFLINE" in before and "nie ma jeszcze numeru KSeF" in before
    await note(db, cast, made)
    after = await paper(member, made)
    assert after.count(NUMBER) == 2 and "OFFLINE" not in after
    page = (await member.get(f"/invoices/{made.id}")).text
    link = (await found(db, cast, made)).verification
    assert link is not None and f'href="{link}"' in page


async def test_a_person_whose_invoice_did_not_go_through_ksef_gets_no_code(
    visit: Visit, db: Database, cast: Cast
) -> None:
    await open_for_invoices(db, cast)
    made, resident = await issue(db, of_resident(cast)), visit(cast.resident)
    assert "OFFLINE" not in await paper(resident, made)
    await note(db, cast, made)
    assert (await paper(resident, made)).count(NUMBER) == 2


async def test_a_correction_that_waits_has_no_code_yet(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    made, member = await correct(db, cast, first, 100), visit(cast.member)
    assert "OFFLINE" not in await paper(member, made)
    with pytest.raises(KsefNumberMissing):
        await note(db, cast, made, NUMBER.replace("A0B1", "FFFF"))
    await note(db, cast, first)
    assert "OFFLINE" in await paper(member, made)


async def paper(client: httpx.AsyncClient, made: InvoiceView) -> str:
    content = (await client.get(f"/invoices/{made.id}/invoice.pdf")).content
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


async def test_who_ask_at_once_get_the_same_bytes(db: Database, cast: Cast) -> None:
    """A person's correction names the number of what it corrects if there is one: whoever is first decides for all."""
    await open_for_invoices(db, cast)
    first = await issue(db, of_resident(cast))
    made = await correct(db, cast, first, 100)

    async def ask() -> bytes:
        async with transaction(db) as tx:
            told = await invoice_for(tx, actor=await acting(db, cast.resident), invoice_id=made.id)
            return await handed_out(tx, found=told, now=NOW)

    asked = [ask() for _ in range(8)]
    *files, _ = await asyncio.gather(*asked, note(db, cast, first))
    async with statement(db) as tx:
        kept = await tx.fetchval("SELECT content FROM invoice_file WHERE invoice_id = $1", made.id)
    assert set(files) == {kept}
    assert await ask() == kept


@pytest.mark.parametrize("deed", ["UPDATE invoice_file SET made_at = now()", "DELETE FROM invoice_file"])
async def test_what_was_handed_out_stays(db: Database, cast: Cast, deed: str) -> None:
    await open_for_invoices(db, cast)
    await note(db, cast, await issue(db, sale(cast)))
    async with statement(db) as tx:
        with pytest.raises(asyncpg.RestrictViolationError):
            await tx.execute(deed)
        other = await tx.fetchval("SELECT content FROM invoice_file")
        with pytest.raises(asyncpg.PostgresError):
            await tx.execute(
                "INSERT INTO invoice_file SELECT invoice_id, $1, sha256, now() FROM invoice_file", other + b" "
            )
