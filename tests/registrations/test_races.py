"""What the database judges when many come at once: on real commits, many connections."""

import asyncio
import random

from incubator.db.engine import Database, attempt, open_database, statement, transaction
from incubator.people.actor import Actor
from incubator.registrations.cancel import cancel
from incubator.registrations.confirm import confirm
from incubator.registrations.place import RegisteredAlready, SessionFull, StallTaken
from incubator.registrations.register import register
from incubator.registrations.register_together import open_counter, place_together, register_together
from incubator.registrations.rules import NoSuchStall, SessionNotHeld
from incubator.registrations.to_register import session_to_register
from tests.cast import Cast, acting
from tests.exchanges.cast import a_session
from tests.moments import NOW
from tests.races import outcomes
from tests.registrations.cast import (
    by_mail,
    crowd,
    go,
    holds_true,
    link_in,
    mails,
    order,
    put_question,
    put_stall,
    states,
    taken,
    wait,
)

DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


async def deadlocks(db: Database) -> int:
    async with statement(db) as tx:
        await tx.execute("SELECT pg_stat_force_next_flush()")
        return int(await tx.fetchval(DEADLOCKS))


async def actors(db: Database, many: int) -> list[Actor]:
    return [await acting(db, who) for who in await crowd(db, many)]


async def test_the_last_seat_under_three_hundred_requests_goes_to_exactly_one(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=10, taken=9)
    who, before = await actors(db, 300), await deadlocks(db)
    async with open_database(db.url, pool_size=30) as wide:
        got = await outcomes(
            *(
                attempt(wide, lambda tx, one=one: register(tx, actor=one, order=order(session), now=NOW), bare=True)  # type: ignore[misc]
                for one in who
            )
        )
    assert got.count(SessionFull) == 299 and await taken(db, session) == 10
    assert await deadlocks(db) == before


async def test_the_last_seats_go_once_at_the_common_counter_too(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=7)
    who = await actors(db, 60)
    async with statement(db) as tx:
        await session_to_register(tx, session_id=session)
    async with open_database(db.url) as other:  # two processes
        counters = open_counter(db), open_counter(other)
        got = await asyncio.gather(
            *(
                register_together(counters[turn % 2], actor=one, order=order(session), now=NOW)
                for turn, one in enumerate(who)
            )
        )
    assert sum(one is not None for one in got) == 7
    assert await taken(db, session) == 7 and await holds_true(db, session)


