"""A meeting of a programme takes a room of ours, which goes where the meeting goes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import httpx
import pytest
from msgspec import UnsetType

from incubator.bookings.close_over import close_over
from incubator.bookings.hold import hold
from incubator.bookings.place import SlotTaken
from incubator.bookings.room_of import NoRoomOfGmina, RoomAfterwards
from incubator.bookings.rules import InThePast, OutsideOpeningHours, TooManyPeople
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.period import Period, local_moment
from incubator.participation.plan_meeting import MeetingDetails, call_off_meeting, move_meeting, plan_meeting
from incubator.participation.queries import programme_meetings_of
from incubator.participation.views import ProgrammeMeetingView
from tests.browsing import post_form
from tests.cast import Cast, Person, acting, limit
from tests.conftest import NOW
from tests.participation.cast import active, edition_of, scalar
from tests.races import outcomes

Visit = Callable[..., httpx.AsyncClient]
DAY = NOW.date() + timedelta(days=7)
TEN, TWELVE, TWO = (local_moment(DAY, minute) for minute in (600, 720, 840))
STANDING = "SELECT array_agg((space_id, lower(period), state)) FROM booking"
TAKEN = "SELECT count(*) FROM occupancy WHERE subject_id IN (SELECT id FROM booking)"


def details(room: UUID | UnsetType | None, start: datetime = TEN, **more: object) -> MeetingDetails:
    told = {"name_pl": "Warsztaty", "start": start, "end": start + timedelta(hours=2), "space_id": room, **more}
    return MeetingDetails(**told)  # type: ignore[arg-type]


async def planned(db: Database, cast: Cast, edition: UUID, what: MeetingDetails) -> ProgrammeMeetingView:
    actor = await acting(db, cast.coordinator)
    return await attempt(db, lambda tx: plan_meeting(tx, actor=actor, edition_id=edition, details=what, now=NOW))


async def moved(
    db: Database, cast: Cast, meeting: UUID, what: MeetingDetails, now: datetime = NOW
) -> ProgrammeMeetingView:
    actor = await acting(db, cast.coordinator)
    return await attempt(db, lambda tx: move_meeting(tx, actor=actor, meeting_id=meeting, details=what, now=now))


async def occupy(db: Database, who: Person, space: UUID, start: datetime) -> None:
    actor, period = await acting(db, who), Period(start, start + timedelta(hours=2))
    async with transaction(db) as tx:
        await hold(tx, actor=actor, space_id=space, period=period, outright=True, now=NOW)


async def test_the_room_is_booked_for_the_meeting_and_goes_with_it(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made = await planned(db, cast, edition, details(cast.room_l))
    assert (made.space_id, await scalar(db, "SELECT part_of FROM booking")) == (cast.room_l, made.id)
    await moved(db, cast, made.id, details(cast.room_l, TWO))
    assert await scalar(db, STANDING) == [(cast.room_l, TWO, "confirmed")]
    there = await moved(db, cast, made.id, details(cast.room_a, TWO))
    assert await scalar(db, STANDING) == [(cast.room_a, TWO, "confirmed")]
    assert there.booking_id == made.booking_id
    without = await moved(db, cast, made.id, details(None, TWO))
    assert (without.space_id, await scalar(db, TAKEN)) == (None, 0)
    again = await moved(db, cast, made.id, details(cast.room_a, TWO))
    assert again.space_id == cast.room_a


async def test_a_meeting_that_is_called_off_gives_its_room_back(db: Database, cast: Cast) -> None:
    made = await planned(db, cast, await edition_of(db, cast.niepolomice), details(cast.room_l))
    actor = await acting(db, cast.coordinator)
    off = await attempt(db, lambda tx: call_off_meeting(tx, actor=actor, meeting_id=made.id, now=NOW))
    assert (off.space_id, await scalar(db, TAKEN)) == (None, 0)
    assert await scalar(db, "SELECT state FROM booking") == "cancelled"


async def test_where_the_room_is_taken_nothing_is_planned_and_nothing_moved(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    await occupy(db, cast.member, cast.room_l, TWO)
    with pytest.raises(SlotTaken):
        await planned(db, cast, edition, details(cast.room_l, TWO))
    assert await scalar(db, "SELECT count(*) FROM programme_meeting") == 0
    made = await planned(db, cast, edition, details(cast.room_l))
    with pytest.raises(SlotTaken):
        await moved(db, cast, made.id, details(cast.room_l, TWO))
    async with statement(db) as tx:
        (kept,) = await programme_meetings_of(tx, edition_id=edition)
    assert (kept.start, kept.space_id) == (TEN, cast.room_l)
    assert await scalar(db, "SELECT count(*) FROM booking WHERE part_of IS NOT NULL AND lower(period) = $1", TEN) == 1


async def test_of_many_who_want_the_room_at_once_one_has_it(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    wishes = [planned(db, cast, edition, details(cast.room_l)) for _ in range(4)]
    got = await outcomes(*wishes, *(occupy(db, cast.member, cast.room_l, TEN) for _ in range(2)))
    assert got.count(SlotTaken) == 5
    assert await scalar(db, TAKEN) == 1
    assert await scalar(db, "SELECT count(*) FROM programme_meeting WHERE booking_id IS NULL") == 0


async def test_only_rooms_of_the_gmina_are_taken(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    for space in (cast.other_room, cast.office_space):
        with pytest.raises(NoRoomOfGmina):
            await planned(db, cast, edition, details(space))
    assert await scalar(db, "SELECT count(*) FROM programme_meeting") == 0


async def test_what_has_begun_keeps_its_room_and_may_be_put_right(db: Database, cast: Cast) -> None:
    made = await planned(db, cast, await edition_of(db, cast.niepolomice), details(cast.room_l))
    with pytest.raises(RoomAfterwards):
        await moved(db, cast, made.id, details(cast.room_a), TWELVE)
    longer = details(cast.room_l, end=TWELVE + timedelta(minutes=30))
    assert (await moved(db, cast, made.id, longer, TWELVE)).space_id == cast.room_l
    assert await scalar(db, STANDING) == [(cast.room_l, TEN, "confirmed")]


async def test_the_pages_offer_rooms_and_say_where(visit: Visit, db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made = await active(db, cast, edition)
    desk, path = visit(cast.coordinator), f"/desk/editions/{edition}/meetings"
    page = (await desk.get(path)).text
    assert str(cast.room_l) in page
    assert str(cast.other_room) not in page
    typed = {"form": "meeting", "name_pl": "W", "day": str(DAY), "starts": "10:00", "ends": "12:00", "version": "1"}
    assert (await post_form(desk, path, {**typed, "space_id": str(cast.room_l)})).status_code == 303
    again = await post_form(desk, path, {**typed, "space_id": str(cast.room_l)})
    assert again.status_code == 409
    assert f'value="{cast.room_l}" selected' in again.text
    meeting, booking = await scalar(db, "SELECT (id, booking_id) FROM programme_meeting")  # type: ignore[misc]
    assert "LAS Open Space" in (await visit(cast.member).get(f"/participations/{made.id}")).text
    shown = await desk.get(f"/bookings/{booking}")
    assert f"/desk/programme-meetings/{meeting}" in shown.text
    assert f'value="{cast.room_l}" selected' in (await desk.get(f"/desk/programme-meetings/{meeting}")).text


STRICT = """
UPDATE space SET longest_minutes = 60, shortest_minutes = 60, horizon_days = 1, lead_minutes = 14400, grid_minutes = 60,
    audience = '{startup}', local_only = true, needs_approval = true
