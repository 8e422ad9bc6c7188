"""A calendar that was fetched once is kept in step by what became different."""

from datetime import timedelta

from icalendar import Calendar

from incubator.bookings.cancel import cancel
from incubator.bookings.reschedule import reschedule
from incubator.bookings.series_choice import Which
from incubator.caldav import names
from incubator.db.engine import Database, transaction
from incubator.people.remove_member import remove_member
from tests.bookings.test_change_series import drop
from tests.bookings.test_series import again
from tests.caldav.client import Store, hrefs, propfind, report, tree
from tests.caldav.conftest import Connect
from tests.calendars.conftest import Book
from tests.cast import Cast, acting
from tests.conftest import Clockwork
from tests.moments import NOW, TUESDAY, on, tuesday

EVERY_HOUR = [tuesday(f"{hour}:00", f"{hour + 1}:00") for hour in range(10, 14)]
LATER = TUESDAY + timedelta(weeks=1)


async def test_first_all_then_what_is_new_moved_or_gone(connect: Connect, cast: Cast, book: Book, db: Database) -> None:
    store = Store(await connect(cast.member), f"/dav/{cast.member.id}/personal/")
    bookings = [await book(cast.member, cast.room_l, period) for period in EVERY_HOUR[:3]]
    paths = [f"{store.path}{booking.id}.ics" for booking in bookings]
    assert await store.sync() == (set(paths), set())
    assert await store.sync() == (set(), set())

    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await reschedule(tx, actor=actor, booking_id=bookings[0].id, period=EVERY_HOUR[3], now=NOW)
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=bookings[1].id, now=NOW)
    new = await book(cast.member, cast.room_l, EVERY_HOUR[0])
    assert await store.sync() == ({paths[0], f"{store.path}{new.id}.ics"}, {paths[1]})
    shown = {
        event["UID"]: event["DTSTART"].dt
        for text in store.things.values()
        for event in Calendar.from_ical(text).walk("VEVENT")
    }
    assert shown == {
        str(bookings[0].id): EVERY_HOUR[3].start,
        str(bookings[2].id): EVERY_HOUR[2].start,
        str(new.id): EVERY_HOUR[0].start,
    }


async def test_what_came_and_went_between_two_looks(connect: Connect, cast: Cast, book: Book, db: Database) -> None:
    store = Store(await connect(cast.member), f"/dav/{cast.member.id}/personal/")
    await store.sync()
    booking = await book(cast.member, cast.room_l, EVERY_HOUR[0])
    async with transaction(db) as tx:
        await cancel(tx, actor=await acting(db, cast.member), booking_id=booking.id, now=NOW)
    came, gone = await store.sync()
    assert came == set() and gone <= {f"{store.path}{booking.id}.ics"}


async def test_a_token_of_another_calendar_or_none_of_ours_begins_anew(connect: Connect, cast: Cast) -> None:
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    other = Store(await connect(cast.stranger), f"/dav/{cast.stranger.id}/personal/")
    await other.sync()
    for token in (other.token, "urn:incubator:sync:1-260907:", "urn:x"):
        answer = await report(
            client, path, f"d:sync-collection><d:sync-token>{token}</d:sync-token></d:sync-collection>"
        )
        assert answer.status_code == 403 and "valid-sync-token" in answer.text


async def test_more_than_the_app_will_take_is_told_so(connect: Connect, cast: Cast, book: Book) -> None:
    for period in EVERY_HOUR[:2]:
        await book(cast.member, cast.room_l, period)
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    body = "d:sync-collection><d:sync-token/><d:limit><d:nresults>1</d:nresults></d:limit></d:sync-collection>"
    answer = await report(client, path, body)
    assert answer.status_code == 507 and "number-of-matches-within-limits" in answer.text


async def test_etags_agree_wherever_they_are_told(connect: Connect, cast: Cast, book: Book) -> None:
    booking = await book(cast.member, cast.room_l, EVERY_HOUR[0])
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    listed = await propfind(client, path, "d:getetag", depth="1")
    told = {one.findtext(names.HREF): one.findtext(f".//{names.ETAG}") for one in listed}
    thing = f"{path}{booking.id}.ics"
    assert told == {path: "", thing: (await client.get(thing)).headers["etag"]}


