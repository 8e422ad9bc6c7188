"""What the database judges when one person asks for many addresses at once."""

import asyncio

from incubator.calendars.make_feed import MOST, MadeFeed, TooManyFeeds, make_feed
from incubator.calendars.revoke_feed import revoke_feed
from incubator.db.engine import Database, attempt, statement
from incubator.features import ELSEWHERE
from incubator.kernel.errors import Refusal
from incubator.people.erase_account import erase_account
from incubator.people.guards import SignInFirst
from tests.cast import Cast, Person, acting
from tests.conftest import NOW


async def ask(db: Database, who: Person, times: int) -> list[object]:
    """What each of `times` wishes at once came to; anything but a feed or a refusal is raised."""
    actor = await acting(db, who)
    wishes = [attempt(db, lambda tx: make_feed(tx, actor=actor, name="Phone", now=NOW)) for _ in range(times)]
    came_to = await asyncio.gather(*wishes, return_exceptions=True)
    for one in came_to:
        if isinstance(one, BaseException) and not isinstance(one, Refusal):
            raise one
    return came_to


async def living(db: Database, who: Person) -> int:
    async with statement(db) as tx:
        count: int = await tx.fetchval(
            "SELECT count(*) FROM feed_token WHERE account_id = $1 AND revoked_at IS NULL", who.id
        )
    return count


async def test_nobody_gets_a_feed_too_many_by_asking_at_once(db: Database, cast: Cast) -> None:
    members, colleagues = await asyncio.gather(ask(db, cast.member, MOST + 15), ask(db, cast.colleague, 5))
    assert sum(isinstance(one, TooManyFeeds) for one in members) == 15
    assert sum(isinstance(one, MadeFeed) for one in colleagues) == 5, "each has their own"
    assert (await living(db, cast.member), await living(db, cast.colleague)) == (MOST, 5)


async def test_what_is_revoked_meanwhile_makes_room_for_one_and_no_more(db: Database, cast: Cast) -> None:
    made = [one for one in await ask(db, cast.member, MOST) if isinstance(one, MadeFeed)]
    actor = await acting(db, cast.member)
    revoking = [
        attempt(db, lambda tx, key=one.id: revoke_feed(tx, actor=actor, feed_id=key, now=NOW)) for one in made[:3]
    ]
    came_to, *_ = await asyncio.gather(ask(db, cast.member, 12), *revoking)
    granted = sum(isinstance(one, MadeFeed) for one in came_to)
    assert granted <= 3 and await living(db, cast.member) == MOST - 3 + granted


async def test_no_feed_outlives_an_account_that_is_erased_meanwhile(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.resident)
    erasing = attempt(
        db,
        lambda tx: erase_account(tx, actor=actor, confirmation=cast.resident.email, elsewhere=ELSEWHERE, now=NOW),
    )
    came_to, _ = await asyncio.gather(ask(db, cast.resident, 12), erasing)
    assert {type(one) for one in came_to} <= {MadeFeed, SignInFirst} and await living(db, cast.resident) == 0
