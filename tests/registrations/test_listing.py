"""Lists of registrations: in pages that leave nobody out, searched by name, and whole for files."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.exchanges.queries import NoSuchSession
from incubator.kernel.ids import uuid7
from incubator.people.guards import NotYours
from incubator.registrations.listing import Listed, Which, counts_at, registrations_of_person, registrations_of_session
from incubator.web.cursors import BadCursor
from tests.browsing import post_form
from tests.cast import Cast, Person, acting, person
from tests.exchanges.cast import STARTS, a_session
from tests.moments import NOW
from tests.registrations.cast import by_mail, go, guests, wait
from tests.registrations.test_waiting import leave

NAMES = ["Żaneta", "Łukasz", "Anna", "Zenon", "ćwik", "Ola", "Bob"]


async def a_full_list(db: Database, cast: Cast):  # type: ignore[no-untyped-def]
    """Five seated, three who wait, one who left."""
    session = await a_session(db, cast.niepolomice, capacity=6, priority_for="gmina", priority_until=NOW)
    async with transaction(db) as tx:
        people = [await named(tx, name) for name in NAMES]
    left = await go(db, people[0], session)
    for who in people[1:5]:
        await go(db, who, session)
    await go(db, cast.owner, session, guests=guests("Katarzyna Nowa"))
    await leave(db, left)
    for who in people[5:]:
        await wait(db, who, session, guests=guests("A", "B"))
    await wait(db, cast.member, session, guests=guests("C", "D"), now=NOW + timedelta(hours=1))
    return session


async def named(tx: Tx, name: str) -> Person:
    made = await person(tx, f"p{uuid7()}")
    await tx.execute("UPDATE account SET name = $2 WHERE id = $1", made.id, name)
    return made


async def listed(db: Database, who: Person, session, **asked: object) -> Listed:  # type: ignore[no-untyped-def]
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await registrations_of_session(tx, actor=actor, session_id=session, **asked)  # type: ignore[arg-type]


async def test_pages_follow_each_other_and_leave_nobody_out(db: Database, cast: Cast) -> None:
    session = await a_full_list(db, cast)
    whole = [one.name for one in (await listed(db, cast.coordinator, session)).items]
    assert whole == ["Anna", "ćwik", "Łukasz", "Owner", "Zenon", "Member", "Ola", "Bob", "Żaneta"]
    for limit in (1, 2, 4):
        names, after = [], None
        while True:
            found = await listed(db, cast.coordinator, session, limit=limit, after=after)
            names += [one.name for one in found.items]
            after = found.next
            if after is None:
                break
        assert names == whole
    waiting = await listed(db, cast.coordinator, session, which=Which.WAITING, limit=2)
    rest = await listed(db, cast.coordinator, session, which=Which.WAITING, limit=2, after=waiting.next)
    assert [one.place for one in (*waiting.items, *rest.items)] == [1, 2, 3] and rest.next is None


async def test_somebody_is_found_by_any_of_their_names_without_marks(db: Database, cast: Cast) -> None:
    session = await a_full_list(db, cast)
    for words, names in (
        ("lukasz", ["Łukasz"]),
        ("  ŁUK ", ["Łukasz"]),
        ("katarzyna  nowa", ["Owner"]),
        (cast.owner.email, ["Owner"]),
        ("zaneta", ["Żaneta"]),
        ("%", []),
        ("_", []),
    ):
        found = await listed(db, cast.coordinator, session, words=words)
        assert [one.name for one in found.items] == names, words


async def test_counts_are_of_everybody(db: Database, cast: Cast) -> None:
    session = await a_full_list(db, cast)
    await by_mail(db, "a@example.com", await a_session(db, cast.niepolomice))
    async with statement(db) as tx:
        counts = await counts_at(tx, session_id=session)
    assert (counts.registered, counts.offered, counts.waiting, counts.gone, counts.came) == (5, 0, 6, 1, 0)


async def test_lists_are_for_who_runs_the_session(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    for who in (cast.other_coordinator, cast.office, cast.member):
        with pytest.raises(NotYours):
            await listed(db, who, session)
    with pytest.raises(NoSuchSession):
        await listed(db, cast.other_coordinator, await a_session(db, cast.niepolomice, state="draft"))
    with pytest.raises(BadCursor):
        await listed(db, cast.coordinator, session, after="x")


async def test_ones_own_come_in_pages_too(db: Database, cast: Cast) -> None:
    sessions = [await a_session(db, cast.niepolomice, start=STARTS + timedelta(days=n)) for n in (2, 0, 1)]
    for session in sessions:
        await go(db, cast.member, session)
    actor = await acting(db, cast.member)
    for past, expected in ((False, [1, 2, 0]), (True, [0, 2, 1])):
        found, after = [], None
        for _turn in range(3):
            async with statement(db) as tx:
                page = await registrations_of_person(
                    tx, actor=actor, now=STARTS + timedelta(days=9 if past else -1), past=past, after=after, limit=1
                )
            found += [one.session_id for one in page.items]
            after = page.next
        assert found == [sessions[n] for n in expected] and after is None


async def test_over_the_api_and_at_the_desk(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_full_list(db, cast)
    path = f"/api/sessions/{session}/registrations"
    first = (await visit(cast.coordinator).get(path, params={"limit": 4, "which": "seated"})).json()
    rest = (await visit(cast.coordinator).get(path, params={"which": "seated", "after": first["next"]})).json()
    assert len(first["items"]) == 4 and [one["name"] for one in rest["items"]] == ["Zenon"] and rest["next"] is None
    found = (await visit(cast.coordinator).get(path, params={"q": "zenon"})).json()
    assert [one["name"] for one in found["items"]] == ["Zenon"]
    for bad in ({"after": "?"}, {"limit": 0}, {"q": "\0"}, {"which": "all"}):
        assert (await visit(cast.coordinator).get(path, params=bad)).status_code in {400, 422}, bad
    desk = f"/desk/exchange/{session}/people"
    shown = (await visit(cast.coordinator).get(desk, params={"q": "bob", "lang": "en"})).text
    assert "Bob" in shown and "Zenon" not in shown and "<strong>5</strong>" in shown, "counts stay whole"
    assert "Nobody is found" in (await visit(cast.coordinator).get(desk, params={"q": "qq", "lang": "en"})).text
    one = (await visit(cast.coordinator).get(desk, params={"which": "waiting"})).text
    assert "Bob" in one and "Zenon" not in one
    mine = await visit(cast.member).get("/registrations")
    assert mine.status_code == 200 and (await visit(cast.member).get("/registrations?before=x")).status_code == 422


async def test_more_than_a_page_is_reached_by_links_and_noted_from_any_of_them(
    db: Database, cast: Cast, clock, visit
) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, capacity=70)
    async with transaction(db) as tx:
        people = [await named(tx, f"Osoba {n:02}") for n in range(53)]
    for who in people:
        await go(db, who, session)
    clock.now = STARTS + timedelta(hours=1)
    desk = f"/desk/exchange/{session}/people"
    browser = visit(cast.coordinator)
    first = (await browser.get(desk, params={"lang": "en"})).text
    assert "Osoba 49" in first and "Osoba 50" not in first and "Show more" in first
    link = first.split(f'href="{desk}?q=')[1].split('"')[0].replace("&amp;", "&").split("#")[0]
    second = (await browser.get(f"{desk}?q={link}")).text
    assert "Osoba 49" not in second and "Osoba 52" in second
    ticket = second.split('name="minutes_')[1].split('"')[0]
    after = link.split("after=")[1]
    typed = {"form": "attendance", "version": "1", "evidence": "list", "which": "seated", "after": after}
    noted = await post_form(browser, f"{desk}?q={link}", {**typed, f"minutes_{ticket}": "60"})
    assert noted.status_code == 303 and noted.headers["location"] == f"{desk}?which=seated&after={after}#attendance"
    rows = list(csv.reader(StringIO((await browser.get(f"/desk/exchange/{session}/people.csv")).text), delimiter=";"))
    assert len(rows) == 54
