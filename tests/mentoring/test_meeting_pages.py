"""From a mentor's free times to a closed record, on the pages."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx

from incubator.db.engine import Database, transaction
from tests.browsing import post_form
from tests.cast import Cast
from tests.conftest import Clockwork
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import ELEVEN, TEN, count, credit, met, order, policy, sql

Visit = Callable[..., httpx.AsyncClient]
START = f"{TEN.start:%Y-%m-%dT%H:%MZ}"


async def test_a_founder_picks_a_time_and_books_it_with_a_room(visit: Visit, db: Database, cast: Cast) -> None:
    await a_mentor(db, cast)
    await policy(db, cast.niepolomice, organisation=120)
    times = await visit().get("/mentors/ewa/meet?minutes=60&lang=en")
    assert f"start={START}&amp;minutes=60" in times.text or f"start={START}&minutes=60" in times.text
    assert (await visit().get(f"/mentors/ewa/meet/confirm?start={START}&minutes=60")).status_code in {302, 303}
    member = visit(cast.member)
    form = await member.get(f"/mentors/ewa/meet/confirm?start={START}&minutes=60&topic=prawo&lang=en")
    assert form.status_code == 200 and "2 h left of 2 h" in form.text
    wish = {"start": START, "minutes": "60", "where": str(cast.las), "room": "any", "people": "3", "topic": "prawo"}
    wish |= {"organisation_id": str(cast.acme), "question": "Jak napisać umowę?"}
    booked = await post_form(member, "/mentors/ewa/meet/confirm", wish)
    assert booked.status_code == 303
    done = await member.get(booked.headers["location"])
    assert "event.ics" in done.text
    key = booked.headers["location"].split("/")[2]
    one = await visit(cast.colleague).get(f"/meetings/{key}?lang=en")
    assert "Jak napisać umowę?" in one.text and "1 h of what the gmina gives each month" in one.text
    ics = await member.get(f"/meetings/{key}/event.ics")
    assert "Mentor meeting: Ewa" in ics.text or "Spotkanie z mentorem: Ewa" in ics.text
    again = await post_form(visit(cast.stranger), "/mentors/ewa/meet/confirm", {**wish, "organisation_id": ""})
    assert again.status_code == 409 and await count(db, "meeting") == 1


async def test_the_topic_is_kept_on_the_way_to_a_meeting_and_times_say_where(
    visit: Visit, db: Database, cast: Cast
) -> None:
    ewa = await a_mentor(db, cast)
    await sql(db, "UPDATE mentor_hours SET incubator_id = NULL WHERE mentor_id = $1 AND weekday = 4", ewa.id)
    member = visit(cast.member)
    for page, leads in (
        ("/mentors?topic=prawo", "/mentors/ewa/meet?topic=prawo"),
        ("/mentors/ewa?topic=prawo", "/mentors/ewa/meet?topic=prawo"),
        ("/mentors/ewa/meet?topic=prawo&minutes=60", f"start={START}&minutes=60&topic=prawo"),
    ):
        assert leads in (await member.get(page)).text.replace("&amp;", "&"), page
    assert "minutes=60&topic=" not in (await member.get("/mentors/ewa/meet?topic=nic")).text.replace("&amp;", "&")
    times = (await member.get("/mentors/ewa/meet?minutes=60&lang=en")).text
    assert "<small>LAS Open Space or online</small>" in times and "<small>online</small>" in times
    form = await member.get(f"/mentors/ewa/meet/confirm?start={START}&minutes=60&topic=prawo")
    assert '<option value="prawo" selected>' in form.text


async def test_nobody_is_offered_a_meeting_with_themself(visit: Visit, db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    mentor = visit(ewa.person)
    for page in ("/mentors", "/mentors/ewa"):
        assert "Book a meeting" not in (await mentor.get(f"{page}?lang=en")).text
        assert "Book a meeting" in (await visit(cast.member).get(f"{page}?lang=en")).text
    assert "/meet/confirm" not in (await mentor.get("/mentors/ewa/meet")).text


async def test_bad_input_is_no_fault_of_ours(visit: Visit, db: Database, cast: Cast) -> None:
    await a_mentor(db, cast)
    member = visit(cast.member)
    for path in (
        "/mentors/ewa/meet?date=9999-12-31&minutes=99999999999",
        "/mentors/ewa/meet?date=x",
        "/mentors/any?topic=nic&minutes=-1&where=x&language=xx",
        "/mentors/any?topic=prawo&minutes=60&where=online",
        f"/mentors/ewa/meet/confirm?start={START}&minutes=7",
        "/mentors/ewa/meet/confirm?start=2026-09-08T08:07Z&minutes=60",
    ):
        assert (await member.get(path)).status_code == 200, path
    assert (await member.get("/mentors/ewa/meet/confirm?start=9999-01-01T00:00Z&minutes=60")).status_code == 303
    assert (await member.get("/mentors/nobody/meet")).status_code == 404
    for wish in (
        {},
        {"start": START, "where": "x"},
        {"start": "x"},
        {"start": START, "question": "a\0"},
        {"minutes": "0"},
    ):
        answer = await post_form(member, "/mentors/ewa/meet/confirm", wish)
        assert answer.status_code == 422, (wish, answer.text[:500])


async def test_it_is_moved_only_to_where_the_mentor_meets_in_the_same_way(
    visit: Visit, db: Database, cast: Cast
) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    await sql(db, "UPDATE mentor_hours SET incubator_id = NULL WHERE mentor_id = $1 AND weekday = 4", ewa.id)
    member = visit(cast.member)
    times = (await member.get(f"/meetings/{meeting.id}/move?lang=en")).text
    assert 'value="2026-09-09T09:00Z"' in times and 'value="2026-09-10T09:00Z"' not in times
    await sql(db, "UPDATE mentor_hours SET incubator_id = NULL WHERE mentor_id = $1", ewa.id)
    assert "2026-09-09T09:00Z" not in (await member.get(f"/meetings/{meeting.id}/move")).text


async def test_it_is_moved_and_called_off(visit: Visit, db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await sql(db, "UPDATE mentor SET cancel_minutes = 60, version = version + 1")
    meeting = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))
    member, mentor = visit(cast.member), visit(ewa.person)
    assert f"/meetings/{meeting.id}" in (await member.get("/meetings")).text
    desk = (await mentor.get("/mentor")).text
    assert f"/meetings/{meeting.id}" in desk
    assert all(f'href="/mentors/ewa/{page}"' in desk for page in ("edit", "hours", "calendars", "timesheet"))
    assert "11:00" in (await member.get(f"/meetings/{meeting.id}/move")).text
    moved = await post_form(member, f"/meetings/{meeting.id}/move", {"start": "2026-09-08T09:00Z"})
    assert moved.status_code == 303
    assert "10:00–11:00 → Tue 8 Sep, 11:00–12:00" in (await member.get(f"/meetings/{meeting.id}?lang=en")).text
    assert (await post_form(member, f"/meetings/{meeting.id}/move", {"start": "2026-09-08T02:00Z"})).status_code == 422
    form = {"form": "cancel", "version": "1"}
    assert (await post_form(mentor, f"/meetings/{meeting.id}", form)).status_code == 422
    assert (await post_form(mentor, f"/meetings/{meeting.id}", {**form, "reason": "chora"})).status_code == 303
    assert "chora" in (await member.get(f"/meetings/{meeting.id}")).text
    assert "value=" not in (gone := await member.get(f"/meetings/{meeting.id}/move")).text
    assert gone.headers["location"] == f"/meetings/{meeting.id}"
    gone = await post_form(member, f"/meetings/{meeting.id}/move", {"start": "2026-09-08T09:00Z"})
    assert gone.headers["location"] == f"/meetings/{meeting.id}"
    assert "was called off, and can no longer be moved" in (await member.get(f"/meetings/{meeting.id}?lang=en")).text
    assert f"/meetings/{meeting.id}" in (await member.get("/meetings/past")).text
    assert await count(db, "occupancy") == 0


async def test_the_record_goes_from_side_to_side(visit: Visit, db: Database, cast: Cast, clock: Clockwork) -> None:
    ewa = await a_mentor(db, cast)
    await credit(db, cast.acme, 600)
    meeting = await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme))
    clock.now = TEN.end + timedelta(hours=1)
    member, mentor, path = visit(cast.member), visit(ewa.person), f"/meetings/{meeting.id}"
    assert (
        path in (await member.get("/meetings")).text
        and path in (await visit(cast.coordinator).get("/desk/meetings")).text
    )
    record = {"form": "record", "version": "0", "minutes": "50", "outcome": "Umowa z wykonawcą.", "confirm": "yes"}
    assert (await post_form(mentor, path, {**record, "minutes": "900"})).status_code == 422
    assert (await post_form(mentor, path, record)).status_code == 303
    assert "the startup has yet to confirm" in (await mentor.get("/mentor?lang=en")).text
    assert (await post_form(member, path, {"form": "confirm", "version": "0"})).status_code == 412
    note = {"form": "note", "version": "1", "note": "TYLKO MOJE"}
    assert (await post_form(member, path, note)).status_code == 303
    for other, sees in (
        (member, True),
        (mentor, False),
        (visit(cast.colleague), False),
        (visit(cast.coordinator), False),
    ):
        assert ("TYLKO MOJE" in (await other.get(path)).text) == sees
    assert (await post_form(member, path, {"form": "confirm", "version": "1"})).status_code == 303
    assert await count(db, "meeting WHERE locked_at IS NOT NULL") == 1
    assert "yet to confirm" not in (await mentor.get("/meetings/past?lang=en")).text
    assert (await post_form(mentor, path, {"form": "missed", "version": "2", "sure": "yes"})).status_code == 409
    assert (await visit(cast.stranger).get(path)).status_code == 404


async def test_who_says_that_nobody_came_is_told_what_follows_and_says_so_twice(
    visit: Visit, db: Database, cast: Cast, clock: Clockwork
) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    clock.now = TEN.end
    member, mentor, path = visit(cast.member), visit(ewa.person), f"/meetings/{meeting.id}"
    assert "stays drawn" in (await mentor.get(f"{path}?lang=en")).text
    assert "is given back" in (await member.get(f"{path}?lang=en")).text
    once = await post_form(mentor, path, {"form": "missed", "version": "0"})
    assert once.status_code == 422 and await count(db, "meeting WHERE state = 'booked'") == 1
    assert (await post_form(mentor, path, {"form": "missed", "version": "0", "sure": "yes"})).status_code == 303
    assert await count(db, "meeting WHERE state = 'missed_by_startup'") == 1
    assert 'value="missed"' not in (await mentor.get(path)).text
    assert 'value="missed"' in (await member.get(path)).text


async def test_who_notes_an_absence_reads_what_became_of_the_meetings(visit: Visit, db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    given = await met(db, cast.member, order(ewa, cast))
    off = await met(db, cast.stranger, order(ewa, cast, ELEVEN))
    await met(db, cast.owner, order(ola, cast, ELEVEN))
    mentor, day = visit(ewa.person), f"{TEN.start:%Y-%m-%d}"
    form = {"form": "away", "version": "0", "first": day, "last": day, "stand_in_id": str(ola.id), "settle": "yes"}
    noted = await post_form(mentor, "/mentor", form)
    assert noted.status_code == 303
    desk = (await mentor.get(f"{noted.headers['location']}&lang=en")).text
    assert "1 meeting was handed over to Ola:" in desk and "1 meeting was called off:" in desk
    assert f"/meetings/{off.id}" in desk and f"/meetings/{given.id}" not in desk
    later = f"{TEN.start + timedelta(days=30):%Y-%m-%d}"
    nothing = await post_form(mentor, "/mentor", {**form, "first": later, "last": later})
    assert "No meeting was booked in that time" in (await mentor.get(f"{nothing.headers['location']}&lang=en")).text
    assert (await mentor.get("/mentor?noted=x")).status_code == 200


async def test_the_coordinator_settles_on_the_page(visit: Visit, db: Database, cast: Cast, clock: Clockwork) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    clock.now = TEN.end + timedelta(days=4)
    coordinator, path = visit(cast.coordinator), f"/meetings/{meeting.id}"
    form = {"form": "settle", "version": "0", "state": "missed_by_startup", "reason": "nikt nie przyszedł"}
    assert (await post_form(coordinator, path, {**form, "reason": ""})).status_code == 422
    assert (await post_form(coordinator, path, form)).status_code == 303
    assert "nikt nie przyszedł" in (await visit(cast.member).get(path)).text


async def test_a_mentor_goes_away_and_comes_back_on_the_page(visit: Visit, db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    meeting = await met(db, cast.member, order(ewa, cast))
    mentor = visit(ewa.person)
    form = {"form": "away", "version": "0", "first": "2026-09-08", "last": "2026-09-10", "stand_in_id": str(ola.id)}
    asked = await post_form(mentor, "/mentor", form)
    assert asked.status_code == 409 and f"/meetings/{meeting.id}" in asked.text
    assert (await post_form(mentor, "/mentor", {**form, "first": "x"})).status_code == 422
    assert (await post_form(mentor, "/mentor", {**form, "first": "2026-09-11"})).status_code == 422
    assert (await post_form(mentor, "/mentor", {**form, "settle": "yes"})).status_code == 303
    assert "/mentors/ola/meet" in (await visit().get("/mentors/ewa/meet?date=2026-09-08")).text
    async with transaction(db) as tx:
        absence = await tx.fetchval("SELECT id FROM mentor_absence")
        assert await tx.fetchval("SELECT mentor_id FROM meeting") == ola.id
    assert (
        await post_form(mentor, "/mentor", {"form": "back", "version": "0", "absence_id": str(absence)})
    ).status_code == 303
    assert await count(db, "occupancy") == 1
    assert (await visit(cast.member).get("/mentor")).status_code == 403


async def test_any_mentor_leads_to_the_first_free_one(visit: Visit, db: Database, cast: Cast) -> None:
    await a_mentor(db, cast)
    page = await visit().get("/mentors/any?topic=prawo&minutes=60")
    link = next(
        part.split('"')[0] for part in page.text.split('href="') if part.startswith("/mentors/ewa/meet/confirm")
    )
    assert parse_qs(urlsplit(link.replace("&amp;", "&")).query)["topic"] == ["prawo"]
    assert "Nobody" in (await visit().get("/mentors/any?topic=eksport&lang=en")).text
