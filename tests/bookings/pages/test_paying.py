"""What a booking costs, on the way to it."""

from collections.abc import Callable

import httpx

from incubator.db.engine import Database, transaction
from tests.bookings.pages.test_booking import held
from tests.bookings.test_charge import priced
from tests.browsing import post_form
from tests.cast import Cast

Visit = Callable[..., httpx.AsyncClient]


async def test_who_has_to_declare_first_is_led_there_and_back(visit: Visit, cast: Cast, db: Database) -> None:
    await priced(db, cast)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM aid_declaration")
    client = visit(cast.owner)
    address = await held(client, organisation_id=str(cast.acme))
    text = (await client.get(address)).text
    assert "Book with an obligation to pay" in text
    answer = await post_form(client, address, {"agreed": "yes"})
    aid = f"/organisations/{cast.acme}/aid"
    assert answer.status_code == 409 and f'href="{aid}?back={address}#declare"' in answer.text
    page = (await client.get(f"{aid}?back={address}")).text
    assert f'<input type="hidden" name="back" value="{address}">' in page
    told = {"form": "declare", "version": "0", "sure": "yes", "granted_on": "", "provider": "", "amount": ""}
    answer = await post_form(client, f"{aid}?back={address}", {**told, "back": address})
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    answer = await post_form(client, f"{aid}", {**told, "back": "https://elsewhere.example"})
    assert answer.headers["location"] == "/"
    answer = await post_form(client, address, {"agreed": "yes"})
    assert answer.headers["location"] == address.replace("/confirm", "/done")


async def test_an_association_is_not_asked_to_pay_more_than_it_has_to(visit: Visit, cast: Cast, db: Database) -> None:
    await priced(db, cast)
    client = visit(cast.owner)
    address = await held(client, organisation_id=str(cast.acme))
    assert 'name="full_price"' in (await client.get(address)).text
    async with transaction(db) as tx:
        await tx.execute("UPDATE organisation SET kind = 'ngo' WHERE id = $1", cast.acme)
    text = (await client.get(address)).text
    assert "This is free of charge." in text and 'name="full_price"' not in text
