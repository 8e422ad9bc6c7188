"""What entries say beside their time: where on earth, what it looks like, how to join."""

from collections.abc import Callable
from uuid import UUID, uuid5

import httpx
import pytest
from hypothesis import given
from hypothesis.strategies import uuids

from incubator.calendars.entries import public_uid
from incubator.db.engine import Database, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from tests.calendars.conftest import Book, Subscribe
from tests.calendars.readers import READERS
from tests.cast import Cast
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import met, order
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]


def lines(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    for read in READERS:
        assert read(answer.content)
    return answer.text.replace("\r\n ", "").split("\r\n")


@pytest.fixture
async def photo(db: Database, cast: Cast) -> UUID:
    """LAS on the map, and a photo of room L."""
    key = uuid7()
    async with transaction(db) as tx:
        await tx.execute("UPDATE incubator SET latitude = 50.0345, longitude = 20.217 WHERE slug = 'las'")
        await tx.execute(
            "INSERT INTO space_photo (id, space_id, media_type, content, alt_pl, alt_en, added_at)"
            " VALUES ($1, $2, 'image/webp', ''::bytea, 'Sala', 'Room', $3)",
            key,
            cast.room_l,
            NOW,
        )
    return key


async def test_bookings_say_where_they_are_and_what_it_looks_like_there(
    visit: Visit, cast: Cast, book: Book, subscribe: Subscribe, photo: UUID
) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Demo")
    for path in (await subscribe(cast.member), f"/calendars/spaces/{cast.room_l}.ics", "/calendars/incubators/las.ics"):
        told = lines(await visit().get(path))
        assert "GEO:50.034500;20.217000" in told
        assert any(line.startswith("IMAGE;") and line.endswith(f"/photos/{photo}") for line in told)
        assert any(line.startswith("COLOR:") for line in told) and "CATEGORIES:" in "".join(told)
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in told


async def test_nothing_is_made_up_of_a_place_that_is_on_no_map(visit: Visit, cast: Cast, book: Book) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    told = lines(await visit().get(f"/calendars/spaces/{cast.room_l}.ics"))
    assert not any(line.startswith(("GEO", "IMAGE", "CONFERENCE", "ORGANIZER", "ATTENDEE")) for line in told)


async def test_a_personal_entry_says_when_it_was_made_and_a_public_one_does_not(
    visit: Visit, cast: Cast, book: Book, subscribe: Subscribe
) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    made = f"CREATED:{NOW:%Y%m%dT%H%M%SZ}"
    assert made in lines(await visit().get(await subscribe(cast.member)))
    assert made not in lines(await visit().get(f"/calendars/spaces/{cast.room_l}.ics"))


async def test_a_meeting_in_a_room_says_the_street_and_one_online_the_link(
    visit: Visit, db: Database, cast: Cast, photo: UUID
) -> None:
    ewa = await a_mentor(db, cast)
    in_person = await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme))
    told = lines(await visit(cast.member).get(f"/meetings/{in_person.id}/event.ics"))
    [where] = [line for line in told if line.startswith("LOCATION:")]
    assert "Bocheńska 26" in where and "32-005 Niepołomice" in where
    assert "GEO:50.034500;20.217000" in told and not any(line.startswith("CONFERENCE") for line in told)


async def test_an_online_meeting_has_its_link_for_those_who_meet(visit: Visit, db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    online = await met(db, cast.member, order(ewa, cast, mode="online", organisation_id=cast.acme))
    path = f"/meetings/{online.id}/event.ics"
    join = "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example/ewa"
    assert join in lines(await visit(cast.member).get(path))
    assert not any("meet.example" in line for line in lines(await visit(cast.coordinator).get(path)))


async def test_a_file_to_take_away_is_named_by_its_day_in_poland(
    visit: Visit, db: Database, cast: Cast, book: Book
) -> None:
    async with transaction(db) as tx:
        day_and_night = "INSERT INTO weekly_hours (space_id, weekday, opens, closes) VALUES ($1, 2, 0, 1440)"
        await tx.execute(day_and_night, cast.room_l)
    period = tuesday("00:30", "01:30")
    booked = await book(cast.member, cast.room_l, period)
    answer = await visit(cast.member).get(f"/bookings/{booked.id}/event.ics")
    assert f'"{period.start.astimezone(WARSAW):%Y-%m-%d}.ics"' in answer.headers["content-disposition"]


@given(uuids(), uuids())
def test_a_public_name_is_the_one_that_the_standard_makes(space: UUID, subject: UUID) -> None:
    """Apps know an entry by it: another way of writing it would double everything."""
    assert public_uid(space, subject) == str(uuid5(space, subject.hex))
