"""Whatever is refused is refused with a code and a sentence."""

from collections.abc import Callable

import httpx

from incubator.db.engine import Database, transaction
from tests.cast import Cast

Visit = Callable[..., httpx.AsyncClient]


async def test_unknown_api_address_is_a_problem(visit: Visit) -> None:
    answer = await visit().get("/api/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == "not_found"


async def test_unknown_page_is_a_page_in_the_language_asked_for(visit: Visit) -> None:
    polish = await visit().get("/nothing", headers={"accept-language": "pl"})
    assert polish.status_code == 404
    assert '<html lang="pl"' in polish.text


async def test_wrong_token_is_refused_and_not_taken_for_a_stranger(visit: Visit) -> None:
    answer = await visit().get("/api/nothing", headers={"authorization": "Bearer nonsense"})
    assert answer.status_code in {401, 404}


async def test_a_program_is_answered_in_the_language_it_asks_for_and_else_in_its_accounts(
    visit: Visit, cast: Cast, db: Database
) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET locale = 'pl' WHERE id = $1", cast.member.id)
    client, nowhere = visit(cast.member), f"/api/bookings/{cast.member.id}"
    told = [
        (await client.get(nowhere, headers=headers)).json()["detail"]
        for headers in ({"accept-language": "en"}, {}, {"accept-language": "xx"})
    ]
    assert told[0] != told[1] == told[2]
    assert told[0].isascii()


async def test_a_program_that_is_nobody_is_told_how_to_say_who_it_is(visit: Visit) -> None:
    answer = await visit().get("/api/bookings")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
