"""The calendar of who booked knows from mails alone what stands: it never shows anything twice, nor what is gone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import httpx
import pytest

from incubator.bookings.clear import Why, clear
from incubator.bookings.queries import booking_for
from incubator.bookings.series_choice import Which
from incubator.bookings.series_rules import Pattern
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.period import Period
from incubator.people.choose_notices import choose_notices
from incubator.people.notices import About, Notices, Reminders
from tests.bookings.test_api import wish
from tests.bookings.test_change_series import alter, drop
from tests.bookings.test_series import FOUR_TUESDAYS, again
from tests.cast import Cast, Person, acting, change
from tests.conftest import Clockwork
from tests.mail.calendar_app import attached, calendar_in, mails_to, methods, shown
from tests.moments import NOW, TUESDAY, on, tuesday

Visit = Callable[..., httpx.AsyncClient]
LATER = tuesday("14:00", "15:00")
MOVE = {"start": LATER.start.isoformat(), "end": LATER.end.isoformat()}


async def confirmed(visit: Visit, cast: Cast, **said: object) -> str:
    """Held and confirmed, as on the page: this is what is written about."""
    me = visit(cast.member)
    held = await me.post("/api/bookings", json=wish(cast, **said))
    assert held.status_code == 201, held.text
    where = held.headers["location"]
    assert (await me.post(f"{where}/confirm", json={})).status_code == 200
    return str(where)


async def test_what_is_confirmed_comes_as_an_invitation(visit: Visit, cast: Cast, db: Database) -> None:
    where = await confirmed(visit, cast, title="Board", organisation_id=str(cast.acme))
    [mail] = await mails_to(db, cast.member.email)
    calendar = calendar_in(mail)
    assert calendar is not None
    [event] = calendar.events
    assert calendar["METHOD"] == "REQUEST"
    assert str(event["UID"]) == where.rpartition("/")[2]
    assert (event.start, event.end) == (tuesday("10:00", "11:00").start, tuesday("10:00", "11:00").end)
    assert (str(event["SUMMARY"]), str(event["STATUS"])) == ("Board", "CONFIRMED")
    assert str(event["LOCATION"]).startswith("L, ")
    assert str(event["DESCRIPTION"]) == "For Acme"
    assert str(event["URL"]).endswith(where.removeprefix("/api"))
    assert str(event["ATTENDEE"]) == f"mailto:{cast.member.email}"


async def test_it_goes_by_the_uid_that_it_has_in_the_file_to_take_away(visit: Visit, cast: Cast, db: Database) -> None:
    where = await confirmed(visit, cast)
    page = await visit(cast.member).get(f"{where.removeprefix('/api')}/event.ics")
    [mail] = await mails_to(db, cast.member.email)
    calendar = calendar_in(mail)
    assert calendar is not None and f"UID:{calendar.events[0]['UID']}\r\n" in page.text


async def test_what_is_only_asked_for_is_no_invitation(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    where = await confirmed(visit, cast)
    assert methods(await mails_to(db, cast.member.email)) == [""]
    assert (await visit(cast.coordinator).post(f"{where}/decline", json={"reason": "No"})).status_code == 200
    assert methods(await mails_to(db, cast.member.email)) == ["", ""], "nobody was invited, so nothing is taken back"


@pytest.mark.parametrize("who", ["member", "colleague", "coordinator"])
async def test_it_moves_and_goes_whoever_does_it(
    visit: Visit, cast: Cast, db: Database, clockwork: Clockwork, who: str
) -> None:
    where, by = await confirmed(visit, cast, organisation_id=str(cast.acme)), visit(getattr(cast, who))
    assert (await by.post(f"{where}/reschedule", json=MOVE)).status_code == 200
    assert [(each.start, each.end) for each in await shown(db, cast.member.email)] == [(LATER.start, LATER.end)]
    assert (await by.post(f"{where}/cancel", json={"reason": "We meet online"})).status_code == 200
    assert await shown(db, cast.member.email) == []
    mails = await mails_to(db, cast.member.email)
    assert methods(mails) == ["REQUEST", "REQUEST", "CANCEL"]
    sequences = [calendar.events[0]["SEQUENCE"] for mail in mails if (calendar := calendar_in(mail))]
    assert sequences == sorted(set(sequences))


async def test_what_has_to_be_approved_again_is_tentative_at_its_new_time(
    visit: Visit, cast: Cast, db: Database
) -> None:
    where = await confirmed(visit, cast, title="Board")
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    assert (await visit(cast.member).post(f"{where}/reschedule", json=MOVE)).json()["state"] == "awaiting_approval"
    [there] = await shown(db, cast.member.email)
    assert (there.start, there.summary, there.status) == (LATER.start, "Awaiting approval: Board", "TENTATIVE")
    assert (await visit(cast.coordinator).post(f"{where}/approve", json={})).status_code == 200
    [there] = await shown(db, cast.member.email)
    assert (there.start, there.summary, there.status) == (LATER.start, "Board", "CONFIRMED")


async def test_another_title_is_told(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l, organisation_id=cast.acme, title="Stand-up")
    for number, who in enumerate((cast.member, cast.colleague), start=1):
        await alter(db, who, series, Which.THIS, number, now=later(number), title=f"Strategy {number}")
    found = [each.summary for each in await shown(db, cast.member.email)]
    assert found == ["Strategy 1", "Strategy 2", "Stand-up", "Stand-up"]


async def test_who_wants_none_gets_the_mail_without(visit: Visit, cast: Cast, db: Database) -> None:
    await prefer(db, cast.member, invitations=False)
    where = await confirmed(visit, cast)
    assert (await visit(cast.coordinator).post(f"{where}/cancel", json={"reason": "Water"})).status_code == 200
    assert methods(await mails_to(db, cast.member.email)) == ["", ""]


async def test_a_booking_that_becomes_a_series_stands_there_once(visit: Visit, cast: Cast, db: Database) -> None:
    where = await confirmed(visit, cast, title="Board")
    assert len(await shown(db, cast.member.email)) == 1
    assert (await visit(cast.member).post(f"{where}/repeat", json={"count": 4})).status_code == 201
    hours = [on(TUESDAY + timedelta(weeks=n), "10:00", "11:00") for n in range(4)]
    assert [Period(each.start, each.end) for each in await shown(db, cast.member.email)] == hours
    assert methods(await mails_to(db, cast.member.email)) == ["REQUEST", "CANCEL", "REQUEST"]


async def test_a_series_is_one_invitation(db: Database, cast: Cast) -> None:
    await again(db, cast.member, cast.room_l, title="Stand-up")
    mails = await mails_to(db, cast.member.email)
    assert methods(mails) == ["REQUEST"]
    assert [each[:3] for each in await shown(db, cast.member.email)] == tuesdays()


async def test_a_series_over_the_change_of_the_clocks_leaves_out_what_could_not_be_had(
    db: Database, cast: Cast
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, horizon_days=120)
        await tx.execute("INSERT INTO public_holiday (day, name_pl, name_en) VALUES ('2026-10-27', '', '')")
    pattern = Pattern(first_day=date(2026, 10, 13), weekdays=(2, 4), start_minute=600, length_minutes=60, count=8)
    series = await again(db, cast.member, cast.room_l, pattern)
    expected = [one.period for one in series.occurrences if one.booking_id]
    assert len(expected) == 7
    assert [Period(each.start, each.end) for each in await shown(db, cast.member.email)] == expected


async def test_dates_of_a_series_are_moved_and_given_up_by_anybody_and_split_off(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l, organisation_id=cast.acme, title="Stand-up")
    first, second, third, fourth = [each[:2] for each in tuesdays()]

    async def there(*expected: tuple[datetime, datetime]) -> None:
        assert [each[:2] for each in await shown(db, cast.member.email)] == sorted(expected)

    await alter(db, cast.colleague, series, Which.THIS, 1, now=later(1), start_minute=840)
    first = (first[0] + timedelta(hours=4), first[1] + timedelta(hours=4))
    await there(first, second, third, fourth)
    await drop(db, cast.member, series, Which.THIS, 2, now=later(2))
    await there(first, third, fourth)
    # The third is the first of a series of its own now.
    split = await alter(db, cast.member, series, Which.FOLLOWING, 3, now=later(3), start_minute=660)
    assert split.series.id != series.id
    third, fourth = ((start + timedelta(hours=1), end + timedelta(hours=1)) for start, end in (third, fourth))
    await there(first, third, fourth)
    await drop(db, cast.coordinator, split.series, Which.ALL, now=later(4), reason="Water")
    await there(first)
    await drop(db, cast.member, series, Which.ALL, now=later(5))
    await there()
    assert set(methods(await mails_to(db, cast.member.email))) == {"REQUEST", "CANCEL"}


async def test_a_series_that_is_asked_for_is_invited_to_with_its_first_yes(
    visit: Visit, db: Database, cast: Cast
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    series = await again(db, cast.member, cast.room_l, title="Stand-up")
    assert methods(await mails_to(db, cast.member.email)) == [""]
    where = f"/api/bookings/{series.occurrences[1].booking_id}"
    assert (await visit(cast.coordinator).post(f"{where}/approve", json={})).status_code == 200
    found = await shown(db, cast.member.email)
    assert [each[:2] for each in found] == [each[:2] for each in tuesdays()]
    assert [each.status for each in found] == ["TENTATIVE", "CONFIRMED", "TENTATIVE", "TENTATIVE"]


async def test_many_lost_at_once_are_one_mail_that_takes_all_of_them_out(
    visit: Visit, db: Database, cast: Cast
) -> None:
    await again(db, cast.member, cast.room_l, FOUR_TUESDAYS)
    await confirmed(visit, cast, space_id=str(cast.room_s))
    async with statement(db) as tx:
        keys = [row["id"] for row in await tx.fetch("SELECT id FROM booking ORDER BY lower(period), id")]
    coordinator, why = await acting(db, cast.coordinator), Why("Woda", "Water")
    async with transaction(db) as tx:
        bookings = [await booking_for(tx, actor=coordinator, booking_id=key) for key in keys[:3]]
        await clear(tx, actor_id=coordinator.account_id, bookings=bookings, why=why, now=later(1))
    *_, last = await mails_to(db, cast.member.email)
    assert sorted(str(each["METHOD"]) for each in attached(last)) == ["CANCEL", "REQUEST"]
    assert len(await shown(db, cast.member.email)) == 2


def tuesdays() -> list[tuple[datetime, datetime, str]]:
    found = [on(TUESDAY + timedelta(weeks=n), "10:00", "12:00") for n in range(4)]
    return [(each.start, each.end, "Stand-up") for each in found]


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


async def prefer(db: Database, who: Person, *, invitations: bool) -> None:
    actor = await acting(db, who)
    wish = Notices(about=About.BOOKINGS, invitations=invitations, reminders=Reminders.NONE)
    await attempt(db, lambda tx: choose_notices(tx, actor=actor, chosen=[wish], now=NOW))
