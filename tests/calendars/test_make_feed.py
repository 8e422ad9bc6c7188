"""What the database judges when one person asks for many addresses at once."""

import asyncio
from contextlib import nullcontext

import pytest

from incubator.calendars.make_feed import MOST, MadeFeed, TooManyFeeds, make_feed
from incubator.calendars.my_feeds import my_feeds
from incubator.calendars.revoke_feed import revoke_feed
from incubator.calendars.rights import Kind, NoSuchCalendarToHave, rights_of
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import ELSEWHERE
from incubator.kernel.errors import Refusal
from incubator.people.erase_account import erase_account
from incubator.people.guards import SignInFirst
from incubator.people.remove_member import remove_member
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


@pytest.mark.parametrize(
    ("who", "kind", "of", "may"),
    [
        ("colleague", Kind.ORGANISATION, "acme", True),
        ("stranger", Kind.ORGANISATION, "acme", False),
        ("coordinator", Kind.ORGANISATION, "acme", False),
        ("administrator", Kind.ORGANISATION, "acme", False),
        ("coordinator", Kind.DESK, "niepolomice", True),
        ("other_coordinator", Kind.DESK, "niepolomice", False),
        ("administrator", Kind.DESK, "niepolomice", False),
        ("member", Kind.DESK, "niepolomice", False),
        ("coordinator", Kind.MENTOR, "niepolomice", False),
        ("member", Kind.PERSONAL, "acme", False),
        ("member", Kind.DESK, None, False),
        ("member", Kind.ORGANISATION, None, False),
    ],
)
async def test_who_may_have_what(db: Database, cast: Cast, who: str, kind: Kind, of: str | None, may: bool) -> None:
    actor, subject = await acting(db, getattr(cast, who)), getattr(cast, of) if of else None
    with nullcontext() if may else pytest.raises(NoSuchCalendarToHave):
        async with transaction(db) as tx:
            made = await make_feed(tx, actor=actor, name="x", kind=kind, subject_id=subject, now=NOW)
    if may:
        async with statement(db) as tx:
            [seen] = await my_feeds(tx, actor=actor)
            assert (seen.id, seen.kind, seen.over) == (made.id, kind, False) and seen.of
            assert (kind, subject) in {(one.kind, one.subject_id) for one in await rights_of(tx, actor=actor)}


async def test_an_address_that_outlived_its_right_says_so(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.colleague)
    async with transaction(db) as tx:
        await make_feed(tx, actor=actor, name="x", kind=Kind.ORGANISATION, subject_id=cast.acme, now=NOW)
        await remove_member(tx, actor=actor, organisation_id=cast.acme, account_id=cast.colleague.id, now=NOW)
    async with statement(db) as tx:
        assert [one.over for one in await my_feeds(tx, actor=actor)] == [True]
        assert [one.kind for one in await rights_of(tx, actor=actor)] == [Kind.PERSONAL]
