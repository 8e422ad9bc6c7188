"""What knowledge exchange comes to: counts alone, and none of a few for who does not run the sessions."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations_with_replacement, product
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.registrations.order import new_code
from incubator.reporting.exchange import exchange_of_all, exchange_of_own
from incubator.reporting.exchange_rows import Exchanged, ExchangeReport
from incubator.reporting.partition import spread
from incubator.reporting.rules import month_of
from incubator.reporting.small_cells import FEWEST, Shown
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.exchanges.cast import put_session, put_topic

Visit = Callable[..., httpx.AsyncClient]
DAYS = month_of(date(2026, 9, 1))
AGO = NOW - timedelta(days=3)
REGISTRATION = """
INSERT INTO registration (id, session_id, name, email, locale, state, seats, walk_in, priority, told, terms_accepted_at,
    created_at, changed_at, version)
VALUES ($1, $2, 'Tajna', '', 'pl', $3, 1, $4, false, 0, now(), now(), now(), 1)
"""
TICKET = """
INSERT INTO ticket (id, registration_id, session_id, name, email, live, code, minutes, checked_in_at, evidence)
VALUES ($1, $2, $3, 'Tajna', '', $4, $5, $6, CASE WHEN $6 > 0 THEN now() END, '')
"""
CERTIFICATE = """
INSERT INTO session_certificate (id, session_id, ticket_id, number, code, told, issued_by, revoked_reason)
SELECT $1::uuid, $2::uuid, $3::uuid, coalesce((SELECT max(number) FROM session_certificate WHERE session_id = $2), 0) + 1, $1::uuid::text, '{}',
    (SELECT id FROM account LIMIT 1), ''
"""
READER = """
INSERT INTO newsletter_subscription (email, locale, gmina_ids, state, words, how, asked_at, confirmed_at, ended_at,
    bounces, version)
