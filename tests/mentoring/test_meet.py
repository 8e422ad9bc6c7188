"""A mentor, and a room where one is asked for, are had together or not at all."""

import asyncio
from collections import Counter
from datetime import datetime

import pytest

from incubator.bookings.hold import hold
from incubator.bookings.place import StandingChanged
from incubator.bookings.rules import TooManyPeople
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.ids import uuid7
from incubator.mentoring.meet import meet
from incubator.mentoring.meet_together import meet_together, open_counter
from incubator.mentoring.order import MeetingOrder, NotATopic, RoomOnlyInPerson
from incubator.mentoring.place import MentorBudgetSpent, MentorHoursSpent, MentorTaken, NoContractThen
from incubator.mentoring.reach import NoSuchMentor
from incubator.mentoring.room import NoRoomFree, RoomElsewhere, RoomNeedsApproval, RoomTaken
from incubator.mentoring.rules import MentorNotActive, NotWithYourself, OnlyProgramme, OutsideMentorHours, WrongLength
from tests.cast import Cast, Person, acting, change
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import ELEVEN, HOURS, TEN, complaints, contract, count, credit, met, order, policy, sql
from tests.moments import NOW, tuesday


async def test_mentor_and_room_are_taken_with_history_and_versions(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    view = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s, organisation_id=cast.acme))
    async with statement(db) as tx:
        room = await tx.fetchrow("SELECT * FROM booking WHERE id = $1", view.booking_id)
        taken = await tx.fetch("SELECT purpose, subject_id, during FROM occupancy ORDER BY resource_id")
        deeds = await tx.fetch("SELECT verb, subject_id FROM history ORDER BY id")
        moved = {row["key"] for row in await tx.fetch("SELECT key FROM version")}
        kept = await tx.fetchrow("SELECT * FROM meeting WHERE id = $1", view.id)
    assert (room["part_of"], room["state"], room["title"]) == (view.id, "confirmed", "Mentor meeting: Ewa")
    assert {(row["purpose"], row["subject_id"]) for row in taken} == {
        ("meeting", view.id),
        ("booking", view.booking_id),
    }
    assert {(row["verb"], row["subject_id"]) for row in deeds} == {("meet", view.id), ("book", view.booking_id)}
    assert {ewa.id, cast.acme, cast.member.id, cast.room_s} <= moved
    assert (kept["question"], kept["drawn_minutes"], kept["draws_policy"]) == ("Jak?", 60, False)


async def test_online_or_without_a_room_only_the_mentor_is_taken(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast, mode="online", incubator_id=None))
    await met(db, cast.stranger, order(ewa, cast, ELEVEN))
    assert (await count(db, "booking"), await count(db, "occupancy"), await count(db, "meeting")) == (0, 2, 2)


