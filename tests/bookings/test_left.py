"""What somebody still hears of an organisation's bookings after they have left it: nothing new."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from incubator.bookings.retitle import retitle
from incubator.bookings.series import series_for
from incubator.bookings.tell import News, tell
from incubator.bookings.tell_cleared import tell_cleared
from incubator.bookings.tell_series import SeriesNews, tell_series
from incubator.db.engine import Database, transaction
from tests.bookings.test_api import booked
from tests.bookings.test_block import mails
from tests.bookings.test_whose import book, leave_acme
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]


async def own(db: Database, account: object) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE membership SET role = 'owner' WHERE account_id = $1", account)


async def recipients(db: Database) -> list[str]:
    return sorted(recipient for recipient, _, _ in await mails(db))


async def test_news_goes_to_who_booked_while_they_belong_to_it(db: Database, cast: Cast) -> None:
    its = await book(db, cast.member, cast.room_s, organisation_id=cast.acme)
    async with transaction(db) as tx:
        await tell(tx, view=its, what=News.DECLINED, now=NOW)
    assert await recipients(db) == [cast.member.email]


async def test_once_they_have_left_it_goes_to_the_owners(visit: Visit, db: Database, cast: Cast) -> None:
    key = await booked(visit, cast, organisation_id=str(cast.acme), outright=True, title="Board")
    await leave_acme(db, cast)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM mail")
    answer = await visit(cast.coordinator).post(f"/api/bookings/{key}/cancel", json={"reason": "Water in the cellar"})
    assert answer.status_code == 200
    ((recipient, _, text),) = await mails(db)
    assert recipient == cast.owner.email
    assert "Board" in text and "Water in the cellar" in text


async def test_every_owner_hears_of_it_and_nobody_who_was_erased(db: Database, cast: Cast) -> None:
    its = await book(db, cast.member, cast.room_s, organisation_id=cast.acme)
    await leave_acme(db, cast)
    await own(db, cast.colleague.id)
    async with transaction(db) as tx:
        await tell(tx, view=its, what=News.DECLINED, now=NOW)
        await tx.execute("UPDATE account SET email = NULL, erased_at = now() WHERE id = $1", cast.owner.id)
        await tell(tx, view=its, what=News.DECLINED, now=NOW)
    assert await recipients(db) == sorted([cast.owner.email, cast.colleague.email, cast.colleague.email])


async def test_a_booking_of_their_own_stays_theirs_to_hear_of(db: Database, cast: Cast) -> None:
    mine = await book(db, cast.member, cast.room_s)
    await leave_acme(db, cast)
    async with transaction(db) as tx:
        await tell(tx, view=mine, what=News.DECLINED, now=NOW)
    assert await recipients(db) == [cast.member.email]


async def test_many_lost_at_once_are_told_to_each_in_one_mail(db: Database, cast: Cast) -> None:
    mine = await book(db, cast.member, cast.room_s)
    its = [await book(db, cast.member, room, organisation_id=cast.acme) for room in (cast.room_l, cast.room_a)]
    await leave_acme(db, cast)
    async with transaction(db) as tx:
        await tell_cleared(tx, bookings=[mine, *its], now=NOW)
    told = {recipient: text for recipient, _, text in await mails(db)}
    assert set(told) == {cast.member.email, cast.owner.email}
    assert all(str(one.id) in told[cast.owner.email] for one in its)
    assert str(mine.id) in told[cast.member.email] and str(its[0].id) not in told[cast.member.email]


async def test_news_of_a_series_goes_to_the_owners(visit: Visit, db: Database, cast: Cast) -> None:
    wish = {"space_id": str(cast.room_s), "first_day": "2026-09-08", "start": "10:00", "length_minutes": 60}
    wish |= {"weekdays": [2], "count": 3, "title": "Board", "organisation_id": str(cast.acme)}
    made = await visit(cast.member).post("/api/series", json=wish)
    assert made.status_code == 201, made.text
    await leave_acme(db, cast)
    owner = await acting(db, cast.owner)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM mail")
        series = await series_for(tx, actor=owner, series_id=made.json()["id"])
        await tell_series(tx, series=series, what=SeriesNews.CANCELLED, now=NOW)
    assert await recipients(db) == [cast.owner.email]
    assert (await export(visit, cast))["series"] == []


async def test_closing_tells_its_members_and_nobody_who_left(visit: Visit, db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_s, organisation_id=cast.acme)
    await book(db, cast.colleague, cast.room_a, organisation_id=cast.acme)
    await leave_acme(db, cast)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM mail")
    assert (await visit(cast.owner).post(f"/api/organisations/{cast.acme}/close")).status_code == 204
    assert await recipients(db) == [cast.colleague.email]


async def export(visit: Visit, cast: Cast) -> dict[str, Any]:
    answer = await visit(cast.member).get("/api/me/export")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("verb", ["reschedule", "retitle", "cancel"])
async def test_the_export_of_who_left_has_what_they_did_and_not_what_became_of_it(
    visit: Visit, db: Database, cast: Cast, verb: str
) -> None:
    period, later = tuesday("10:00", "11:00"), tuesday("12:00", "13:00")
    key = await booked(visit, cast, organisation_id=str(cast.acme), outright=True, title="Board", note="600 100 200")
    assert [one["id"] for one in (await export(visit, cast))["bookings"]] == [key]
    await leave_acme(db, cast)
    told = await export(visit, cast)
    assert told["bookings"] == []
    (kept,) = told["bookings_for_organisations_left"]
    assert (kept["id"], kept["organisation"], kept["title"]) == (key, "Acme", "Board")

    moved = {"start": later.start.isoformat(), "end": later.end.isoformat(), "space_id": str(cast.room_a)}
    if verb == "retitle":
        owner = await acting(db, cast.owner)
        async with transaction(db) as tx:
            await retitle(tx, actor=owner, booking_id=UUID(key), title="Secret", now=NOW)
    else:
        said = moved if verb == "reschedule" else {}
        answer = await visit(cast.owner).post(f"/api/bookings/{key}/{verb}", json=said)
        assert answer.status_code == 200, answer.text
    told = await export(visit, cast)
    assert told["bookings"] == []
    (now,) = told["bookings_for_organisations_left"]
    assert now == {**kept, "title": None}
    assert now["start"][:16] == period.start.isoformat()[:16]
    assert "Secret" not in str(told)


async def test_others_see_none_of_it_in_theirs(visit: Visit, db: Database, cast: Cast) -> None:
    await booked(visit, cast, organisation_id=str(cast.acme), outright=True, title="Board")
    await leave_acme(db, cast)
    for person in (cast.stranger, cast.other_coordinator, cast.colleague):
        told = (await visit(person).get("/api/me/export")).json()
        assert told["bookings"] == told["bookings_for_organisations_left"] == []
