"""The page that moves a booking to another room: which are offered, at which price, and what becomes of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import httpx

from incubator.bookings.other_rooms import other_rooms
from incubator.db.engine import Database, statement, transaction
from tests.bookings.test_cancel_by_steps import stepped
from tests.bookings.test_charge import TWO_HOURS, book, owed, priced
from tests.browsing import post_form
from tests.cast import Cast, Person, acting, change
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
TIMES = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T10:00Z"}


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\xa0", " ").split())


async def offered(db: Database, cast: Cast, who: Person, **booked: object) -> list[tuple[str, int]]:
    """Of a booking of room S: the rooms, and how much more each costs."""
    made = await book(db, cast, cast.member, **{"space_id": cast.room_s, **booked})
    actor = await acting(db, who)
    async with statement(db) as tx:
        found = await other_rooms(tx, actor=actor, booking=made, period=TWO_HOURS, now=NOW)
    return [(one.name_pl, one.price.more) for one in found]


async def test_free_rooms_that_fit_are_offered_nearest_first_with_the_price(db: Database, cast: Cast) -> None:
    """A and the two rooms together are on no list; the last is in another gmina."""
    await priced(db, cast)
    assert [await offered(db, cast, cast.member)] == [
        [("A", -7_380), ("L", 0), ("L-A", -7_380), ("SALA", -7_380)],
    ]


async def test_what_is_taken_too_small_or_not_for_them_is_not_offered(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    await book(db, cast, cast.resident, own=True, space_id=cast.room_a)
    async with transaction(db) as tx:
        await change(tx, cast.other_room, audience=["person"])
    assert await offered(db, cast, cast.member, attendees=12) == [("L", 0)]


async def test_while_a_part_of_the_price_would_stay_only_the_desk_is_offered_any(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made, late = await book(db, cast, cast.member, space_id=cast.room_s), TWO_HOURS.start - timedelta(hours=3)
    for who, names in ((cast.member, []), (cast.coordinator, ["A", "L", "L-A"])):
        actor = await acting(db, who)
        async with statement(db) as tx:
            found = await other_rooms(tx, actor=actor, booking=made, period=TWO_HOURS, now=late)
        assert [one.name_pl for one in found] == names


async def test_a_coordinator_is_offered_rooms_of_their_own_gmina(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    assert [name for name, _ in await offered(db, cast, cast.coordinator)] == ["A", "L", "L-A"]


async def test_a_room_is_chosen_on_the_page_and_the_booking_moves_there(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member, space_id=cast.room_s)
    member, at = visit(cast.member), f"/bookings/{made.id}/move"
    page = (await member.get(f"{at}?lang=en")).text
    text = plain(page)
    assert "Other rooms that are free then" in text and "60 people at the same price" in text
    assert "30 people 73.80 zł less" in text and "L-A" in text
    address = next(one for one in re.findall(r'href="([^"]+)"', page) if str(cast.room_a) in one).replace("&amp;", "&")
    there = (await member.get(address)).text
    assert "Another room: A" in plain(there) and f'name="space_id" value="{cast.room_a}"' in there
    assert "73.80 zł less" in plain(there)
    answer = await post_form(member, at, {**TIMES, "space_id": str(cast.room_a)})
    assert answer.headers["location"] == f"/bookings/{made.id}"
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT space_id, lower(period) AS starts FROM booking WHERE id = $1", made.id)
    assert row is not None and tuple(row) == (cast.room_a, TWO_HOURS.start)
    assert await owed(db, made) == [(7_380, 0, "cancelled")]


async def test_a_room_that_was_taken_meanwhile_is_said_to_be(visit: Visit, db: Database, cast: Cast) -> None:
    made = await book(db, cast, cast.member, space_id=cast.room_s)
    await book(db, cast, cast.resident, own=True, space_id=cast.room_a)
    member, at = visit(cast.member), f"/bookings/{made.id}/move"
    refused = await post_form(member, at, {**TIMES, "space_id": str(cast.room_a)})
    assert refused.status_code == 409 and "A" in refused.text
    part = await member.get(f"{at}/price", params={**TIMES, "space_id": "nonsense"})
    assert part.status_code == 200
    assert (await member.get(f"{at}?space_id=nonsense")).status_code == 200
    assert (await member.get(f"{at}?space_id={cast.acme}")).status_code == 404


async def test_who_can_only_make_it_longer_is_offered_no_other_room(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, cancel_minutes=60 * 24 * 30)
    made = await book(db, cast, cast.member, space_id=cast.room_s, period=tuesday("10:00", "12:00"))
    page = (await visit(cast.member).get(f"/bookings/{made.id}/move?space_id={cast.room_a}&lang=en")).text
    assert "Other rooms" not in page and "Another room" not in page and "Change the end" in page
