"""What was read of somebody before they book still holds when they do, or they do not."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

import httpx
import pytest

from incubator.bookings.place import SlotTaken, StandingChanged
from incubator.bookings.states import LIVE
from incubator.db.engine import Database, Tx, attempt, statement, transaction
from incubator.features import ELSEWHERE
from incubator.kernel.errors import Refusal
from incubator.kernel.ids import new_secret
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.people.close_organisation import close_organisation
from incubator.people.erase_account import erase_account
from incubator.people.make_token import TokenWish, make_token
from incubator.people.remove_member import remove_member
from tests.bookings.test_hold import book
from tests.cast import Cast, acting
from tests.moments import NOW, on, tuesday

Visit = Callable[..., httpx.AsyncClient]
DAYS = (8, 9, 10, 11)


def wish(cast: Cast, hour: int) -> dict[str, object]:
    day = f"2026-09-08T{hour:02}:00:00+02:00"
    return {
        "space_id": str(cast.room_l),
        "start": day,
        "end": day.replace(":00:00+", ":30:00+"),
        "organisation_id": str(cast.acme),
        "outright": True,
    }


async def test_a_token_known_from_before_books_no_longer_once_it_is_revoked(
    visit: Visit, cast: Cast, db: Database
) -> None:
    client = visit(cast.member)
    assert (await client.post("/api/bookings", json=wish(cast, 10))).status_code == 201
    async with transaction(db) as tx:
        await tx.execute("UPDATE api_token SET revoked_at = now() WHERE account_id = $1", cast.member.id)
    refused = await client.post("/api/bookings", json=wish(cast, 11))
    assert (refused.status_code, refused.json()["code"]) == (401, "unknown_token")


async def test_a_token_known_from_before_books_no_longer_once_it_is_over(
    visit: Visit, cast: Cast, db: Database
) -> None:
    actor = await acting(db, cast.member)
    secret = new_secret()
    token = TokenWish(name="x", scopes=["bookings:write"], days=1)
    await attempt(db, lambda tx: make_token(tx, actor=actor, wish=token, secret=secret, now=NOW))
    client = visit()
    client.headers["authorization"] = f"Bearer {secret}"
    assert (await client.post("/api/bookings", json=wish(cast, 10))).status_code == 201
    async with transaction(db) as tx:
        await tx.execute("UPDATE api_token SET expires_at = $1 WHERE name = 'x'", NOW)
    assert (await client.post("/api/bookings", json=wish(cast, 11))).status_code == 401


async def test_who_was_removed_books_no_longer_for_the_organisation_but_for_themself(
    visit: Visit, cast: Cast, db: Database
) -> None:
    client, owner = visit(cast.member), await acting(db, cast.owner)
    assert (await client.post("/api/bookings", json=wish(cast, 10))).status_code == 201
    await attempt(
        db,
        lambda tx: remove_member(tx, actor=owner, organisation_id=cast.acme, account_id=cast.member.id, now=NOW),
    )
    refused = await client.post("/api/bookings", json=wish(cast, 11))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_a_member")
    own = await client.post("/api/bookings", json=wish(cast, 11) | {"organisation_id": None})
    assert own.status_code == 201


async def test_a_refusal_by_what_was_known_before_is_judged_by_what_stands_now(
    visit: Visit, cast: Cast, db: Database
) -> None:
    """Known as no member, and made one meanwhile."""
    client = visit(cast.resident)
    assert (await client.post("/api/bookings", json=wish(cast, 10))).json()["code"] == "not_a_member"
    async with transaction(db) as tx:
        await tx.execute("INSERT INTO membership VALUES ($1, $2, 'member')", cast.acme, cast.resident.id)
    assert (await client.post("/api/bookings", json=wish(cast, 10))).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE account SET gmina_id = $2 WHERE id = $1",
        "INSERT INTO role_grant (account_id, role, gmina_id) VALUES ($1, 'coordinator', $2)",
        "UPDATE membership SET role = 'owner' WHERE account_id = $1 AND $2::uuid IS NOT NULL",
        "UPDATE organisation SET gmina_id = $2 WHERE id IN (SELECT organisation_id FROM membership WHERE account_id = $1)",
        (
            "UPDATE organisation SET kind = 'ngo' WHERE $2::uuid IS NOT NULL"
            " AND id IN (SELECT organisation_id FROM membership WHERE account_id = $1)"
        ),
    ],
)
async def test_each_change_of_what_somebody_may_do_is_noticed(change: str, db: Database, cast: Cast) -> None:
    before = await acting(db, cast.member)
    async with transaction(db) as tx:
        await tx.execute(change, cast.member.id, cast.skawina)
    with pytest.raises(StandingChanged):
        await book(db, before, cast.room_l, tuesday("10:00", "11:00"))
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 0
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))


async def test_what_changes_nobodys_rights_stops_nobody(db: Database, cast: Cast) -> None:
    before = await acting(db, cast.member)
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET locale = 'pl', version = version + 1 WHERE id = $1", cast.member.id)
    await book(db, before, cast.room_l, tuesday("10:00", "11:00"))


async def rush(
    db: Database, cast: Cast, actor: Actor, end: Callable[[Tx], Awaitable[object]], **said: object
) -> set[str]:
    """A hundred bookings and an end at once; what those who were refused were told."""
    told: set[str] = set()

    async def one(day: int, hour: int, room: object) -> None:
        try:
            await book(db, actor, room, on_day(day, hour), outright=True, **said)
        except Refusal as refusal:
            told.add(refusal.code)

    async def ending() -> None:
        await asyncio.sleep(0.02)
        await attempt(db, end)

    rooms = (cast.room_l, cast.room_a, cast.room_s)
    wishes = [one(day, hour, room) for hour in range(8, 17) for day in DAYS for room in rooms]
    await asyncio.gather(*wishes, ending())
    return told


def on_day(day: int, hour: int) -> Period:
    return on(date(2026, 9, day), f"{hour}:00", f"{hour + 1}:00")


async def live(db: Database, column: str, key: object) -> int:
    async with statement(db) as tx:
        count: int = await tx.fetchval(
            f"SELECT count(*) FROM booking WHERE {column} = $1 AND state = ANY($2)", key, sorted(LIVE)
        )
        taken = await tx.fetchval(
            f"SELECT count(*) FROM occupancy JOIN booking ON booking.id = subject_id WHERE {column} = $1", key
        )
    assert taken == count
    return count


async def test_no_booking_comes_after_its_holder_was_erased(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.resident)
    told = await rush(
        db,
        cast,
        actor,
        lambda tx: erase_account(tx, actor=actor, confirmation=cast.resident.email, elsewhere=ELSEWHERE, now=NOW),
    )
    assert told <= {"standing_changed"}
    assert await live(db, "account_id", cast.resident.id) == 0
    with pytest.raises(StandingChanged):
        await book(db, actor, cast.room_l, tuesday("18:00", "19:00"))


async def test_no_booking_comes_after_its_organisation_was_closed(db: Database, cast: Cast) -> None:
    actor, owner = await acting(db, cast.member), await acting(db, cast.owner)
    told = await rush(
        db,
        cast,
        actor,
        lambda tx: close_organisation(tx, actor=owner, organisation_id=cast.acme, elsewhere=ELSEWHERE, now=NOW),
        organisation_id=cast.acme,
    )
    assert told <= {"standing_changed"}
    assert await live(db, "organisation_id", cast.acme) == 0


async def test_who_is_known_and_comes_second_still_learns_that_the_time_is_taken(db: Database, cast: Cast) -> None:
    await book(db, cast.stranger, cast.room_l, tuesday("10:00", "11:00"))
    with pytest.raises(SlotTaken):
        await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
