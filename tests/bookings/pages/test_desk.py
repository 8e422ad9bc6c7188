"""The desk itself: what waits, what is on, and for whom."""

from datetime import timedelta

from incubator.bookings.overview import overview
from incubator.db.engine import Database, transaction
from incubator.kernel.ids import uuid7
from tests.bookings.pages.desk_kit import Visit, at_desk, booked, needs_approval
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.conftest import NOW, Clockwork
from tests.moments import MONDAY, on, tuesday


async def test_the_desk_is_for_coordinators(visit: Visit, cast: Cast) -> None:
    assert (await visit().get("/desk")).headers["location"].startswith("/sign-in?next=/desk")
    for person in (cast.member, cast.resident, cast.office):
        assert (await visit(person).get("/desk")).status_code == 403
    for person in (cast.coordinator, cast.other_coordinator, cast.administrator):
        assert (await visit(person).get("/desk")).status_code == 200


async def test_an_empty_desk_says_so_and_leads_on(visit: Visit, cast: Cast) -> None:
    told = (await at_desk(visit, cast.coordinator).get("/desk")).text
    assert "Nobody has booked anything for today." in told
    assert "No request waits for you." in told and "Nobody waits for a taken time." in told
    for way in ("day", "week"):
        assert f'href="/desk/incubators/las/{way}"' in told
    for way in ("/desk/requests", "/desk/block", "/desk/close", "/desk/incubators"):
        assert f'href="{way}"' in told
    assert "rynek" not in told


async def test_now_next_and_what_waits_stand_at_a_glance(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    await needs_approval(db, cast.room_l)
    asked = await booked(db, cast.stranger, cast.room_l, tuesday("10:00", "12:00"), organisation_id=cast.rival)
    here = await booked(db, cast.member, cast.room_s, on(MONDAY, "9:00", "10:00"), organisation_id=cast.acme)
    for hour in range(10, 16):
        await booked(db, cast.resident, cast.room_a, on(MONDAY, f"{hour}:00", f"{hour + 1}:00"))
    told = (await at_desk(visit, cast.coordinator).get("/desk")).text
    assert "1 request waits for you" in told and f"/desk/requests#r-{asked.id}" in told
    assert f"/bookings/{here.id}/check-in" in told and "not here yet" in told
    assert "10:00–11:00" in told and "12:00–13:00" in told and "13:00–14:00" not in told
    assert "3 more bookings today" in told
    clock.now = on(MONDAY, "18:00", "19:00").start
    assert "Everything of today is over." in (await at_desk(visit, cast.coordinator).get("/desk")).text


async def test_a_tap_on_the_desk_comes_back_to_the_desk(visit: Visit, cast: Cast, db: Database) -> None:
    here = await booked(db, cast.member, cast.room_s, on(MONDAY, "9:00", "10:00"))
    client = at_desk(visit, cast.coordinator)
    assert f'value="/desk#b-{here.id}"' in (await client.get("/desk")).text
    answer = await post_form(client, f"/bookings/{here.id}/check-in", {"back": f"/desk#b-{here.id}"})
    assert answer.headers["location"] == f"/desk#b-{here.id}"
    assert "Checked in." in (await client.get("/desk")).text


async def test_many_incubators_are_a_list_with_numbers(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        for n in range(4):
            await tx.execute(
                "INSERT INTO incubator (id, gmina_id, code, slug, name, funding_programme, street, postcode, town,"
                " email, phone, description_pl, description_en, terms_pl, terms_en, status, version) VALUES"
                " ($1, $2, $3, $3, $4, '', '', '', '', '', '', '', '', '', '', 'open', 1)",
                uuid7(),
                cast.skawina,
                f"more-{n}",
                f"More {n}",
            )
    await booked(db, cast.member, cast.room_s, on(MONDAY, "14:00", "15:00"), title="Talk")
    told = (await at_desk(visit, cast.administrator).get("/desk")).text
    assert "Bookings that begin today" in told and "Talk" not in told
    for slug in ("las", "rynek", "more-0"):
        assert f'href="/desk/incubators/{slug}/day"' in told
    assert "Niepołomice" in told and "Skawina" in told
    assert "/desk/incubators/las" not in (await at_desk(visit, cast.other_coordinator).get("/desk")).text


async def test_a_gmina_without_an_incubator_is_told_who_helps(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        key = uuid7()
        await tx.execute(
            "INSERT INTO gmina (id, terc, slug, name, kind, county, population, brand_pl, brand_en, version)"
            " VALUES ($1, '1206022', 'biskupice', 'Biskupice', 'rural', '', 9000, '', '', 1)",
            key,
        )
        await tx.execute("UPDATE role_grant SET gmina_id = $1 WHERE account_id = $2", key, cast.coordinator.id)
    told = await at_desk(visit, cast.coordinator).get("/desk")
    assert told.status_code == 200 and "no incubator here yet" in told.text


async def test_numbers_are_those_of_own_gminas(db: Database, cast: Cast) -> None:
    await needs_approval(db, cast.room_l, cast.other_room)
    await booked(db, cast.member, cast.room_l, on(MONDAY, "10:00", "11:00"))
    await booked(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    await booked(db, cast.member, cast.room_s, on(MONDAY, "10:00", "11:00"))
    await booked(db, cast.member, cast.room_s, tuesday("10:00", "11:00"))
    later = NOW + timedelta(hours=1)
    async with transaction(db) as tx:
        own = await overview(tx, actor=await acting(db, cast.coordinator), now=later)
        every = await overview(tx, actor=await acting(db, cast.administrator), now=later)
        assert await overview(tx, actor=await acting(db, cast.member), now=later) == []
    assert [(one.slug, one.waiting, one.missed, one.today, one.spaces) for one in own] == [("las", 1, 1, 1, 8)]
    assert [one.slug for one in every] == ["las", "rynek"]


async def test_what_was_booked_before_the_hours_were_shortened_is_shown(visit: Visit, cast: Cast, db: Database) -> None:
    late = await booked(db, cast.member, cast.room_s, tuesday("17:00", "18:00"), organisation_id=cast.acme)
    well = await booked(db, cast.member, cast.room_s, tuesday("10:00", "11:00"))
    away = await booked(db, cast.stranger, cast.other_room, tuesday("17:00", "18:00"))
    assert "Booked while closed" not in (await at_desk(visit, cast.coordinator).get("/desk")).text
    async with transaction(db) as tx:
        await tx.execute("UPDATE weekly_hours SET closes = 12 * 60")
    told = (await at_desk(visit, cast.coordinator).get("/desk")).text
    notice = told.partition("Booked while closed")[2].partition("</div>")[0]
    assert f"/bookings/{late.id}" in notice and "17:00–18:00" in notice
    assert str(well.id) not in notice and str(away.id) not in told
    async with transaction(db) as tx:
        await tx.execute("UPDATE booking SET state = 'cancelled' WHERE id = $1", late.id)
    assert "Booked while closed" not in (await at_desk(visit, cast.coordinator).get("/desk")).text