async def test_a_query_for_a_stretch_of_time(connect: Connect, cast: Cast, book: Book) -> None:
    first, second = [await book(cast.member, cast.room_l, period) for period in EVERY_HOUR[:2]]
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    start, end = (f"{moment:%Y%m%dT%H%M%SZ}" for moment in (second.period.start, second.period.end))
    body = f"""c:calendar-query><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR">
        <c:comp-filter name="VEVENT"><c:time-range start="{start}" end="{end}"/></c:comp-filter>
        </c:comp-filter></c:filter></c:calendar-query>"""
    assert hrefs(tree(await report(client, path, body))) == [f"{path}{second.id}.ics"]
    assert first.period.end == second.period.start


async def test_every_address_asked_for_is_answered(connect: Connect, cast: Cast, book: Book) -> None:
    theirs = await book(cast.stranger, cast.room_l, EVERY_HOUR[0])
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    asked = [f"{path}{theirs.id}.ics", f"/dav/{cast.stranger.id}/personal/{theirs.id}.ics", "/else", ""]
    hrefs_asked = "".join(f"<d:href>{href}</d:href>" for href in asked)
    root = tree(await report(client, path, f"c:calendar-multiget>{hrefs_asked}</c:calendar-multiget>"))
    assert hrefs(root) == asked
    assert all("404" in one.findtext(names.dav("status"), "") for one in root)


async def test_what_is_an_organisations_is_in_its_calendar_alone_and_for_its_members(
    connect: Connect, cast: Cast, book: Book, db: Database
) -> None:
    client = await connect(cast.member)
    own = Store(client, f"/dav/{cast.member.id}/personal/")
    its = Store(client, f"/dav/{cast.member.id}/organisation-{cast.acme}/")
    alone = await book(cast.member, cast.room_l, EVERY_HOUR[0])
    shared = await book(cast.colleague, cast.room_l, EVERY_HOUR[1], organisation_id=cast.acme)
    assert await own.sync() == ({f"{own.path}{alone.id}.ics"}, set())
    assert await its.sync() == ({f"{its.path}{shared.id}.ics"}, set())
    await book(cast.colleague, cast.room_l, EVERY_HOUR[2], organisation_id=cast.acme)
    came, _ = await its.sync()
    assert len(came) == 1 and await own.sync() == (set(), set())
    owner = await acting(db, cast.owner)
    async with transaction(db) as tx:
        await remove_member(tx, actor=owner, organisation_id=cast.acme, account_id=cast.member.id, now=NOW)
    assert (await client.request("PROPFIND", its.path)).status_code == 404
    assert (await client.get(f"{its.path}{shared.id}.ics")).status_code == 404


async def test_a_series_is_one_thing_and_found_on_each_of_its_days(connect: Connect, cast: Cast, db: Database) -> None:
    series = await again(db, cast.member, cast.room_l, title="Team")
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    store = Store(client, path)
    assert await store.sync() == ({f"{path}{series.id}.ics"}, set())
    for week, expected in ((0, 1), (1, 1), (300, 0)):
        start = EVERY_HOUR[0].start.replace(hour=0) + timedelta(weeks=week)
        body = f"""c:calendar-query><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR">
            <c:comp-filter name="VEVENT"><c:time-range start="{start:%Y%m%dT%H%M%SZ}"
            end="{start + timedelta(days=1):%Y%m%dT%H%M%SZ}"/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"""
        assert len(hrefs(tree(await report(client, path, body)))) == expected, week
    await drop(db, cast.member, series, Which.THIS, 2)
    assert await store.sync() == ({f"{path}{series.id}.ics"}, set())
    [text] = store.things.values()
    assert "EXDATE" in text or "STATUS:CANCELLED" in text


async def test_weeks_pass_and_nothing_has_to_be_listed_anew(
    connect: Connect, cast: Cast, book: Book, db: Database, clock: Clockwork
) -> None:
    """Entries leave the stretch of time that is shown; a date that was called off stays so."""
    client, path = await connect(cast.member, days=90), f"/dav/{cast.member.id}/personal/"
    soon, later = [
        await book(cast.member, cast.room_l, period) for period in (EVERY_HOUR[0], on(LATER, "8:00", "9:00"))
    ]
    series = await again(db, cast.member, cast.room_s, title="Team")
    await drop(db, cast.member, series, Which.THIS, 2)
    store, moved = Store(client, path), []
    await store.sync()
    for week in range(1, 12):
        clock.now = NOW + timedelta(weeks=week)
        _, gone = await store.sync()
        anew = Store(client, path)
        await anew.sync()
        assert store.things == anew.things
        moved += [(week, href.removeprefix(path).removesuffix(".ics")) for href in gone]
    assert moved == [(9, str(soon.id)), (10, str(later.id))]
