"""A token stays good when the weeks go by: what falls out of the window or comes into it is told."""

from datetime import date, timedelta

from incubator.bookings.series_choice import Which
from incubator.db.engine import Database, transaction
from incubator.registrations.register import register
from tests.bookings.test_change_series import drop
from tests.bookings.test_series import again
from tests.caldav.client import Store, report
from tests.caldav.conftest import Connect
from tests.calendars.conftest import Book
from tests.cast import Cast
from tests.conftest import Clockwork
from tests.exchanges.cast import a_session
from tests.moments import NOW, tuesday
from tests.programmes.acts import doing
from tests.registrations.cast import order as seat

WEEK = timedelta(weeks=1)


async def test_what_falls_out_of_the_window_and_comes_into_it_is_told(
    connect: Connect, cast: Cast, book: Book, db: Database, clock: Clockwork
) -> None:
    path = f"/dav/{cast.member.id}/personal/"
    far = await a_session(db, cast.niepolomice, start=NOW + timedelta(days=420))
    await doing(db, cast.member, lambda tx, actor: register(tx, actor=actor, order=seat(far), now=NOW))
    once = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    series = await again(db, cast.member, cast.room_s, title="Team")
    await drop(db, cast.member, series, Which.THIS, 2)
    client = await connect(cast.member)
    await _good_for_ever(db)
    weekly, monthly, always = Store(client, path), Store(client, path), [f"{path}{series.id}.ics"]
    for store in (weekly, monthly):
        assert await store.sync() == ({f"{path}{once.id}.ics", *always}, set())
    changes: list[tuple[int, set[str], set[str]]] = []
    for week in range(1, 13):
        clock.now = NOW + week * WEEK
        came, gone = await weekly.sync()
        if came or gone:
            changes.append((week, came - set(always), gone))
        if week % 4 == 0:
            await monthly.sync()
            assert monthly.things == weekly.things
        fresh = Store(client, path)
        await fresh.sync()
        assert weekly.things == fresh.things, f"octet for octet, in week {week}"
    told = [(week, came, gone) for week, came, gone in changes if came or gone]
    assert told == [(2, {f"{path}{far}.ics"}, set()), (9, set(), {f"{path}{once.id}.ics"}), (12, set(), {*always})]


async def test_a_token_of_no_week_is_none(connect: Connect, cast: Cast) -> None:
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    store = Store(client, path)
    await store.sync()
    form, monday, _ = store.token.split(":")[3].split("-")
    assert date.fromisoformat(monday) == date(2026, 9, 7)
    for other in (
        f"{form}-x",
        f"{form}-",
        f"{form}-20260832",
        f"{form}-20260908",
        f"{form}-20260914",
        f"{form}-00010101",
        f"{form}-20260706",
        form,
    ):
        token = store.token.replace(f"{form}-{monday}", other)
        answer = await report(
            client, path, f"d:sync-collection><d:sync-token>{token}</d:sync-token></d:sync-collection>"
        )
        assert answer.status_code == 403 and "valid-sync-token" in answer.text, other


async def _good_for_ever(db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE api_token SET expires_at = expires_at + interval '300 days'")
