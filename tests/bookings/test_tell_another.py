"""Who booked is told of what another did with it, and of nothing that they did themself, but for their calendar."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from incubator.bookings.series_choice import Which
from incubator.db.engine import Database, statement, transaction
from incubator.people.remove_member import remove_member
from tests.bookings.test_api import booked, wish
from tests.bookings.test_change_series import alter, drop
from tests.bookings.test_series import again
from tests.cast import Cast, acting, change
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
LATER = tuesday("14:00", "15:00")
MOVE = {"start": LATER.start.isoformat(), "end": LATER.end.isoformat()}
DEEDS = pytest.mark.parametrize(
    ("verb", "body"),
    [("cancel", {"reason": "We meet online"}), ("reschedule", MOVE), ("extend", {"end": "2026-09-08T10:00:00Z"})],
)


async def mails(db: Database) -> list[tuple[str, str, str]]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT recipient, subject, text FROM mail ORDER BY id")
    return [(row["recipient"], row["subject"], row["text"]) for row in rows]


async def ours(visit: Visit, cast: Cast, db: Database) -> str:
    """A booking of Acme's that `member` made, all mails about it forgotten."""
    made = await booked(visit, cast, organisation_id=str(cast.acme), outright=True, title="Board")
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM mail")
    return f"/api/bookings/{made}"


@DEEDS
@pytest.mark.parametrize("who", ["colleague", "owner", "coordinator"])
async def test_what_another_does_is_told_once_to_who_booked(
    visit: Visit, cast: Cast, db: Database, who: str, verb: str, body: dict[str, Any]
) -> None:
    where = await ours(visit, cast, db)
    assert (await visit(getattr(cast, who)).post(f"{where}/{verb}", json=body)).status_code == 200
    [(recipient, subject, text)] = await mails(db)
    assert recipient == cast.member.email
    if verb == "cancel":
        assert subject.startswith("Cancelled:") and "We meet online" in text
        assert ("the coordinator had to" in text) == (who == "coordinator")
        assert ("somebody of your organisation" in text) == (who != "coordinator")
    else:
        assert subject.startswith("Moved:")


@DEEDS
async def test_nobody_is_told_of_what_they_did_themself(
    visit: Visit, cast: Cast, db: Database, verb: str, body: dict[str, Any]
) -> None:
    where = await ours(visit, cast, db)
    assert (await visit(cast.member).post(f"{where}/{verb}", json=body)).status_code == 200
    assert await mails(db) == []


async def test_not_even_who_left_the_organisation_and_runs_the_house(visit: Visit, cast: Cast, db: Database) -> None:
    where = await ours(visit, cast, db)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM membership WHERE account_id = $1", cast.member.id)
        await tx.execute(
            "INSERT INTO role_grant (account_id, role, gmina_id) VALUES ($1, 'coordinator', $2)",
            cast.member.id,
            cast.niepolomice,
        )
    assert (await visit(cast.member).post(f"{where}/cancel", json={"reason": "Water"})).status_code == 200
    assert await mails(db) == []


@DEEDS
async def test_what_colleagues_do_is_not_told_to_who_has_left_them(
    visit: Visit, cast: Cast, db: Database, verb: str, body: dict[str, Any]
) -> None:
    where, owner = await ours(visit, cast, db), await acting(db, cast.owner)
    async with transaction(db) as tx:
        await remove_member(tx, actor=owner, organisation_id=cast.acme, account_id=cast.member.id, now=NOW)
        await tx.execute("DELETE FROM mail")
    assert (await visit(cast.colleague).post(f"{where}/{verb}", json=body)).status_code == 200
    assert await mails(db) == []


async def test_a_colleague_who_gives_up_dates_of_a_series_writes_to_who_made_it(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l, organisation_id=cast.acme)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM mail")
    await alter(db, cast.colleague, series, Which.THIS, 1, start_minute=840)
    await drop(db, cast.colleague, series, Which.FOLLOWING, 3, reason="We meet online")
    moved, called_off = await mails(db)
    assert moved[0] == called_off[0] == cast.member.email and moved[1].startswith("Moved:")
    assert "somebody of your organisation" in called_off[2] and "We meet online" in called_off[2]
    assert "These dates stay:" in called_off[2] and "coordinator" not in called_off[2]
    await drop(db, cast.member, series, Which.ALL)
    *_, (_, _, text) = await mails(db)
    assert len(await mails(db)) == 3 and "This mail takes them out of your calendar" in text


async def test_closing_an_organisation_does_not_blame_the_coordinator(visit: Visit, cast: Cast, db: Database) -> None:
    await ours(visit, cast, db)
    assert (await visit(cast.owner).post(f"/api/organisations/{cast.acme}/close")).status_code == 204
    [text] = [text for recipient, _, text in await mails(db) if recipient == cast.member.email]
    assert "somebody of your organisation has cancelled" in text


@pytest.mark.parametrize(
    ("who", "said"), [("member", "Booked:"), ("colleague", "Booked:"), ("coordinator", "Approved:")]
)
async def test_a_request_moved_to_where_nobody_is_asked_is_confirmed_at_once_and_told(
    visit: Visit, cast: Cast, db: Database, who: str, said: str
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True, pending_blocks=False)
    where = await ours(visit, cast, db)
    answer = await visit(getattr(cast, who)).post(f"{where}/reschedule", json={**MOVE, "space_id": str(cast.room_s)})
    assert (answer.status_code, answer.json()["state"]) == (200, "confirmed")
    [(recipient, subject, _)] = await mails(db)
    assert recipient == cast.member.email and subject.startswith(said)
    taken = await visit(cast.stranger).post("/api/bookings", json=wish(cast, LATER, space_id=str(cast.room_s)))
    assert taken.json()["code"] == "slot_taken"


async def test_a_request_moved_to_where_somebody_is_asked_goes_on_waiting(
    visit: Visit, cast: Cast, db: Database
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    where = await ours(visit, cast, db)
    elsewhere = tuesday("16:00", "17:00")
    then = {"start": elsewhere.start.isoformat(), "end": elsewhere.end.isoformat()}
    for who, body in ((cast.member, MOVE), (cast.coordinator, then)):
        moved = await visit(who).post(f"{where}/reschedule", json=body)
        assert (moved.status_code, moved.json()["state"]) == (200, "awaiting_approval")
    assert [subject.partition(":")[0] for _, subject, _ in await mails(db)] == ["Moved"]
