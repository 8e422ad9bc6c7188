"""Stalls of a market day: wished for while one waits, given back, chosen again, taken away."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import asyncpg
import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.db.migrate import demigrate, migrate
from incubator.exchanges.details import StallLine
from incubator.exchanges.set_stalls import StallTaken as StallHad
from incubator.exchanges.set_stalls import set_stalls
from incubator.registrations.cancel import SessionBegun
from incubator.registrations.choose_stalls import choose_stalls
from incubator.registrations.confirm import confirm
from incubator.registrations.order import Guest
from incubator.registrations.place import StallTaken
from incubator.registrations.rules import NoSuchStall
from incubator.registrations.settle import RegistrationOver
from incubator.registrations.stalls import kinds_of, stalls_of
from incubator.registrations.states import StallWish, State
from incubator.registrations.views import RegistrationView
from tests.browsing import post_form
from tests.cast import Cast, Person, acting
from tests.exchanges.cast import STARTS, a_session, scalar
from tests.moments import NOW
from tests.races import outcomes
from tests.registrations.cast import crowd, go, holds_true, mails, put_stall, wait
from tests.registrations.test_waiting import leave, now_of


async def a_market(db: Database, cast: Cast, *numbers: str, capacity: int = 1) -> tuple[UUID, list[UUID]]:
    """Stalls whose numbers begin with the same letter have the same description."""
    session = await a_session(db, cast.niepolomice, kind="market", capacity=capacity)
    stalls = [await put_stall(db, session, number) for number in numbers]
    async with statement(db) as tx:
        await tx.execute(
            "UPDATE session_stall SET about_pl = 'rząd ' || left(number, 1) WHERE session_id = $1", session
        )
    return session, stalls


def numbers(one: RegistrationView) -> list[str | None]:
    return [ticket.stall_number for ticket in one.tickets]


async def chooses(db: Database, one: RegistrationView, *stalls: UUID | None) -> RegistrationView:
    return await attempt(db, lambda tx: choose_stalls(tx, registration_id=one.id, stalls=stalls, now=NOW))


async def takes(db: Database, one: RegistrationView, *stalls: UUID | None) -> RegistrationView:
    return await attempt(db, lambda tx: confirm(tx, registration_id=one.id, stalls=stalls, now=NOW))


async def set_to(db: Database, who: Person, session: UUID, numbers: Sequence[str]) -> None:
    actor, lines = await acting(db, who), [StallLine(number=one) for one in numbers]
    await attempt(db, lambda tx: set_stalls(tx, actor=actor, session_id=session, stalls=lines, now=NOW))


async def test_a_wish_holds_nothing_until_a_seat_is_offered_and_then_it_holds_the_stall(
    db: Database, cast: Cast
) -> None:
    session, (one, two) = await a_market(db, cast, "A1", "A2")
    had = await go(db, cast.member, session, stall_id=one)
    waits = await wait(db, cast.resident, session, stall_id=one)
    assert (numbers(waits), waits.tickets[0].wished_stall_number) == ([None], "A1")
    await leave(db, had)
    offered = await now_of(db, waits)
    assert (offered.state, numbers(offered)) == (State.OFFERED, ["A1"])
    assert "A1" in (await mails(db, cast.resident.email))[-1]
    assert numbers(await takes(db, waits)) == ["A1"]
    assert numbers(await chooses(db, waits, two)) == ["A2"] and await holds_true(db, session)


async def test_of_a_kind_or_any_what_is_free_is_kept_and_what_is_named_goes_first(db: Database, cast: Cast) -> None:
    session, (a1, _a2, b1) = await a_market(db, cast, "A1", "A2", "B1", capacity=3)
    had = await go(db, cast.member, session, guests=(Guest(name="A", stall_id=a1), Guest(name="B"), Guest(name="C")))
    waits = await wait(
        db,
        cast.resident,
        session,
        guests=(
            Guest(name="X", stall=StallWish.ANY),
            Guest(name="Y", stall_id=a1, stall=StallWish.LIKE),
            Guest(name="Z", stall_id=b1),
        ),
    )
    await leave(db, had)
    assert sorted(map(str, numbers(await now_of(db, waits)))) == ["A1", "A2", "B1"]
    assert numbers(await now_of(db, waits)) == ["A2", "A1", "B1"]


async def test_who_does_not_get_the_wished_one_reads_so_and_chooses_with_the_offer(db: Database, cast: Cast) -> None:
    session, (one, two, three) = await a_market(db, cast, "A1", "A2", "A3", capacity=3)
    had = await go(db, cast.member, session, guests=(Guest(name="A"), Guest(name="B")))
    await go(db, cast.colleague, session, stall_id=one)
    waits = await wait(
        db, cast.resident, session, guests=(Guest(name="X", stall_id=one), Guest(name="Y", stall_id=two))
    )
    await leave(db, had)
    assert numbers(await now_of(db, waits)) == [None, "A2"]
    assert "not free" in (await mails(db, cast.resident.email))[-1]
    with pytest.raises(StallTaken):
        await takes(db, waits, one, two)
    with pytest.raises(NoSuchStall):
        await takes(db, waits, two, two)
    assert numbers(await takes(db, waits, two, three)) == ["A2", "A3"], "the second of them steps off for the first"


async def test_a_stall_that_is_left_goes_to_who_has_an_offer_and_wished_for_it(db: Database, cast: Cast) -> None:
    session, (one, two) = await a_market(db, cast, "A1", "A2", capacity=2)
    stays, leaves = await go(db, cast.member, session, stall_id=one), await go(db, cast.colleague, session)
    waits = await wait(db, cast.resident, session, stall_id=one)
    await leave(db, leaves)
    assert numbers(await now_of(db, waits)) == [None]
    assert numbers(await chooses(db, stays, two)) == ["A2"]
    assert numbers(await now_of(db, waits)) == ["A1"]
    assert numbers(await takes(db, waits, None)) == [None]
    assert await scalar(db, "SELECT count(*) FROM history WHERE verb = 'choose_stalls'") == 1


async def test_stalls_are_chosen_by_who_is_registered_and_until_it_begins(db: Database, cast: Cast) -> None:
    session, (one,) = await a_market(db, cast, "A1")
    elsewhere, _ = await a_market(db, cast, "A1")
    had = await go(db, cast.member, session)
    waits = await wait(db, cast.resident, session)
    with pytest.raises(RegistrationOver):
        await chooses(db, waits, one)
    with pytest.raises(SessionBegun):
        await attempt(db, lambda tx: choose_stalls(tx, registration_id=had.id, stalls=[one], now=STARTS))
    with pytest.raises(NoSuchStall):
        await chooses(db, had, one, one)
    with pytest.raises(NoSuchStall):
        await chooses(db, had, await put_stall(db, elsewhere, "9"))


async def test_wishes_are_for_stalls_of_this_market_and_vague_ones_for_who_waits(db: Database, cast: Cast) -> None:
    session, (one,) = await a_market(db, cast, "A1", capacity=5)
    plain = await a_session(db, cast.niepolomice, capacity=1)
    await go(db, cast.member, plain)
    for given in ({"stall_id": one, "stall": StallWish.LIKE}, {"stall": StallWish.ANY}):
        with pytest.raises(NoSuchStall):
            await go(db, cast.member, session, **given)
        with pytest.raises(NoSuchStall):
            await wait(db, cast.resident, plain, **given)


async def test_of_many_who_choose_one_stall_one_stands_there(db: Database, cast: Cast) -> None:
    session, (one, *_) = await a_market(db, cast, "A1", capacity=12)
    had = [await go(db, who, session) for who in await crowd(db, 12)]
    got = await outcomes(*(chooses(db, each, one) for each in had))
    assert got.count(StallTaken) == 11 and await holds_true(db, session)


async def test_two_who_change_places_with_themselves_do(db: Database, cast: Cast) -> None:
    session, (one, two) = await a_market(db, cast, "A1", "A2", capacity=2)
    had = await go(db, cast.member, session, guests=(Guest(name="A", stall_id=one), Guest(name="B", stall_id=two)))
    assert numbers(await chooses(db, had, two, one)) == ["A2", "A1"]
    assert numbers(await chooses(db, had, None)) == [None, "A1"], "beyond the list they stay"


async def test_a_cancelled_ticket_and_a_wish_do_not_hold_a_number_and_a_live_one_does(db: Database, cast: Cast) -> None:
    session, (one, two) = await a_market(db, cast, "A1", "A2")
    had = await go(db, cast.member, session, stall_id=one)
    waits = await wait(db, cast.resident, session, stall_id=two)
    with pytest.raises(StallHad):
        await set_to(db, cast.coordinator, session, ["A2"])
    await set_to(db, cast.coordinator, session, ["A1", "C7"])
    await leave(db, had)
    assert numbers(await now_of(db, waits)) == [None], "what was wished for is gone"
    await set_to(db, cast.coordinator, session, ["C7", "C8"])
    async with statement(db) as tx:
        assert [stall.number for stall in await stalls_of(tx, session_id=session)] == ["C7", "C8"]


async def test_a_stall_that_is_taken_away_while_it_is_given_is_either_gone_or_had(db: Database, cast: Cast) -> None:
    for _turn in range(5):
        session, (one,) = await a_market(db, cast, "A1")
        had = await go(db, cast.member, session)
        waits = await wait(db, cast.resident, session, stall_id=one)
        lost = await outcomes(leave(db, had), set_to(db, cast.coordinator, session, []))
        got = numbers(await now_of(db, waits))
        assert (got == ["A1"]) == (StallHad in lost) and await holds_true(db, session)


async def test_kinds_are_what_several_stalls_have_in_common(db: Database, cast: Cast) -> None:
    session, _ = await a_market(db, cast, "A1", "A2", "B1")
    async with statement(db) as tx:
        assert [one.number for one in kinds_of(await stalls_of(tx, session_id=session))] == ["A1"]


async def test_no_ticket_without_a_seat_has_a_stall_after_the_migration(
    db: Database, cast: Cast, database_url: str
) -> None:
    session, (one,) = await a_market(db, cast, "A1", capacity=3)
    left, has = await go(db, cast.member, session), await go(db, cast.colleague, session, stall_id=one)
    await leave(db, left)
    async with transaction(db) as tx:
        with pytest.raises(asyncpg.CheckViolationError):
            async with tx.transaction():
                await tx.execute("UPDATE ticket SET stall_id = $2 WHERE registration_id = $1", left.id, one)
    await asyncio.to_thread(demigrate, database_url, to="0014")
    await db.pool.expire_connections()
    async with transaction(db) as tx:
        await tx.execute("UPDATE ticket SET stall_id = $2 WHERE registration_id = $1", left.id, one)
    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    assert (numbers(await now_of(db, left)), numbers(await now_of(db, has))) == ([None], ["A1"])


async def test_pages_let_each_ticket_wish_choose_and_change(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session, (a1, a2, b1) = await a_market(db, cast, "A1", "A2", "B1", capacity=2)
    had = await go(db, cast.member, session, guests=(Guest(name="A", stall_id=a1), Guest(name="B", stall_id=b1)))
    browser = visit(cast.resident)
    shown = (await browser.get(f"/exchange/{session}/register?lang=en")).text
    assert f'value="like:{a1}"' in shown and "any of these: rząd A" in shown and f'value="like:{b1}"' not in shown
    typed = {
        "form": "wait",
        "terms": "yes",
        "own_name": "Jan",
        "guest1_name": "Ola",
        "stall": "any",
        "guest1_stall": f"like:{a2}",
    }
    sent = await post_form(browser, f"/exchange/{session}/register", typed)
    assert sent.status_code == 303, sent.text
    mine = sent.headers["location"]
    assert "one like A2" in (await browser.get(f"{mine}?lang=en")).text
    desk = (await visit(cast.coordinator).get(f"/desk/exchange/{session}/people?lang=en")).text
    assert "Stall: any that is free" in desk and "Stall: one like A2" in desk
    await leave(db, had)
    offered = (await browser.get(f"{mine}?lang=en")).text
    assert offered.count("selected>A") == 2 and 'name="stall_1"' in offered
    refused = await post_form(browser, mine, {"form": "confirm", "stall_0": str(a1), "stall_1": str(a1)})
    assert refused.status_code == 422
    await post_form(browser, mine, {"form": "confirm", "stall_0": str(b1), "stall_1": ""})
    assert await stands(db, session) == ["B1", None]
    assert (await post_form(browser, mine, {"form": "stalls", "stall_0": "x"})).status_code == 422
    await post_form(browser, mine, {"form": "stalls", "stall_0": "", "stall_1": str(a1)})
    assert await stands(db, session) == [None, "A1"]


async def stands(db: Database, session: UUID) -> list[str | None]:
    async with statement(db) as tx:
        rows = await tx.fetch(
            """SELECT number FROM ticket LEFT JOIN session_stall AS stall ON stall.id = stall_id
            WHERE ticket.session_id = $1 AND live ORDER BY ticket.id""",
            session,
        )
    return [row["number"] for row in rows]


async def test_a_program_wishes_takes_and_changes(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session, (one, two) = await a_market(db, cast, "A1", "A2")
    had = await go(db, cast.member, session, stall_id=one)
    browser = visit(cast.resident)
    wish = {"terms_accepted": True, "stall_id": str(one), "stall": "like"}
    waits = (await browser.post(f"/api/sessions/{session}/waiting", json=wish)).json()
    assert waits["tickets"][0]["stall_wish"] == "like" and waits["tickets"][0]["stall_number"] is None
    await leave(db, had)
    path = f"/api/registrations/{waits['id']}"
    taken = await browser.post(f"{path}/confirm", json={})
    assert taken.json()["tickets"][0]["stall_number"] == "A1"
    assert (await browser.put(f"{path}/stalls", json={"stalls": [str(two)]})).json()["tickets"][0]["stall_id"] == str(
        two
    )
    assert (await browser.put(f"{path}/stalls", json={"stalls": [None]})).json()["tickets"][0]["stall_id"] is None
    assert (await browser.put(f"{path}/stalls", json={"stalls": ["x"]})).status_code in {400, 422}
    assert (await visit(cast.stranger).put(f"{path}/stalls", json={"stalls": [None]})).status_code == 404
