"""My bookings and one of them: what can be done, and by whom not."""

from collections.abc import Callable
from datetime import date, timedelta

import httpx

from incubator.bookings.hold import hold
from incubator.bookings.queries import booking_for
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, transaction
from incubator.kernel.period import Period, local_days
from tests.browsing import post_form
from tests.cast import Cast, Person, acting, change, let_by_the_day
from tests.conftest import NOW, Clockwork
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]


async def booked(db: Database, who: Person, space_id: object, period: Period, **said: object) -> BookingView:
    actor = await acting(db, who)
    async with transaction(db) as tx:
        return await hold(tx, actor=actor, space_id=space_id, period=period, outright=True, now=NOW, **said)  # type: ignore[arg-type]


async def found(db: Database, who: Person, booking: BookingView) -> BookingView:
    async with transaction(db) as tx:
        return await booking_for(tx, actor=await acting(db, who), booking_id=booking.id)


async def test_a_stranger_is_asked_to_sign_in(visit: Visit, cast: Cast) -> None:
    assert (await visit().get("/bookings")).headers["location"].startswith("/sign-in?next=")


async def test_who_has_none_is_shown_where_to_find_one(visit: Visit, cast: Cast) -> None:
    assert "Nothing booked yet" in (await visit(cast.member).get("/bookings")).text


async def test_bookings_of_the_organisation_are_mine_and_of_others_are_not(
    visit: Visit, cast: Cast, db: Database
) -> None:
    await booked(db, cast.colleague, cast.room_s, tuesday("10:00", "11:00"), organisation_id=cast.acme, title="Ours")
    await booked(db, cast.stranger, cast.room_s, tuesday("12:00", "13:00"), title="Theirs")
    text = (await visit(cast.member).get("/bookings")).text
    assert "Ours" in text and "Theirs" not in text


async def test_a_booking_is_cancelled_with_a_reason_and_its_history_says_so(
    visit: Visit, cast: Cast, db: Database
) -> None:
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "11:00"))
    client = visit(cast.member)
    answer = await post_form(client, f"/bookings/{booking.id}/cancel", {"reason": "ill"})
    page = await client.get(answer.headers["location"])
    assert "The booking is cancelled." in page.text and "cancelled the booking" in page.text
    assert (await found(db, cast.member, booking)).reason == "ill"
    assert "ill" not in (await client.get("/bookings")).text
    assert str(booking.id) in (await client.get("/bookings/past")).text


async def test_too_late_is_said_with_a_time_that_people_read(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, cancel_minutes=60)
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "11:00"))
    clock.now = booking.period.start - timedelta(minutes=30)
    answer = await post_form(visit(cast.member), f"/bookings/{booking.id}/cancel", {})
    assert answer.status_code == 409
    assert "Tue 8 Sep, 09:00" in answer.text


async def test_the_coordinator_needs_a_reason_and_keeps_what_was_typed(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "11:00"))
    client = visit(cast.coordinator)
    assert (await post_form(client, f"/bookings/{booking.id}/cancel", {})).status_code == 422
    assert (await post_form(client, f"/bookings/{booking.id}/cancel", {"reason": "flood"})).status_code == 303


async def test_nobody_else_sees_or_touches_it(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "11:00"))
    for other in (cast.stranger, cast.other_coordinator, cast.office):
        client = visit(other)
        assert (await client.get(f"/bookings/{booking.id}")).status_code == 404
        assert (await client.get(f"/bookings/{booking.id}/move")).status_code == 404
        for deed in ("cancel", "check-in", "move", "confirm", "give-up"):
            said = {"reason": "x"} if deed in ("cancel", "check-in") else {}
            answer = await post_form(client, f"/bookings/{booking.id}/{deed}", said)
            assert answer.status_code == 404, deed
    for deed in ("no-show", "complete"):
        assert (await post_form(visit(cast.member), f"/bookings/{booking.id}/{deed}", {})).status_code == 403
    assert (await found(db, cast.member, booking)).state == "confirmed"


async def test_a_booking_is_moved_into_time_it_has_already(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "12:00"))
    client = visit(cast.member)
    page = await client.get(f"/bookings/{booking.id}/move")
    assert '<option value="2026-09-08T08:00Z" data-until="2026-09-08T16:00Z" selected>10:00' in page.text
    choice = {"date": "2026-09-08", "start": "2026-09-08T09:00Z", "end": "2026-09-08T11:00Z"}
    answer = await post_form(client, f"/bookings/{booking.id}/move", choice)
    assert answer.status_code == 303
    assert (await found(db, cast.member, booking)).period == tuesday("11:00", "13:00")


async def test_a_booking_that_has_begun_only_changes_its_end(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "12:00"))
    await booked(db, cast.stranger, cast.room_s, tuesday("13:00", "14:00"))
    clock.now = booking.period.start + timedelta(minutes=45)
    client = visit(cast.member)
    await post_form(client, f"/bookings/{booking.id}/check-in", {})
    page = (await client.get(f"/bookings/{booking.id}/move")).text
    assert page.count('data-until="2026-09-08T11:00Z"') == 1
    assert 'value="2026-09-08T08:30Z"' not in page
    choice = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T11:00Z"}
    await post_form(client, f"/bookings/{booking.id}/move", choice)
    assert (await found(db, cast.member, booking)).period == tuesday("10:00", "13:00")