WHERE id = $1
"""


async def test_what_shares_a_room_out_among_people_does_not_bind_the_house(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    async with transaction(db) as tx:
        await tx.execute(STRICT, cast.room_l)
        await limit(tx, cast.room_l, organisation=30)
        await tx.execute("UPDATE quota SET person_minutes = 30")
    quarter = TEN + timedelta(minutes=15)
    made = await planned(db, cast, edition, details(cast.room_l, quarter))
    assert await scalar(db, STANDING) == [(cast.room_l, quarter, "confirmed")]
    await moved(db, cast, made.id, details(cast.room_l, TWO))
    assert await scalar(db, STANDING) == [(cast.room_l, TWO, "confirmed")]
    assert await scalar(db, "SELECT count(*) FROM quota_use") == 0


async def test_opening_hours_closures_and_seats_bind_the_house(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made = await planned(db, cast, edition, details(cast.room_l))
    night = local_moment(DAY, 22 * 60)
    coordinator = await acting(db, cast.coordinator)
    shut = Period(TWO, TWO + timedelta(hours=1))
    why = {"space_id": cast.room_l, "period": shut, "reason_pl": "Remont"}
    await attempt(db, lambda tx: close_over(tx, actor=coordinator, bookings="ask", now=NOW, **why))
    for start in (night, TWO):
        with pytest.raises(OutsideOpeningHours):
            await planned(db, cast, edition, details(cast.room_l, start))
        with pytest.raises(OutsideOpeningHours):
            await moved(db, cast, made.id, details(cast.room_l, start))
    with pytest.raises(InThePast):
        await planned(db, cast, edition, details(cast.room_l, TEN - timedelta(days=14)))
    for organisation in (cast.acme, cast.rival):
        await active(db, cast, edition, organisation=organisation)
    async with transaction(db) as tx:
        await tx.execute("UPDATE space SET capacity = 1 WHERE id = $1", cast.room_a)
    with pytest.raises(TooManyPeople):
        await moved(db, cast, made.id, details(cast.room_a))
    assert (await moved(db, cast, made.id, details(cast.room_a, required=False))).space_id == cast.room_a


async def test_over_the_api_a_meeting_keeps_its_room_unless_it_is_given_back(
    visit: Visit, db: Database, cast: Cast
) -> None:
    made = await planned(db, cast, await edition_of(db, cast.niepolomice), details(cast.room_l))
    client, path = visit(cast.coordinator), f"/api/programme-meetings/{made.id}"
    told = {"name_pl": "Warsztaty", "start": TWO.isoformat(), "end": (TWO + timedelta(hours=2)).isoformat()}
    kept = await client.put(path, json=told)
    assert (kept.status_code, kept.json()["space_id"]) == (200, str(cast.room_l))
    assert await scalar(db, STANDING) == [(cast.room_l, TWO, "confirmed")]
    given_back = await client.put(path, json={**told, "space_id": None})
    assert (given_back.status_code, given_back.json()["space_id"]) == (200, None)
    assert await scalar(db, TAKEN) == 0
    still = await client.put(path, json=told)
    assert (still.status_code, still.json()["space_id"]) == (200, None)


async def test_saving_the_form_keeps_a_room_that_is_offered_no_longer(visit: Visit, db: Database, cast: Cast) -> None:
    made = await planned(db, cast, await edition_of(db, cast.niepolomice), details(cast.room_l))
    async with transaction(db) as tx:
        await tx.execute("UPDATE space SET retired_at = $1", NOW)
    desk, path = visit(cast.coordinator), f"/desk/programme-meetings/{made.id}"
    assert f'value="{cast.room_l}" selected' in (await desk.get(path)).text
    typed = {"form": "meeting", "name_pl": "Inaczej", "day": str(DAY), "starts": "10:00", "ends": "12:00"}
    assert (await post_form(desk, path, {**typed, "version": "1", "required": "yes"})).status_code == 303
    assert await scalar(db, STANDING) == [(cast.room_l, TEN, "confirmed")]
