"""Every other kind of feed: what it tells, to whom, and that it moves when what it tells of does."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from incubator.calendars.make_feed import make_feed
from incubator.calendars.rights import Kind
from incubator.db.engine import Database, transaction
from incubator.exchanges.call_off import call_off
from incubator.kernel.period import local_days
from incubator.mentoring.be_away import be_away
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.people.remove_member import remove_member
from incubator.programmes.details import DateLine
from incubator.programmes.set_dates import set_dates
from incubator.registrations.register import register
from tests.calendars.conftest import Book, Subscribe
from tests.calendars.readers import Seen, with_icalendar
from tests.cast import Cast, Person, acting, change
from tests.exchanges.cast import STARTS, a_session
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import met
from tests.mentoring.meetings import order as meeting
from tests.moments import NOW, tuesday
from tests.programmes.acts import an_edition, doing
from tests.registrations.cast import order as seat

Visit = Callable[..., httpx.AsyncClient]
Reads = Callable[..., Awaitable[list[Seen]]]


@pytest.fixture
def reads(visit: Visit) -> Reads:
    """`await reads(path)`: the entries; each time the path has to have moved since the last."""
    seen: dict[str, str] = {}

    async def act(path: str, query: str = "?lang=en") -> list[Seen]:
        answer = await visit().get(f"/calendars/{path}.ics{query}")
        assert answer.status_code == 200, answer.text
        assert seen.get(path + query) != answer.headers["etag"], "it did not move"
        seen[path + query] = answer.headers["etag"]
        return with_icalendar(answer.content)

    return act


async def secret(db: Database, who: Person, kind: Kind, subject: UUID | None) -> str:
    actor = await acting(db, who)
    async with transaction(db) as tx:
        made = await make_feed(tx, actor=actor, name="x", kind=kind, subject_id=subject, now=NOW)
    return made.path.removeprefix("/calendars/").removesuffix(".ics")


async def gone(visit: Visit, path: str) -> bool:
    return (await visit().get(f"/calendars/{path}.ics")).status_code == 410


async def test_gmina_and_metropolis_say_when_spaces_are_taken(
    reads: Reads, visit: Visit, cast: Cast, book: Book
) -> None:
    assert await reads("gminas/niepolomice") == await reads("metropolis/all") == []
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Merger", organisation_id=cast.acme)
    for path in ("gminas/niepolomice", "metropolis/all"):
        [seen] = await reads(path)
        assert seen.summary == "Busy: L, LAS Open Space" and "Merger" not in str(seen) and "Acme" not in str(seen)
        assert await reads(path, "?kinds=hot_desk") == []
    assert await reads("gminas/skawina") == []


async def test_the_metropolis_tells_of_some_weeks(reads: Reads, cast: Cast, book: Book, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, horizon_days=300)
    far = tuesday("10:00", "11:00")
    far = type(far)(far.start + timedelta(weeks=20), far.end + timedelta(weeks=20))
    await book(cast.member, cast.room_l, far)
    assert await reads("metropolis/all") == []
    first = far.start.date()
    for back, told in ((0, 1), (34, 1), (35, 0)):
        query = f"?from={first - timedelta(days=back)}&to={first + timedelta(days=300)}"
        assert len(await reads("metropolis/all", query)) == told, back
    assert len(await reads("gminas/niepolomice")) == 1


async def test_free_and_busy_says_how_far_it_reaches(visit: Visit, cast: Cast) -> None:
    """What lies beyond is not told of, and must not look free."""
    for path, weeks in (("metropolis/all", 5), ("gminas/niepolomice", 66)):
        told = (await visit().get(f"/calendars/{path}.ifb")).text
        first, last = (datetime.fromisoformat(found) for found in re.findall(r"^DT(?:START|END):(\S+)", told, re.M))
        assert timedelta(weeks=weeks) - timedelta(days=1) <= last - first <= timedelta(weeks=weeks, days=7), path


async def test_a_mentor_is_taken_and_by_whom_is_theirs_to_know(reads: Reads, db: Database, cast: Cast) -> None:
    barbara = await a_mentor(db, cast, "barbara")
    public = "mentors/barbara"
    own = await secret(db, barbara.person, Kind.MENTOR, barbara.id)
    personal = await secret(db, cast.member, Kind.PERSONAL, None)
    of_acme = await secret(db, cast.colleague, Kind.ORGANISATION, cast.acme)
    for path in (public, own, personal, of_acme):
        assert await reads(path) == []
    made = await met(db, cast.member, meeting(barbara, cast, organisation_id=cast.acme))
    [taken] = await reads(public)
    assert taken.summary == "Busy" and str(made.id) not in str(taken) and "Acme" not in str(taken)
    [given] = await reads(own)
    assert given.summary == "Mentor meeting: Acme"
    for path in (personal, of_acme):
        [seen] = await reads(path)
        assert seen.summary == f"Mentor meeting: {made.mentor_name}" and str(made.id) in seen.uid
        assert await reads(path, "?kinds=bookings,sessions") == []
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await cancel_meeting(tx, actor=actor, meeting_id=made.id, reason="", now=NOW)
    assert await reads(public) == []
    for path in (own, personal, of_acme):
        assert [one.status for one in await reads(path)] == ["CANCELLED"]


async def test_a_mentor_who_is_away_for_days_is_away_on_days(
    reads: Reads, visit: Visit, db: Database, cast: Cast
) -> None:
    barbara = await a_mentor(db, cast, "barbara")
    own, public = await secret(db, barbara.person, Kind.MENTOR, barbara.id), "mentors/barbara"
    actor = await acting(db, barbara.person)
    # Two days, one of them an hour longer than others.
    periods = [local_days(date(2026, 10, 24), 2), tuesday("00:00", "12:00"), tuesday("12:00", "00:00")]
    for period in periods:
        async with transaction(db) as tx:
            await be_away(tx, actor=actor, mentor_id=barbara.id, period=period, now=NOW)
    for path in (own, public):
        seen = sorted(await reads(path), key=lambda one: one.start)
        assert [(one.end - one.start, one.all_day) for one in seen] == [
            (12 * 3600, False),
            (12 * 3600, False),
            (49 * 3600, True),
        ]
        told = (await visit().get(f"/calendars/{path}.ics")).text
        assert "DTSTART;VALUE=DATE:20261024\r\nDTEND;VALUE=DATE:20261026" in told and "TRANSP:TRANSPARENT" not in told
    busy = (await visit().get(f"/calendars/{public}.ifb")).text
    assert "FBTYPE=BUSY:20261023T220000Z/20261025T230000Z" in busy, "and it takes their time"


async def test_who_registers_has_the_session_until_it_is_called_off(
    reads: Reads, db: Database, cast: Cast, visit: Visit
) -> None:
    async def takes_time(path: str) -> bool:
        return b"\r\nTRANSP:OPAQUE\r\n" in (await visit().get(f"/calendars/{path}.ics")).content

    session = await a_session(db, cast.niepolomice, online_url="https://meet.example/1", mode="hybrid")
    personal = await secret(db, cast.resident, Kind.PERSONAL, None)
    public = ("sessions/all", "sessions/niepolomice")
    assert (
        await reads(personal) == []
        and await reads("sessions/metropolis") == []
        and await reads("sessions/skawina") == []
    )
    for path in public:
        [seen] = await reads(path)
        assert "meet.example" not in str(seen)
    await doing(db, cast.resident, lambda tx, actor: register(tx, actor=actor, order=seat(session), now=NOW))
    [seen] = await reads(personal)
    assert seen.uid == f"session-{session}@incubator" and seen.status == "CONFIRMED"
    assert [await takes_time(path) for path in (personal, *public)] == [True, False, False]
    await doing(
        db, cast.coordinator, lambda tx, actor: call_off(tx, actor=actor, session_id=session, reason="", now=NOW)
    )
    for path in (*public, personal):
        assert [one.status for one in await reads(path)] == ["CANCELLED"]


async def test_a_session_takes_the_time_of_those_alone_who_have_a_seat(visit: Visit, db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await doing(db, cast.member, lambda tx, actor: register(tx, actor=actor, order=seat(session), now=NOW))
    file, own = f"/exchange/{session}/session.ics", await secret(db, cast.member, Kind.PERSONAL, None)
    for client, path, taken in (
        (visit(), "/calendars/sessions/all.ics", False),
        (visit(), file, False),
        (visit(cast.colleague), file, False),
        (visit(), f"/calendars/{own}.ics", True),
        (visit(cast.member), file, True),
    ):
        told = (await client.get(path)).text
        assert ("TRANSP:OPAQUE" in told, "TRANSP:TRANSPARENT" in told) == (taken, not taken), path


async def test_sessions_are_chosen_by_kind_topic_and_language(reads: Reads, db: Database, cast: Cast) -> None:
    await a_session(db, cast.niepolomice, kind="workshop", topics=["tax"], language="uk")
    await a_session(db, None, kind="meetup", topics=["law", "tax", "contracts, law"])
    await a_session(db, None, state="draft")
    for query, found in (
        ("?kinds=workshop", 1),
        ("?kinds=workshop,meetup", 2),
        ("?topics=law", 1),
        ("?topics=tax", 2),
        ("?topics=none", 0),
        ("?topic=contracts,%20law", 1),
        ("?topic=contracts", 0),
        ("?topic=none&topic=tax", 2),
        ("?kinds=ball,meetup", 1),
        ("?languages=uk", 1),
        ("?languages=uk&kinds=meetup", 0),
        (f"?from={STARTS + timedelta(days=1):%Y-%m-%d}", 0),
    ):
        assert len(await reads("sessions/all", query)) == found, query
    assert len(await reads("sessions/metropolis")) == 1


async def test_a_programme_tells_its_days_and_sessions(reads: Reads, db: Database, cast: Cast, visit: Visit) -> None:
    edition = await an_edition(db, cast)
    async with transaction(db) as tx:
        row = await tx.fetchrow(
            "SELECT programme.slug, edition.slug AS edition, starts_on FROM edition"
            " JOIN programme ON programme.id = programme_id WHERE edition.id = $1",
            edition,
        )
    assert row is not None
    paths = (f"programmes/{row['slug']}", f"editions/{row['slug']}/{row['edition']}")
    lines = [DateLine(on_day=row["starts_on"], name_pl="Warsztat", name_en="Workshop")] * 2
    for path in paths:
        days = await reads(path)
        assert {one.summary.partition(":")[0] for one in days} == {"Begins", "Ends"}
        assert all(one.all_day and one.end == one.start + 24 * 60 * 60 for one in days)
        told = (await visit().get(f"/calendars/{path}.ics?lang=en")).text
        assert told.count("\r\nCATEGORIES:Programme\r\nCOLOR:") == len(days)
    await doing(
        db, cast.coordinator, lambda tx, actor: set_dates(tx, actor=actor, edition_id=edition, dates=lines, now=NOW)
    )
    await a_session(db, cast.niepolomice, edition_id=edition)
    for path in paths:
        days = await reads(path)
        assert len({one.uid for one in days}) == len(days) == 5
        assert len([one for one in days if one.summary.startswith("Workshop: ")]) == 2
        assert [one.all_day for one in await reads(path, "?kinds=sessions")] == [False]
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET state = 'draft' WHERE id = $1", edition)
    assert (await visit().get(f"/calendars/{paths[1]}.ics")).status_code == 404


async def test_the_desk_sees_all_of_its_gmina_until_the_role_ends(
    reads: Reads, db: Database, cast: Cast, book: Book, visit: Visit
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, needs_approval=True)
    path = await secret(db, cast.coordinator, Kind.DESK, cast.niepolomice)
    assert await reads(path) == []
    await book(cast.member, cast.room_s, tuesday("10:00", "11:00"), title="Party", organisation_id=cast.acme)
    [seen] = await reads(path)
    assert seen.summary == "S · Awaiting approval: Party" and "Acme" in seen.description
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM role_grant WHERE account_id = $1", cast.coordinator.id)
    assert await gone(visit, path)


async def test_an_organisations_is_gone_for_who_left_and_stands_for_the_others(
    db: Database, cast: Cast, book: Book, visit: Visit, reads: Reads
) -> None:
    left = await secret(db, cast.colleague, Kind.ORGANISATION, cast.acme)
    stays = await secret(db, cast.member, Kind.ORGANISATION, cast.acme)
    await book(cast.colleague, cast.room_l, tuesday("10:00", "11:00"), title="Team", organisation_id=cast.acme)
    await book(cast.colleague, cast.room_l, tuesday("11:00", "12:00"), title="Private")
    assert [one.summary for one in await reads(left)] == ["Team"]
    actor = await acting(db, cast.colleague)
    async with transaction(db) as tx:
        await remove_member(tx, actor=actor, organisation_id=cast.acme, account_id=cast.colleague.id, now=NOW)
    assert await gone(visit, left)
    assert [one.summary for one in await reads(stays)] == ["Team"]
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, 'member')",
            cast.acme,
            cast.colleague.id,
        )
    assert not await gone(visit, left), "docs/decisions/0025"


async def test_a_mentors_own_is_gone_while_they_are_none(db: Database, cast: Cast, visit: Visit) -> None:
    barbara = await a_mentor(db, cast, "barbara")
    own = await secret(db, barbara.person, Kind.MENTOR, barbara.id)
    for becomes, over in (
        ("UPDATE mentor SET state = 'retired' WHERE account_id = $1", True),
        ("UPDATE mentor SET state = 'active' WHERE account_id = $1", False),
        ("DELETE FROM role_grant WHERE account_id = $1", True),
    ):
        async with transaction(db) as tx:
            await tx.execute(becomes, barbara.person.id)
        assert await gone(visit, own) == over, becomes


async def test_a_secret_opens_its_own_kind_alone(db: Database, cast: Cast, visit: Visit, subscribe: Subscribe) -> None:
    path = await secret(db, cast.member, Kind.ORGANISATION, cast.acme)
    for kind in ("personal", "mentor", "desk"):
        assert (await visit().get(f"/calendars/{kind}/{path.partition('/')[2]}.ics")).status_code == 404
    own = await subscribe(cast.member)
    assert (await visit().get(own.replace("personal", "organisation"))).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "gminas/none", "metropolis/krakow", "mentors/none", "programmes/none", "editions/none", "editions/a/b",
        "editions/a/b/c", "sessions/none", "organisation/none", "mentor/none", "desk/none", "gminas/ł",
    ],
)  # fmt: skip
async def test_what_is_not_there_is_not_found(visit: Visit, cast: Cast, path: str) -> None:
    answer = await visit().get(f"/calendars/{path}.ics")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_calendar")
