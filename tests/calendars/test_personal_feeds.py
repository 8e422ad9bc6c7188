"""A person's own feed: all of it to whoever has the address, until it is revoked."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from icalendar import Calendar

from incubator.bookings.cancel import cancel
from incubator.bookings.decline import decline
from incubator.bookings.reschedule import reschedule
from incubator.calendars.make_feed import MOST, TooManyFeeds, make_feed
from incubator.calendars.my_feeds import my_feeds
from incubator.calendars.revoke_feed import NoSuchFeed, revoke_feed
from incubator.calendars.seen import app_of
from incubator.db.engine import Database, transaction
from incubator.db.history import history_of
from tests.calendars.conftest import Book, Subscribe, new_feed
from tests.calendars.readers import READERS, Seen, with_icalendar
from tests.cast import Cast, acting, change
from tests.conftest import Clockwork
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
HOSTILE = 'Rada; "gminy", część\\n<b>2</b> 😀 \u202eעברית'


async def fetch(visit: Visit, path: str) -> list[Seen]:
    answer = await visit().get(path)
    assert answer.status_code == 200, answer.text
    return with_icalendar(answer.content)


async def test_own_bookings_and_those_of_own_organisations(
    visit: Visit, cast: Cast, book: Book, subscribe: Subscribe
) -> None:
    own = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Dentist")
    shared = await book(cast.colleague, cast.room_l, tuesday("11:00", "12:00"), title="Team", organisation_id=cast.acme)
    await book(cast.colleague, cast.room_l, tuesday("12:00", "13:00"), title="Private of a colleague")
    await book(cast.stranger, cast.room_l, tuesday("13:00", "14:00"), title="Rival's", organisation_id=cast.rival)
    found = await fetch(visit, await subscribe(cast.member))
    assert {(one.uid, one.summary) for one in found} == {(str(own.id), "Dentist"), (str(shared.id), "Team")}
    assert {one.description for one in found} == {"", "For: Acme"}
    assert {one.location for one in found} == {"L, LAS Open Space, Bocheńska 26, 32-005 Niepołomice"}


async def test_it_speaks_the_language_of_its_person_unless_told(
    visit: Visit, cast: Cast, book: Book, subscribe: Subscribe, db: Database
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, name_pl="Sala duża", name_en="Large room", needs_approval=True)
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    path = await subscribe(cast.member)
    assert [one.summary for one in await fetch(visit, path)] == ["Awaiting approval: Large room"]
    assert [one.summary for one in await fetch(visit, f"{path}?lang=pl")] == ["Czeka na zgodę: Sala duża"]
    assert [one.status for one in await fetch(visit, path)] == ["TENTATIVE"]


async def test_a_moved_booking_is_the_same_entry_at_another_time(
    visit: Visit, cast: Cast, book: Book, subscribe: Subscribe, db: Database
) -> None:
    made = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    path = await subscribe(cast.member)
    [before] = await fetch(visit, path)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await reschedule(tx, actor=actor, booking_id=made.id, period=tuesday("14:00", "15:30"), now=NOW)
    [after] = await fetch(visit, path)
    assert before.uid == after.uid and after.sequence > before.sequence
    assert after.end - after.start == 5400


async def test_a_cancelled_booking_is_told_of_for_a_month(
    visit: Visit, cast: Cast, book: Book, subscribe: Subscribe, db: Database, clock: Clockwork
) -> None:
    made = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Demo")
    path, actor = await subscribe(cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=made.id, now=NOW)
    [seen] = await fetch(visit, path)
    assert (seen.uid, seen.status, seen.summary) == (str(made.id), "CANCELLED", "Cancelled: Demo")
    assert seen.sequence == 1
    assert await fetch(visit, f"{path}?cancelled=0") == [], "who wants them for no day wants none"
    clock.now += timedelta(days=30)
    assert len(await fetch(visit, path)) == 1
    clock.now += timedelta(days=10)
    assert await fetch(visit, path) == []


async def test_a_declined_request_says_why_and_a_hold_given_back_says_nothing(
    visit: Visit, cast: Cast, book: Book, subscribe: Subscribe, db: Database
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, needs_approval=True)
    asked = await book(cast.member, cast.room_s, tuesday("10:00", "11:00"), title="Party")
    held = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=False)
    path = await subscribe(cast.member)
    assert len(await fetch(visit, path)) == 1
    member, coordinator = await acting(db, cast.member), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await cancel(tx, actor=member, booking_id=held.id, now=NOW)
        await decline(tx, actor=coordinator, booking_id=asked.id, reason="The floor is wet.", now=NOW)
    [seen] = await fetch(visit, path)
    assert (seen.status, seen.summary) == ("CANCELLED", "Declined: Party")
    assert seen.description == "The coordinator declined this booking.\nThe floor is wet."


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("lang", ["pl", "en"])
async def test_every_reader_reads_it_alike(
    visit: Visit,
    cast: Cast,
    book: Book,
    subscribe: Subscribe,
    db: Database,
    read: Callable[[bytes], list[Seen]],
    lang: str,
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_a, needs_approval=True)
        await tx.execute("UPDATE organisation SET name = $2 WHERE id = $1", cast.acme, HOSTILE)
    await book(cast.member, cast.room_a, tuesday("10:00", "11:00"), title=HOSTILE)
    made = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title=HOSTILE, organisation_id=cast.acme)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=made.id, reason="two\r\nlines; of, it", now=NOW)
    octets = (await visit().get(f"{await subscribe(cast.member)}?lang={lang}")).content
    assert {one.status for one in read(octets)} == {"TENTATIVE", "CANCELLED"}
    assert read(octets) == with_icalendar(octets)


async def test_what_a_calendar_says_of_itself(visit: Visit, cast: Cast, subscribe: Subscribe) -> None:
    calendar = Calendar.from_ical((await visit().get(await subscribe(cast.member))).content)
    assert isinstance(calendar, Calendar)
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "My bookings and meetings"
    assert calendar["X-PUBLISHED-TTL"] == "PT1H"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert "METHOD" not in calendar
    assert calendar["URL"] == "http://127.0.0.1:8000/bookings"


async def test_a_revoked_address_is_gone_and_only_its_owner_revokes(visit: Visit, cast: Cast, db: Database) -> None:
    made = await new_feed(db, cast.member)
    path = f"/calendars/personal/{made.secret}.ics"
    member, stranger = await acting(db, cast.member), await acting(db, cast.stranger)
    async with transaction(db) as tx:
        with pytest.raises(NoSuchFeed):
            await revoke_feed(tx, actor=stranger, feed_id=made.id, now=NOW)
    assert (await visit().get(path)).status_code == 200
    async with transaction(db) as tx:
        await revoke_feed(tx, actor=member, feed_id=made.id, now=NOW)
        with pytest.raises(NoSuchFeed):
            await revoke_feed(tx, actor=member, feed_id=made.id, now=NOW)
        assert [deed["verb"] for deed in await history_of(tx, subject_id=made.id)] == ["make_feed", "revoke_feed"]
    for person in (None, cast.member):
        answer = await visit(person).get(path)
        assert (answer.status_code, answer.json()["code"]) == (410, "calendar_gone")


async def test_an_erased_persons_feed_is_gone(visit: Visit, cast: Cast, subscribe: Subscribe, db: Database) -> None:
    path = await subscribe(cast.member)
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET email = NULL, erased_at = $2 WHERE id = $1", cast.member.id, NOW)
    assert (await visit().get(path)).status_code == 410


async def test_the_secret_is_nowhere_in_the_database(cast: Cast, db: Database) -> None:
    made = await new_feed(db, cast.member)
    async with transaction(db) as tx:
        row = await tx.fetchrow("SELECT * FROM feed_token")
        assert made.secret not in str(dict(row or {}))


async def test_a_person_has_a_bounded_number_of_addresses(cast: Cast, db: Database) -> None:
    for number in range(MOST):
        await new_feed(db, cast.member, f"App {number}")
    with pytest.raises(TooManyFeeds):
        await new_feed(db, cast.member)
    await new_feed(db, cast.colleague)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await revoke_feed(tx, actor=actor, feed_id=(await my_feeds(tx, actor=actor))[0].id, now=NOW)
        await make_feed(tx, actor=actor, name="again", now=NOW)


async def test_who_fetched_is_kept_once_an_hour(visit: Visit, cast: Cast, db: Database, clock: Clockwork) -> None:
    made = await new_feed(db, cast.member)

    async def fetched(agent: str) -> tuple[object, str]:
        answer = await visit().get(f"/calendars/personal/{made.secret}.ics", headers={"user-agent": agent})
        assert answer.status_code == 200
        async with transaction(db) as tx:
            [feed] = await my_feeds(tx, actor=await acting(db, cast.member))
        return feed.fetched_at, feed.fetched_by

    assert await fetched("Mozilla/5.0 (X11; Linux) Thunderbird/128.0") == (NOW, "Thunderbird")
    clock.now = NOW + timedelta(minutes=59)
    assert await fetched("Google-Calendar-Importer") == (NOW, "Thunderbird")
    clock.now = NOW + timedelta(minutes=61)
    assert await fetched("Google-Calendar-Importer") == (clock.now, "Google Calendar")


@pytest.mark.parametrize(
    ("agent", "app"),
    [
        (b"Google-Calendar-Importer", "Google Calendar"),
        (b"Microsoft.Exchange/15.20", "Outlook"),
        (b"macOS/14.5 (23F79) CalendarAgent/1020", "Apple Calendar"),
        (b"iOS/17.5 (21F79) dataaccessd/1.0", "Apple Calendar"),
        (b"Mozilla/5.0 (X11) Gecko Firefox/130", "browser"),
        (b"curl/8", ""),
        (b"", ""),
        (b"\xff\x00<script>", ""),
    ],
)
def test_apps_are_known_by_their_agent(agent: bytes, app: str) -> None:
    assert app_of(agent) == app
