"""What bookings and calendars do when a person, or an organisation, leaves for good."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from incubator.bookings.hold import hold
from incubator.bookings.join_line import join_line
from incubator.bookings.views import BookingView
from incubator.calendars.make_feed import make_feed
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import ELSEWHERE
from incubator.people.erase_account import erase_account
from tests.browsing import post_form
from tests.cast import Cast, Person, acting
from tests.conftest import Clockwork
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]


async def book(db: Database, who: Person, space: UUID, start: str, end: str, **more: Any) -> BookingView:
    actor = await acting(db, who)
    given = {"outright": True, "title": "Secret plan", "note": "Call 600 100 200", "now": NOW, **more}
    return await attempt(db, lambda tx: hold(tx, actor=actor, space_id=space, period=tuesday(start, end), **given))


async def states(db: Database, table: str = "booking") -> dict[UUID, str]:
    async with statement(db) as tx:
        return {row["id"]: row["state"] for row in await tx.fetch(f"SELECT id, state FROM {table}")}


async def erase(visit: Visit, who: Person) -> None:
    answer = await post_form(visit(who), "/me/erase", {"confirmation": who.email})
    assert answer.status_code == 303, answer.text


async def test_erasure_cancels_what_is_coming_and_empties_what_was_written(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    past = await book(db, cast.member, cast.room_s, "8:00", "9:00")
    coming = await book(db, cast.member, cast.room_s, "15:00", "16:00")
    held = await book(db, cast.member, cast.room_a, "15:00", "16:00", outright=False)
    acmes = await book(db, cast.member, cast.room_l, "15:00", "16:00", organisation_id=cast.acme)
    clock.now = past.period.end + timedelta(hours=1)

    await erase(visit, cast.member)

    found = await states(db)
    assert (found[past.id], found[acmes.id]) == ("confirmed", "confirmed")
    assert (found[coming.id], found[held.id]) == ("cancelled", "cancelled")
    async with statement(db) as tx:
        own = await tx.fetch("SELECT title, note FROM booking WHERE organisation_id IS NULL")
        assert {(row["title"], row["note"]) for row in own} == {("", "")}
        taken = await tx.fetch("SELECT subject_id FROM occupancy")
    assert {row["subject_id"] for row in taken} == {past.id, acmes.id}


async def test_who_leaves_is_not_offered_what_their_leaving_frees(visit: Visit, cast: Cast, db: Database) -> None:
    mine = await book(db, cast.member, cast.room_s, "15:00", "16:00")
    for person in (cast.member, cast.resident):
        actor = await acting(db, person)
        await attempt(
            db,
            lambda tx, actor=actor: join_line(tx, actor=actor, space_id=cast.room_s, period=mine.period, now=NOW),
        )
    await erase(visit, cast.member)
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT account_id, state FROM waitlist_entry")
    assert {row["account_id"]: row["state"] for row in rows} == {
        cast.member.id: "left",
        cast.resident.id: "offered",
    }


async def test_closing_an_organisation_cancels_its_bookings_and_tells_who_made_them(
    visit: Visit, cast: Cast, db: Database
) -> None:
    its = await book(db, cast.member, cast.room_s, "15:00", "16:00", organisation_id=cast.acme)
    own = await book(db, cast.member, cast.room_a, "15:00", "16:00")
    assert (await visit(cast.owner).post(f"/api/organisations/{cast.acme}/close")).status_code == 204
    found = await states(db)
    assert (found[its.id], found[own.id]) == ("cancelled", "confirmed")
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM mail WHERE recipient = $1", cast.member.email) == 1


@pytest.mark.parametrize("alone", [False, True], ids=["with others", "alone"])
async def test_who_joined_in_that_moment_and_booked_is_erased_all_the_same(
    cast: Cast, db: Database, alone: bool
) -> None:
    before = await acting(db, cast.resident)
    async with transaction(db) as tx:
        if alone:
            await tx.execute("DELETE FROM membership WHERE organisation_id = $1", cast.rival)
        await tx.execute(
            "INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, $3)",
            cast.rival,
            cast.resident.id,
            "owner" if alone else "member",
        )
    held = await book(db, cast.resident, cast.room_s, "15:00", "16:00", organisation_id=cast.rival, outright=False)
    firm = await book(db, cast.resident, cast.room_a, "15:00", "16:00", organisation_id=cast.rival)
    await attempt(
        db,
        lambda tx: erase_account(tx, actor=before, confirmation=cast.resident.email, elsewhere=ELSEWHERE, now=NOW),
    )
    assert await states(db) == {held.id: "cancelled", firm.id: "cancelled" if alone else "confirmed"}


async def test_feeds_answer_gone_after_an_erasure(visit: Visit, cast: Cast, db: Database) -> None:
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: make_feed(tx, actor=actor, name="Phone", now=NOW))
    await erase(visit, cast.member)
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT name, revoked_at FROM feed_token")
    assert row is not None and (row["name"], row["revoked_at"]) == ("", NOW)


async def test_export_holds_bookings_lines_and_feeds(visit: Visit, cast: Cast, db: Database) -> None:
    await book(db, cast.member, cast.room_s, "15:00", "16:00")
    await book(db, cast.stranger, cast.room_a, "15:00", "16:00", title="Another's")
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: make_feed(tx, actor=actor, name="Phone", now=NOW))
    text = (await visit(cast.member).get("/me/export")).text
    told = json.loads(text)
    assert [(each["title"], each["note"]) for each in told["bookings"]] == [("Secret plan", "Call 600 100 200")]
    assert [each["name"] for each in told["calendar_feeds"]] == ["Phone"]
    assert told["series"] == told["waiting_lists"] == [] and "Another's" not in text