async def test_the_break_is_kept_free(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await sql(db, "UPDATE mentor SET break_minutes = 15, version = version + 1")
    await met(db, cast.member, order(ewa, cast))
    with pytest.raises(MentorTaken):
        await met(db, cast.stranger, order(ewa, cast, ELEVEN))
    await met(db, cast.stranger, order(ewa, cast, tuesday("11:30", "12:30")))


async def test_a_taken_room_leaves_nothing_behind(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    stranger = await acting(db, cast.stranger)
    async with transaction(db) as tx:
        await hold(tx, actor=stranger, space_id=cast.room_s, period=TEN, outright=True, now=NOW)
    before = await count(db, "history")
    for bare in (True, False):
        with pytest.raises(RoomTaken):
            await met(db, cast.member, order(ewa, cast, space_id=cast.room_s), bare=bare)
    assert (await count(db, "occupancy"), await count(db, "meeting"), await count(db, "booking")) == (1, 0, 1)
    assert await count(db, "history") == before


async def test_a_lapsed_hold_stands_in_nobodys_way(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    stranger = await acting(db, cast.stranger)
    async with transaction(db) as tx:
        await hold(
            tx, actor=stranger, space_id=cast.room_s, period=TEN, now=datetime.fromisoformat("2026-09-07T06:00Z")
        )
    assert (await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))).space_id == cast.room_s


async def test_any_room_is_the_smallest_that_fits_then_the_next(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    jan, iza = await a_mentor(db, cast, "jan"), await a_mentor(db, cast, "iza")
    got = [
        (await met(db, who, order(mentor, cast, any_room=True))).space_id
        for who, mentor in ((cast.member, ewa), (cast.stranger, ola), (cast.owner, jan))
    ]
    assert got == [cast.room_s, cast.room_a, cast.room_l]
    with pytest.raises(NoRoomFree):
        await met(db, cast.resident, order(iza, cast, any_room=True))
    assert await count(db, "meeting") == 3


async def test_a_joined_room_is_had_whole_or_not(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    await met(db, cast.member, order(ewa, cast, space_id=cast.room_la))
    assert await count(db, "occupancy") == 3
    await met(db, cast.stranger, order(ola, cast, ELEVEN, space_id=cast.room_a))
    with pytest.raises(RoomTaken):
        await met(db, cast.member, order(ewa, cast, ELEVEN, space_id=cast.room_la))
    assert await count(db, "occupancy") == 5


async def test_what_cannot_be_is_refused(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_a, needs_approval=True)
    for wish, refusal in (
        (order(ewa, cast, tuesday("10:00", "11:30")), WrongLength),
        (order(ewa, cast, tuesday("18:00", "19:00")), OutsideMentorHours),
        (order(ewa, cast, topic_slug="eksport"), NotATopic),
        (order(ewa, cast, mode="online", incubator_id=None, any_room=True), RoomOnlyInPerson),
        (order(ewa, cast, space_id=cast.other_room), RoomElsewhere),
        (order(ewa, cast, space_id=cast.office_space), RoomElsewhere),
        (order(ewa, cast, space_id=cast.room_a), RoomNeedsApproval),
        (order(ewa, cast, space_id=cast.room_s, people=50), TooManyPeople),
    ):
        with pytest.raises(refusal):
            await met(db, cast.member, wish)
    with pytest.raises(NotWithYourself):
        await met(db, ewa.person, order(ewa, cast))
    await sql(db, "UPDATE mentor SET state = 'paused', version = version + 1")
    with pytest.raises(MentorNotActive):
        await met(db, cast.member, order(ewa, cast))
    await sql(db, "UPDATE mentor SET state = 'retired', version = version + 1")
    with pytest.raises(NoSuchMentor):
        await met(db, cast.member, order(ewa, cast))
    assert await count(db, "occupancy") == 0


async def test_who_has_left_the_organisation_meanwhile_gets_nothing(db: Database, cast: Cast) -> None:
    ewa, actor = await a_mentor(db, cast), await acting(db, cast.member)
    await sql(db, "DELETE FROM membership WHERE account_id = $1", cast.member.id)
    wish = order(ewa, cast, organisation_id=cast.acme, space_id=cast.room_s)
    async with transaction(db) as tx:
        with pytest.raises(StandingChanged):
            await meet(tx, actor=actor, order=wish, now=NOW)
    assert await count(db, "occupancy") == 0


async def test_credits_are_drawn_before_the_month_and_the_first_to_end_first(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await policy(db, cast.niepolomice, organisation=60)
    late, soon = await credit(db, cast.acme, 60), await credit(db, cast.acme, 60, ends="2026-12-01")
    await credit(db, cast.acme, 30, ends="2026-10-01")  # not enough for an hour
    drew = [
        (await met(db, cast.member, order(ewa, cast, period, organisation_id=cast.acme))).credit_id
        for period in HOURS[:3]
    ]
    assert drew == [soon, late, None]
    assert await count(db, "mentoring_use WHERE minutes = 60 AND holder_id = $1", cast.acme) == 1
    with pytest.raises(MentorBudgetSpent) as refused:
        await met(db, cast.member, order(ewa, cast, HOURS[3], organisation_id=cast.acme))
    assert (refused.value.kind, refused.value.left_minutes) == ("month", 0)
    await met(db, cast.member, order(ewa, cast, HOURS[3]))  # privately nothing is limited
    assert await count(db, "credit WHERE used = granted") == 2


async def test_hours_of_a_programme_are_its_participants_own(db: Database, cast: Cast) -> None:
    ewa, programme = await a_mentor(db, cast), uuid7()
    await sql(db, "UPDATE mentor_hours SET audience = 'programme', programme_id = $1", programme)
    wish = order(ewa, cast, organisation_id=cast.acme)
    await credit(db, cast.acme, 600, programme=uuid7())
    with pytest.raises(OnlyProgramme):
        await met(db, cast.member, wish)
    with pytest.raises(OnlyProgramme):  # by memory it is the same
        await met(db, cast.member, wish)
    own = await credit(db, cast.acme, 60, programme=programme)
    assert (await met(db, cast.member, wish)).credit_id == own
    with pytest.raises(MentorBudgetSpent) as refused:
        await met(db, cast.member, order(ewa, cast, ELEVEN, organisation_id=cast.acme))
    assert (refused.value.kind, refused.value.left_minutes) == ("programme", 0)


async def test_a_contract_has_to_cover_the_day_and_have_enough(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await contract(db, ewa, 600, "2026-01-01", "2026-06-30")
    with pytest.raises(NoContractThen):
        await met(db, cast.member, order(ewa, cast))
    this = await contract(db, ewa, 90, "2026-09-01", "2026-09-30")
    assert (await met(db, cast.member, order(ewa, cast))).contract_id == this
    with pytest.raises(MentorHoursSpent) as refused:
        await met(db, cast.member, order(ewa, cast, ELEVEN))
    assert vars(refused.value) == {}, "what the gmina pays for is not told"


# ---- races, on real commits ----


async def tried(db: Database, who: Person, wish: MeetingOrder) -> str:
    try:
        await met(db, who, wish)
    except Refusal as refusal:
        return refusal.code
    return "met"


@pytest.mark.parametrize("known", [False, True])
async def test_of_fifty_founders_who_want_one_hour_one_gets_it(db: Database, cast: Cast, known: bool) -> None:
    ewa = await a_mentor(db, cast)
    if known:
        await met(db, cast.owner, order(ewa, cast, ELEVEN))
    people = (cast.member, cast.stranger, cast.colleague, cast.owner, cast.resident)
    rooms = (cast.room_s, cast.room_a, None)
    told = Counter(
        await asyncio.gather(
            *(tried(db, people[turn % 5], order(ewa, cast, space_id=rooms[turn % 3])) for turn in range(50))
        )
    )
    assert told["met"] == 1 and set(told) <= {"met", "mentor_taken", "room_taken"}
    assert await count(db, "meeting WHERE period && tstzrange($1, $2)", TEN.start, TEN.end) == 1
    assert await count(db, "occupancy") == (await count(db, "meeting")) + (await count(db, "booking"))


@pytest.mark.parametrize("what", ["credit", "policy", "contract"])
async def test_the_last_minutes_are_drawn_once_and_none_is_lost(db: Database, cast: Cast, what: str) -> None:
    """180 minutes are there; eight ask for an hour each, at eight hours."""
    ewa = await a_mentor(db, cast)
    programme = uuid7()
    if what == "credit":
        await sql(db, "UPDATE mentor_hours SET audience = 'programme', programme_id = $1", programme)
        await credit(db, cast.acme, 60, programme=programme)
        await credit(db, cast.acme, 120, programme=programme)
    elif what == "policy":
        await policy(db, cast.niepolomice, organisation=180)
    else:
        await contract(db, ewa, 60, "2026-09-01", "2026-09-30")
        await contract(db, ewa, 120, "2026-09-01", "2026-09-30")
    people = (cast.member, cast.colleague, cast.owner)
    wishes = [order(ewa, cast, period, organisation_id=cast.acme) for period in HOURS]
    told = Counter(await asyncio.gather(*(tried(db, people[turn % 3], wish) for turn, wish in enumerate(wishes))))
    refused = "mentor_hours_spent" if what == "contract" else "mentor_budget_spent"
    assert told == {"met": 3, refused: 5}
    async with statement(db) as tx:
        used = {
            "credit": await tx.fetchval("SELECT sum(used) FROM credit"),
            "policy": await tx.fetchval("SELECT sum(minutes) FROM mentoring_use"),
            "contract": await tx.fetchval("SELECT sum(used_minutes) FROM mentor_contract"),
        }
    assert used[what] == 180
    assert await count(db, "occupancy") == 3


async def test_goes_of_two_processes_meet_without_a_deadlock(db: Database, cast: Cast) -> None:
    mentors = [await a_mentor(db, cast, name) for name in ("ewa", "ola", "jan")]
    people = [await acting(db, one) for one in (cast.member, cast.colleague, cast.owner)]
    await policy(db, cast.niepolomice, organisation=100_000)
    rooms = (cast.room_s, cast.room_a, cast.room_l)
    for mentor, room in zip(mentors, rooms, strict=True):  # known from now on
        await met(db, cast.member, order(mentor, cast, HOURS[0], space_id=room, organisation_id=cast.acme))
    before = await deadlocks(db)

    async def process(turn: int) -> int:
        counter, got = open_counter(db), 0
        for hour in range(1, 8):
            wishes = [
                order(
                    mentors[(turn + place) % 3],
                    cast,
                    HOURS[1 + (hour + turn * place) % 7],
                    space_id=rooms[(turn * 2 + place) % 3],
                    organisation_id=cast.acme,
                )
                for place in range(3)
            ]
            made = await asyncio.gather(
                *(meet_together(counter, actor=people[n], order=wish, now=NOW) for n, wish in enumerate(wishes))
            )
            got += sum(one is not None for one in made)
        return got

    got = sum(await asyncio.gather(*(process(turn) for turn in range(6))))
    assert got and got + 3 == await count(db, "meeting") == await count(db, "booking")
    assert await count(db, "occupancy") == 2 * (got + 3)
    assert await deadlocks(db) == before
    assert await sql(db, "SELECT sum(minutes) FROM mentoring_use") == 60 * (got + 3)
    assert await complaints(db) == []


async def test_of_one_go_each_is_as_if_alone(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    member, stranger = await acting(db, cast.member), await acting(db, cast.stranger)
    counter = open_counter(db)
    first = order(ewa, cast, HOURS[0], space_id=cast.room_s)
    assert await meet_together(counter, actor=member, order=first, now=NOW) is None, "nothing is known yet"
    await met(db, cast.member, first)
    await met(db, cast.member, order(ola, cast, HOURS[0], space_id=cast.room_a))
    got = await asyncio.gather(
        meet_together(counter, actor=member, order=order(ewa, cast, space_id=cast.room_s), now=NOW),
        meet_together(counter, actor=stranger, order=order(ola, cast, space_id=cast.room_s), now=NOW),
        meet_together(counter, actor=stranger, order=order(ewa, cast, ELEVEN, space_id=cast.room_s), now=NOW),
        meet_together(counter, actor=stranger, order=order(ewa, cast, ELEVEN, any_room=True), now=NOW),
    )
    assert [one is not None for one in got] == [True, False, True, False]
    assert await count(db, "occupancy") == 8


async def deadlocks(db: Database) -> int:
    return int(await sql(db, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))  # type: ignore[call-overload]
