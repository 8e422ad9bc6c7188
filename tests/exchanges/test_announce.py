"""A session is announced as a draft, with its seats and its room, and published for everybody."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from incubator.bookings.hold import hold
from incubator.bookings.place import SlotTaken
from incubator.bookings.room_of import NoRoomOfGmina
from incubator.bookings.rules import TooManyPeople
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.db.history import history_of
from incubator.exchanges import rules
from incubator.exchanges.announce import SessionOver, announce
from incubator.exchanges.details import SessionDetails, When, Where
from incubator.exchanges.listing import Wanted, sessions_on, sessions_run
from incubator.exchanges.publish import publish
from incubator.exchanges.queries import NoSuchSession, session_to_run, session_to_show
from incubator.exchanges.saving import SessionNotSo
from incubator.exchanges.views import SessionView
from incubator.kernel.period import Period
from incubator.people.guards import NotYours
from incubator.programmes.queries import NoSuchEdition
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.exchanges.cast import STARTS, a_session, scalar
from tests.races import outcomes

ENDS = STARTS + timedelta(hours=2)
ELSEWHERE = Where(mode="elsewhere", place="Rynek 1")
DETAILS: dict[str, Any] = {"kind": "workshop", "title_pl": "Faktura bez stresu"}


async def announced(
    db: Database,
    who: Person,
    gmina: UUID | None,
    *,
    where: Where = ELSEWHERE,
    capacity: int | None = 10,
    when: When | None = None,
    **more: Any,
) -> SessionView:
    actor, details = await acting(db, who), SessionDetails(**{**DETAILS, **more})
    when = when or When(start=STARTS, end=ENDS)
    said: dict[str, Any] = {"details": details, "when": when, "where": where, "capacity": capacity}
    return await attempt(db, lambda tx: announce(tx, actor=actor, gmina_id=gmina, **said, now=NOW))


async def published(db: Database, who: Person, session: UUID, seen: int | None = None) -> SessionView:
    actor = await acting(db, who)
    return await attempt(db, lambda tx: publish(tx, actor=actor, session_id=session, seen=seen, now=NOW))


async def test_a_draft_is_seen_by_its_makers_and_what_is_published_by_all(db: Database, cast: Cast) -> None:
    made = await announced(db, cast.coordinator, cast.niepolomice, topics=["podatki"])
    assert (made.state, made.capacity, made.taken, made.version) == ("draft", 10, 0, 1)
    own, other = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
    async with statement(db) as tx:
        assert (await session_to_show(tx, reader=own, session_id=made.id)).id == made.id
        for reader in (None, other, await acting(db, cast.office)):
            with pytest.raises(NoSuchSession):
                await session_to_show(tx, reader=reader, session_id=made.id)
        assert await sessions_on(tx, wanted=Wanted()) == []
    await published(db, cast.coordinator, made.id, seen=1)
    async with statement(db) as tx:
        assert (await session_to_show(tx, reader=None, session_id=made.id)).state == "published"
        assert [one.id for one in await sessions_on(tx, wanted=Wanted(gmina="niepolomice", topic="podatki"))] == [
            made.id
        ]
        assert [one.id for one in await sessions_run(tx, actor=own, now=NOW)] == [made.id]
        assert await sessions_run(tx, actor=other, now=NOW) == []
        assert [deed["verb"] for deed in await history_of(tx, subject_id=made.id)] == ["announce", "publish"]


async def test_only_who_runs_the_gmina_announces_and_publishes(db: Database, cast: Cast) -> None:
    for who, gmina in (
        (cast.other_coordinator, cast.niepolomice),
        (cast.office, cast.niepolomice),
        (cast.coordinator, None),
        (cast.member, cast.niepolomice),
    ):
        with pytest.raises(NotYours):
            await announced(db, who, gmina)
    for_all = await announced(db, cast.office, None)
    with pytest.raises(NoSuchSession):
        await published(db, cast.coordinator, for_all.id)
    await published(db, cast.office, for_all.id)
    with pytest.raises(NotYours):
        await published(db, cast.coordinator, for_all.id)
    with pytest.raises(SessionNotSo):
        await published(db, cast.office, for_all.id)
    await announced(db, cast.administrator, cast.skawina)


async def test_a_room_of_ours_is_booked_for_it_or_nothing_is_announced(db: Database, cast: Cast) -> None:
    room = Where(mode="room", space_id=cast.room_l)
    made = await announced(db, cast.coordinator, cast.niepolomice, where=room)
    assert (made.space_id, made.incubator_name, made.room_lost) == (cast.room_l, "LAS Open Space", False)
    assert await scalar(db, "SELECT part_of FROM booking") == made.id
    with pytest.raises(SlotTaken):
        await announced(db, cast.coordinator, cast.niepolomice, where=room)
    with pytest.raises(TooManyPeople):
        await announced(
            db, cast.coordinator, cast.niepolomice, where=Where(mode="room", space_id=cast.room_s), capacity=13
        )
    for space in (cast.other_room, cast.office_space):
        with pytest.raises(NoRoomOfGmina):
            await announced(db, cast.coordinator, cast.niepolomice, where=Where(mode="room", space_id=space))
    assert await scalar(db, "SELECT count(*) FROM session") == 1


async def test_of_many_who_want_the_room_at_once_one_has_it(db: Database, cast: Cast) -> None:
    room = Where(mode="room", space_id=cast.room_l)
    member = await acting(db, cast.member)

    async def book() -> None:
        async with transaction(db) as tx:
            await hold(tx, actor=member, space_id=cast.room_l, period=Period(STARTS, ENDS), outright=True, now=NOW)

    wishes = [announced(db, cast.coordinator, cast.niepolomice, where=room) for _ in range(5)]
    got = await outcomes(*wishes, book(), book())
    assert got.count(SlotTaken) == 6
    assert await scalar(db, "SELECT count(*) FROM booking WHERE state = 'confirmed'") == 1
    assert await scalar(db, "SELECT count(*) FROM session WHERE booking_id IS NULL") == 0


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"when": When(start=ENDS, end=STARTS)}, rules.SessionTimes),
        ({"when": When(start=STARTS, end=STARTS + timedelta(days=8))}, rules.SessionTimes),
        ({"when": When(start=NOW - timedelta(hours=2), end=NOW)}, SessionOver),
        ({"closes_at": ENDS + timedelta(minutes=1)}, rules.RegistrationTimes),
        ({"opens_at": ENDS}, rules.RegistrationTimes),
        ({"minimum": 3}, rules.MinimumUndecided),
        ({"decide_at": NOW}, rules.MinimumUndecided),
        ({"minimum": 3, "decide_at": ENDS}, rules.MinimumUndecided),
        ({"priority_for": "gmina"}, rules.PriorityUnclear),
        ({"priority_until": NOW}, rules.PriorityUnclear),
        ({"priority_for": "edition", "priority_until": NOW}, rules.PriorityUnclear),
        ({"kind": "consultation"}, rules.OfficialUnnamed),
        ({"where": Where(mode="elsewhere")}, rules.NoWhere),
        ({"where": Where(mode="room")}, rules.NoWhere),
        ({"where": Where(mode="hybrid", online_url="https://example.com")}, rules.NoWhere),
        ({"edition_id": UUID(int=7)}, NoSuchEdition),
    ],
    ids=str,
)
async def test_what_does_not_fit_is_not_announced(
    db: Database, cast: Cast, more: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await announced(db, cast.coordinator, cast.niepolomice, **more)
    assert await scalar(db, "SELECT count(*) FROM session") == 0


async def test_how_to_join_online_is_told_to_those_who_run_it(db: Database, cast: Cast) -> None:
    key = await a_session(db, cast.niepolomice, mode="online", online_url="https://example.com/x")
    async with statement(db) as tx:
        seen = await session_to_show(tx, reader=await acting(db, cast.member), session_id=key)
        assert seen.online_url == ""
        own = await session_to_run(tx, actor=await acting(db, cast.coordinator), session_id=key)
        assert own.online_url == "https://example.com/x"


async def test_what_somebody_else_changed_is_not_published_over(db: Database, cast: Cast) -> None:
    key = await a_session(db, cast.niepolomice, state="draft")
    with pytest.raises(ChangedMeanwhile):
        await published(db, cast.coordinator, key, seen=7)
    over = await a_session(db, cast.niepolomice, state="draft", start=NOW - timedelta(days=1))
    with pytest.raises(SessionOver):
        await published(db, cast.coordinator, over)