async def test_too_late_to_move_it_only_changes_its_end(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, cancel_minutes=60)
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "12:00"))
    client = visit(cast.member)
    client.headers["accept-language"] = "en"
    assert "Change the time" in (await client.get(f"/bookings/{booking.id}")).text
    clock.now = booking.period.start - timedelta(minutes=30)
    page = (await client.get(f"/bookings/{booking.id}")).text
    assert "Change the time" not in page and "Make it longer or shorter" in page
    assert "too late to cancel or move it by yourself" in page and "cannot be cancelled by yourself any more" in page
    form = (await client.get(f"/bookings/{booking.id}/move")).text
    assert form.count("data-until") == 1 and "Look at another day" not in form and "Change the end" in form
    choice = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T11:00Z"}
    refused = await post_form(client, f"/bookings/{booking.id}/move", choice | {"start": "2026-09-08T09:00Z"})
    assert refused.status_code == 409 and refused.text.count("data-until") == 1
    assert (await post_form(client, f"/bookings/{booking.id}/move", choice)).status_code == 303
    assert (await found(db, cast.member, booking)).period == tuesday("10:00", "13:00")
    desk = await visit(cast.coordinator).get(f"/bookings/{booking.id}?lang=en")
    assert "Change the time" in desk.text


async def test_what_is_over_or_cancelled_leads_back_to_the_booking(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "12:00"))
    other = await booked(db, cast.member, cast.room_s, tuesday("13:00", "14:00"))
    choice = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T11:00Z"}
    client = visit(cast.member)
    client.headers["accept-language"] = "en"
    await post_form(client, f"/bookings/{other.id}/cancel", {})
    clock.now = booking.period.end
    for one in (booking, other):
        answer = await client.get(f"/bookings/{one.id}/move")
        assert answer.headers["location"] == f"/bookings/{one.id}"
        assert "can no longer be changed" in (await client.get(answer.headers["location"])).text
        refused = await post_form(client, f"/bookings/{one.id}/move", choice)
        assert (
            400 <= refused.status_code < 500 and "What happened" in refused.text and 'name="start"' not in refused.text
        )


async def test_a_hold_says_what_can_no_longer_be_cancelled_once_confirmed(
    visit: Visit, cast: Cast, db: Database
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, cancel_minutes=2 * 1440)
    client = visit(cast.member)
    client.headers["accept-language"] = "en"
    choice = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T10:00Z"}
    address = (await post_form(client, "/incubators/las/s/hold", choice)).headers["location"]
    page = (await client.get(address)).text
    assert (
        "once it is confirmed, it cannot be cancelled by yourself any more" in page and "by yourself until" not in page
    )
    done = (await post_form(client, address, {"title": "Talk"})).headers["location"]
    assert "<dd>cannot be cancelled by yourself any more</dd>" in (await client.get(done)).text


async def test_a_move_onto_taken_time_is_refused_and_changes_nothing(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "11:00"))
    await booked(db, cast.stranger, cast.room_s, tuesday("12:00", "13:00"))
    choice = {"date": "2026-09-08", "start": "2026-09-08T10:00Z", "end": "2026-09-08T11:00Z"}
    answer = await post_form(visit(cast.member), f"/bookings/{booking.id}/move", choice)
    assert answer.status_code == 409
    assert (await found(db, cast.member, booking)).period == booking.period


async def test_who_comes_second_joins_the_line_and_leaves_it(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.stranger, cast.room_s, tuesday("10:00", "12:00"))
    client = visit(cast.member)
    choice = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T10:00Z"}
    refused = await post_form(client, "/incubators/las/s/hold", choice)
    assert "Join the waiting list" in refused.text
    assert (await post_form(client, "/incubators/las/s/wait", choice)).status_code == 303
    page = (await client.get("/bookings")).text
    assert "in line" in page and "place 1" in page
    entry = page.partition("/bookings/line/")[2][:36]
    assert (await post_form(visit(cast.stranger), f"/bookings/line/{entry}/leave", {})).status_code == 404
    assert (await post_form(client, f"/bookings/line/{entry}/leave", {})).status_code == 303
    assert "place 1" not in (await client.get("/bookings")).text


async def test_any_desk_of_a_zone_is_held_until_none_is_left(visit: Visit, cast: Cast) -> None:
    choice = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T10:00Z"}
    assert "any free desk" in (await visit().get("/incubators/las/zones/strefa?lang=en")).text
    answers = [
        await post_form(visit(who), "/incubators/las/zones/strefa/hold", choice)
        for who in (cast.member, cast.colleague, cast.resident, cast.stranger)
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 409]
    assert "All desks of this zone are taken" in answers[-1].text
    assert "12:00–14:00" in answers[-1].text
    assert (await visit().get("/incubators/las/zones/nowhere")).status_code == 404


async def test_the_end_that_a_booking_has_is_among_those_to_choose_from(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await let_by_the_day(tx, cast.office_space, shortest_days=1)
    # Forty days: neither one of the first fortnight nor whole weeks, which are what is offered.
    booking = await booked(db, cast.member, cast.office_space, local_days(date(2026, 9, 8), 40))
    text = (await visit(cast.member).get(f"/bookings/{booking.id}/move?lang=en")).text
    assert "Now: Tue 8 Sep – Sat 17 Oct" in text
    assert '<option value="2026-10-17T22:00Z" selected>Sat 17 Oct</option>' in text
