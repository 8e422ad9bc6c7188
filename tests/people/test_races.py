"""What the database judges when two come at once."""

import asyncio
from datetime import timedelta

from incubator.db.engine import Database, attempt, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.ids import digest, new_secret
from incubator.people.attempts import Limit, TooOften, count_attempts
from incubator.people.sign_in_by_link import LinkUsedUp, sign_in_by_link
from tests.conftest import NOW


async def outcomes(*acts: object) -> list[object]:
    """What each came to: its result, or the refusal's class. Anything else is raised."""
    results = await asyncio.gather(*acts, return_exceptions=True)  # type: ignore[call-overload]
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, Refusal):
            raise result
    return [type(result) if isinstance(result, Refusal) else result for result in results]


async def link(db: Database, email: str) -> str:
    secret = new_secret()
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO sign_in_link (token_hash, email, expires_at) VALUES ($1, $2, $3)",
            digest(secret),
            email,
            NOW + timedelta(minutes=20),
        )
    return secret


async def use(db: Database, secret: str) -> object:
    return await attempt(
        db, lambda tx: sign_in_by_link(tx, secret=secret, name="New", locale="pl", user_agent="", now=NOW)
    )


async def test_one_link_used_many_times_at_once_signs_in_once(db: Database) -> None:
    secret = await link(db, "new@example.com")
    got = await outcomes(*(use(db, secret) for _ in range(12)))
    assert got.count(LinkUsedUp) == 11


async def test_two_links_of_one_new_address_make_one_account(db: Database) -> None:
    secrets = [await link(db, "new@example.com") for _ in range(8)]
    got = await outcomes(*(use(db, secret) for secret in secrets))
    assert len({signed.account_id for signed in got}) == 1  # type: ignore[attr-defined]


async def test_a_limit_lets_exactly_its_number_through(db: Database) -> None:
    limit = Limit("test", 7, timedelta(hours=1))

    async def once() -> object:
        async with transaction(db) as tx:
            return await count_attempts(tx, (limit, "somebody"), now=NOW)

    got = await outcomes(*(once() for _ in range(20)))
    assert got.count(TooOften) == 13