async def test_one_who_cannot_be_put_down_takes_nobody_along(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    who = await actors(db, 5)
    from incubator.registrations.order import judged
    from incubator.registrations.placing import Placing

    async with statement(db) as tx:
        found = await session_to_register(tx, session_id=session)
        await tx.execute("UPDATE account SET erased_at = now(), email = NULL WHERE id = $1", who[2].account_id)
    wish = order(session)
    placings = [
        Placing(
            registration=judged(actor=one, session=found, order=wish, now=NOW),
            session=found,
            answers={},
            holder=one,
            now=NOW,
        )
        for one in [*who, who[0]]
    ]
    got = await place_together(db, placings)
    assert [one is not None for one in got] in (
        [True, True, False, True, True, False],
        [False, True, False, True, True, True],
    )
    assert await taken(db, session) == 4 and await holds_true(db, session)


async def test_of_two_for_one_stall_one_has_it(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, kind="market", capacity=50)
    stall = await put_stall(db, session, "7")
    got = await outcomes(*(go(db, who, session, stall_id=stall) for who in await crowd(db, 12)))
    assert got.count(StallTaken) == 11 and await taken(db, session) == 1 and await holds_true(db, session)


async def test_one_person_at_once_many_times_registers_once(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=50)
    got = await outcomes(*(go(db, cast.member, session) for _ in range(12)))
    assert got.count(RegisteredAlready) == 11 and await taken(db, session) == 1 and await holds_true(db, session)


async def test_one_address_at_once_many_times_is_offered_once(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=50)
    await outcomes(*(by_mail(db, "a@example.com", session, client=str(n)) for n in range(8)))
    assert await states(db, session) == ["offered"] and await holds_true(db, session)
    assert len({link_in(mail) for mail in await mails(db, "a@example.com")}) == 1


async def test_registering_against_calling_off_leaves_nobody_seated_unseen(db: Database, cast: Cast) -> None:
    """Whoever was acknowledged came before, and is turned away by the job that looks; nobody came after."""
    from incubator.registrations.tell_changes import tell_changes

    session = await a_session(db, cast.niepolomice, capacity=100)
    who = await crowd(db, 20)

    async def call_off() -> None:
        async def act(tx) -> None:  # type: ignore[no-untyped-def]
            await tx.execute(
                "UPDATE session SET state = 'cancelled', cancelled_at = now(), version = version + 1 WHERE id = $1",
                session,
            )
            await tx.execute("UPDATE session_seats SET open = false WHERE session_id = $1", session)

        await attempt(db, act)

    got = await outcomes(
        *(go(db, one, session) for one in who[:10]), call_off(), *(go(db, one, session) for one in who[10:])
    )
    assert await holds_true(db, session)
    assert got.count(SessionNotHeld) + await taken(db, session) == 20
    await attempt(db, lambda tx: tell_changes(tx, now=NOW))
    assert set(await states(db, session)) <= {"turned_away"} and await taken(db, session) == 0


async def test_a_cut_of_seats_against_registering_never_overfills(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=20)

    async def cut() -> None:
        async with statement(db) as tx:
            await tx.execute("UPDATE session_seats SET capacity = greatest(taken, 5) WHERE session_id = $1", session)

    await outcomes(*(go(db, one, session) for one in await crowd(db, 20)), cut())
    async with statement(db) as tx:
        capacity = await tx.fetchval("SELECT capacity FROM session_seats WHERE session_id = $1", session)
    assert await taken(db, session) <= capacity and await holds_true(db, session)


async def test_while_seats_come_back_nobody_is_offered_twice_and_none_is_lost(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=20)
    had = [await go(db, one, session) for one in await crowd(db, 20)]
    from incubator.db.engine import transaction
    from incubator.registrations.offer_next import sessions_due
    from tests.cast import person

    async with transaction(db) as tx:
        waiting = [await person(tx, f"waiting{n}") for n in range(50)]
    for one in waiting:
        await wait(db, one, session)
    before = await deadlocks(db)
    leaving = [attempt(db, lambda tx, key=one.id: cancel(tx, registration_id=key, now=NOW)) for one in had]  # type: ignore[misc]
    jobs = [attempt(db, lambda tx: sessions_due(tx, now=NOW)) for _ in range(5)]
    acts = [*leaving, *jobs]
    random.Random(4).shuffle(acts)
    await outcomes(*acts)
    found = await states(db, session)
    assert (found.count("cancelled"), found.count("offered"), found.count("waiting")) == (20, 20, 30)
    assert len([mail for mail in await mails(db) if "A seat is free" in mail]) == 20
    assert await taken(db, session) == 20 and await holds_true(db, session)
    assert await deadlocks(db) == before


async def test_taking_an_offer_against_giving_it_up_ends_in_one_of_them(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    had = await go(db, cast.member, session)
    one, next_one = await wait(db, cast.resident, session), await wait(db, cast.stranger, session)
    await attempt(db, lambda tx: cancel(tx, registration_id=had.id, now=NOW))
    await outcomes(
        attempt(db, lambda tx: confirm(tx, registration_id=one.id, now=NOW)),
        attempt(db, lambda tx: cancel(tx, registration_id=one.id, now=NOW)),
    )
    assert await states(db, session) in (["cancelled", "cancelled", "offered"], ["cancelled", "registered", "waiting"])
    assert next_one.place == 2 and await holds_true(db, session)


async def test_questions_and_stalls_that_go_away_in_this_moment_are_asked_for_anew(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    question = await put_question(db, session, required=False)
    stall = await put_stall(db, session, "1")
    for who, table, given in (
        (cast.member, "session_question", {"answers": {question: "Tak"}}),
        (cast.resident, "session_stall", {"stall_id": stall}),
    ):
        async with transaction(db) as tx:
            await tx.execute(f"DELETE FROM {table} WHERE session_id = $1", session)
            await tx.execute("UPDATE session SET version = version + 1 WHERE id = $1", session)
            going = asyncio.create_task(go(db, who, session, **given))
            await asyncio.sleep(0.5)
        (outcome,) = await outcomes(going)
        assert outcome is NoSuchStall if table == "session_stall" else not isinstance(outcome, type)
    assert await holds_true(db, session)


async def test_a_question_that_goes_away_while_somebody_joins_the_line_needs_no_answer(
    db: Database, cast: Cast
) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    question = await put_question(db, session, required=False)
    await go(db, cast.owner, session)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM session_question WHERE session_id = $1", session)
        waiting = asyncio.create_task(wait(db, cast.member, session, answers={question: "Tak"}))
        await asyncio.sleep(0.5)
    assert (await waiting).state == "waiting"
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM registration_answer") == 0
