"""Whatever is refused is refused with a code and a sentence."""

from collections.abc import Callable

import httpx

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
