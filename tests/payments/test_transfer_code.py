"""The code of a transfer: the text of the banks' recommendation."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from incubator.db.engine import Database, transaction
from incubator.payments.transfer_code import transfer_text
from incubator.payments.views import BankAccountView
from tests.cast import Cast
from tests.payments.money import charged

ACCOUNT = BankAccountView(
    id=uuid4(),
    gmina_id=uuid4(),
    iban="PL61109010140000071219812874",
    holder="Gmina Niepołomice – Urząd | Miejski",
    nip="5261040828",
    valid_from=date(2026, 9, 1),
)


async def test_the_code_says_all_that_a_transfer_needs(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
    text = transfer_text(charge, ACCOUNT)
    assert text == "5261040828|PL|61109010140000071219812874|012300|Gmina Niepołomice –|INK 0000013|||"
    assert transfer_text(charge, replace(ACCOUNT, nip="")) == text.removeprefix("5261040828")


@pytest.mark.parametrize(
    ("outstanding", "fits"), [(0, False), (-5, False), (1, True), (999_999, True), (1_000_000, False)]
)
async def test_there_is_none_for_nothing_or_for_more_than_it_has_places(
    db: Database, cast: Cast, outstanding: int, fits: bool
) -> None:
    async with transaction(db) as tx:
        charge = replace(await charged(tx, cast), outstanding=outstanding)
    assert (transfer_text(charge, ACCOUNT) is not None) is fits