VALUES ($1, 'pl', $2, $3, '', 'page', $4, $4, CASE WHEN $3 = 'unsubscribed' THEN $5::timestamptz END, 0, 1)
"""


async def held(db: Database, gmina: UUID | None, people: int, *, minutes: int = 60, **more: object) -> UUID:
    """A session that is over, to which so many came, one of them without having registered; one more did not come."""
    async with transaction(db) as tx:
        session = await put_session(tx, gmina=gmina, start=AGO, **more)  # type: ignore[arg-type]
        for turn in range(people + 1):
            key, ticket, came = uuid7(), uuid7(), turn > 0
            await tx.execute(REGISTRATION, key, session, "registered", turn == 1)
            await tx.execute(TICKET, ticket, key, session, True, new_code(), minutes if came else None)
            if came:
                await tx.execute(CERTIFICATE, uuid7(), session, ticket)
        gone = uuid7()
        await tx.execute(REGISTRATION, gone, session, "cancelled", False)
        await tx.execute(TICKET, uuid7(), gone, session, False, new_code(), minutes)
    return session


async def report(db: Database, who: Person, *, own: bool = False) -> ExchangeReport:
    actor, asked = await acting(db, who), exchange_of_own if own else exchange_of_all
    async with statement(db) as tx:
        return await asked(tx, actor=actor, days=DAYS, now=NOW)


def of(found: ExchangeReport, gmina: UUID | None) -> Exchanged:
    (row,) = [one for one in found.rows if one.gmina_id == gmina]
    return row


async def test_what_was_held_is_counted_with_who_came(db: Database, cast: Cast) -> None:
    await held(db, cast.niepolomice, 6, capacity=20)
    await held(db, cast.niepolomice, 1, kind="market", capacity=None, minutes=30)
    async with transaction(db) as tx:
        on = {"gmina": cast.niepolomice}
        await put_session(tx, **on, start=AGO, state="cancelled")  # type: ignore[arg-type]
        draft = await put_session(tx, **on, start=AGO, state="cancelled")  # type: ignore[arg-type]
        await tx.execute("UPDATE session SET published_at = NULL WHERE id = $1", draft)
        await put_session(tx, **on, start=AGO, state="draft")  # type: ignore[arg-type]
        await put_session(tx, **on, start=NOW + timedelta(days=2))  # type: ignore[arg-type]
        await put_session(tx, **on, start=NOW + timedelta(days=60))  # type: ignore[arg-type]
    row = of(await report(db, cast.coordinator, own=True), cast.niepolomice)
    assert (row.held, row.called_off, row.ahead, row.places) == (2, 1, 1, 20)
    assert (row.kinds.workshop, row.kinds.market, row.kinds.lecture) == (1, 1, 0)
    assert (row.registered.count, row.came.count, row.minutes.count, row.certificates.count) == (7, 7, 390, 7)


async def test_the_office_sees_no_few_and_its_own_sessions_whole(db: Database, cast: Cast) -> None:
    await held(db, cast.niepolomice, 3)
    await held(db, cast.skawina, 20)
    await held(db, None, 2)
    told = await report(db, cast.office)
    few, many, own = of(told, cast.niepolomice), of(told, cast.skawina), of(told, None)
    assert (few.came.count, few.came.shown, few.minutes.count) == (None, Shown.FEW, None)
    assert many.came.shown == Shown.WITHHELD, "23 less 20 would be the few"
    assert (own.came.count, own.minutes.count, told.together.came.count, told.together.minutes.count) == (
        2,
        120,
        25,
        1500,
    )
    full = await report(db, cast.administrator)
    assert [one.came.count for one in full.rows if one.held] == [3, 20, 2] and of(full, None).came.count == 2


async def test_where_all_are_few_the_whole_is_not_told_either(db: Database, cast: Cast) -> None:
    await held(db, cast.niepolomice, 3)
    told = await report(db, cast.office)
    assert (told.together.came.shown, told.together.minutes.count) == (Shown.WITHHELD, None)
    await held(db, None, 9)
    assert (await report(db, cast.office)).together.came.count is None, "12 less its own 9 would be the few"


async def test_a_coordinator_sees_their_own_gmina_alone(db: Database, cast: Cast) -> None:
    await held(db, cast.niepolomice, 3)
    await held(db, cast.skawina, 4)
    for own in (True, False):
        told = await report(db, cast.coordinator, own=own)
        assert [(one.gmina_id, one.came.count) for one in told.rows] == [(cast.niepolomice, 3)]
        assert told.together.readers is None


async def test_topics_readers_and_companies_stand_beside(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await put_topic(tx, gmina=cast.niepolomice)
        await put_topic(tx, gmina=cast.niepolomice, state="new")
        answered = await put_topic(tx, gmina=cast.niepolomice, state="answered")
        await tx.execute(
            "INSERT INTO topic_note (topic_id, kind, text, signed, author_id, published_at) "
            "SELECT $1, 'answer', 'Tak', '', id, $2 FROM account LIMIT 1",
            answered,
            AGO,
        )
        for turn in range(7):
            theirs = [cast.niepolomice] if turn < 2 else [] if turn < 6 else [cast.skawina]
            state = "unsubscribed" if turn == 5 else "confirmed"
            await tx.execute(READER, f"r{turn}@example.com", theirs, state, AGO, NOW - timedelta(days=1))
        await tx.execute(READER, "late@example.com", [], "unsubscribed", AGO, NOW + timedelta(days=1))
    told = await report(db, cast.administrator)
    row = of(told, cast.niepolomice)
    assert (row.topics_asked, row.topics_answered, row.companies) == (2, 1, 0)
    assert row.readers is not None and told.together.readers is not None
    assert (row.readers.count, told.together.readers.count) == (6, 7), "who left later still read it then"
    assert of(told, None).readers is None


async def test_pages_files_and_the_api_tell_the_same(db: Database, cast: Cast, visit: Visit) -> None:
    await held(db, cast.niepolomice, 3)
    await held(db, cast.skawina, 20)
    span = "from=2026-09-01&to=2026-09-30"
    page = (await visit(cast.office).get(f"/office/exchange?{span}&lang=en")).text
    assert "fewer than 5" in page and "Tajna" not in page and "Skawina" in page
    file = await visit(cast.office).get(f"/office/exchange.csv?{span}&lang=en")
    assert "< 5" in file.text and file.headers["cache-control"] == "no-store"
    mine = (await visit(cast.coordinator).get(f"/desk/exchange/figures?{span}&lang=en")).text
    assert "Niepołomice" in mine and "Skawina" not in mine and "fewer than 5" not in mine
    row = (await visit(cast.coordinator).get(f"/desk/exchange/figures.csv?{span}&lang=en")).text.split("\r\n")[2]
    assert row == "Niepołomice;1;0;0;1;0;0;0;0;0;10;3;3;3,00;3;0;0;0;0"
    told = (await visit(cast.office).get(f"/api/exchange-figures?{span}")).json()
    assert {one["came"]["shown"] for one in told["rows"] if one["held"]} == {"few", "withheld"}
    assert (await visit(cast.member).get("/api/exchange-figures")).status_code == 403
    wrong = await visit(cast.office).get("/office/exchange?from=2026-09-02&to=2026-09-01&lang=en")
    assert wrong.status_code == 422 and "must not lie before" in wrong.text


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_of_many_parts_no_few_can_be_reckoned_by_who_knows_the_rule(size: int) -> None:
    most = 11 if size < 4 else 8
    for parts in combinations_with_replacement(range(most), size):
        seen = spread(sum(parts), parts, own=False)
        if seen.count is None:
            assert 0 < sum(parts) < FEWEST and all(one.count is None for one in seen.parts)
            continue
        shown = [one.count for one in seen.parts if one.count]
        assert all(one.count in (None, part) for one, part in zip(seen.parts, parts, strict=True))
        if not any(one.shown == Shown.FEW for one in seen.parts):
            continue
        bound = min((count for count in shown if count >= FEWEST), default=sum(parts) + 1)
        ranges = [
            [one.count]
            if one.count is not None
            else range(1, FEWEST)
            if one.shown == Shown.FEW
            else range(FEWEST, bound)
            for one in seen.parts
        ]
        thinkable = [other for other in product(*ranges) if sum(other) == seen.count]
        for turn, one in enumerate(seen.parts):
            if one.shown == Shown.FEW:
                assert {other[turn] for other in thinkable} == {1, 2, 3, 4}, (parts, seen)


def test_few_gminas_of_many_hide_no_more_than_it_takes() -> None:
    seen = spread(90, [3, 7, 30, 50, 0], own=False)
    assert [one.count for one in seen.parts] == [None, None, 30, 50, 0]
