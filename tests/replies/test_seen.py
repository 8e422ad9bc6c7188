"""Who accepts, may come, or could not be let go is seen where they are seen anyway, and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from incubator.db.engine import Database, attempt
from incubator.registrations.confirm import confirm
from incubator.replies.states import Outcome
from tests.bookings.test_invite import MOVE
from tests.bookings.test_series import again
from tests.cast import Cast
from tests.exchanges.cast import a_session
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import TEN, met, order
from tests.mentoring.test_changes import EARLY, moved
from tests.mentoring.test_invite import booked
from tests.moments import NOW
from tests.registrations.cast import by_mail, go, guests, link_in, mails
from tests.registrations.test_invite import told
from tests.replies.answers import gmail, reply_to_last, taken
from tests.replies.test_take import booked as a_booking

Visit = Callable[..., httpx.AsyncClient]
WORDS = {"ACCEPTED": "answered: yes", "TENTATIVE": "answered: maybe", "DECLINED": "answered: no"}


async def page(client: httpx.AsyncClient, path: str) -> str:
    found = await client.get(f"{path}?lang=en")
    assert found.status_code == 200
    return found.text


@pytest.mark.parametrize("says", ["ACCEPTED", "TENTATIVE"])
@pytest.mark.parametrize("who", ["mentor", "member"])
async def test_each_side_of_a_meeting_sees_what_the_other_said(
    visit: Visit, db: Database, cast: Cast, says: str, who: str
) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme))
    await booked(db)
    answering = ewa.person if who == "mentor" else cast.member
    path, readers = f"/meetings/{meeting.id}", [ewa.person, cast.member, cast.colleague, cast.coordinator]
    for reader in readers:
        assert "answered:" not in await page(visit(reader), path)
    reply = replace(await reply_to_last(db, answering.email), says=says, written_at=EARLY)
    assert await taken(db, gmail(reply), now=EARLY) == Outcome.NOTED
    for reader in readers:
        seen = await page(visit(reader), path)
        row = seen.partition("<dt>For</dt>")[0 if who == "mentor" else 2].partition("</dl>")[0]
        assert seen.count("answered:") == row.count(WORDS[says]) == 1
    await moved(db, cast.member, meeting.id)
    assert "answered:" not in await page(visit(cast.member), path), "to what it is now nobody has answered"


async def test_who_could_not_be_let_go_is_not_expected_either(
    visit: Visit, db: Database, cast: Cast, clock: Callable[..., None]
) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    await booked(db)
    late = TEN.start - timedelta(minutes=5)
    reply = replace(await reply_to_last(db, cast.member.email), written_at=late)
    assert await taken(db, gmail(reply), now=late) == Outcome.REFUSED
    assert WORDS["DECLINED"] in await page(visit(ewa.person), f"/meetings/{meeting.id}")


@pytest.mark.parametrize("says", ["ACCEPTED", "TENTATIVE"])
async def test_who_runs_a_session_sees_it_beside_who_registered(
    visit: Visit, db: Database, cast: Cast, says: str
) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session, guests=guests("Ola"))
    await go(db, cast.resident, session)
    await by_mail(db, "Jan.Nowak@example.com", session)
    key, _ = link_in((await mails(db, "jan.nowak@example.com"))[-1])
    await attempt(db, lambda tx: confirm(tx, registration_id=key, now=NOW))
    await told(db)
    path = f"/desk/exchange/{session}/people"
    assert "answered:" not in await page(visit(cast.coordinator), path)
    for uid, address in enumerate((cast.member.email, "jan.nowak@example.com")):
        reply = replace(await reply_to_last(db, address), says=says, named=f"<{uid}@x>")
        assert await taken(db, gmail(reply), uid=uid) == Outcome.NOTED
    seen = await page(visit(cast.coordinator), path)
    assert seen.count(WORDS[says]) == seen.count("answered:") == 2, "once for each who registered"
    for stranger in (visit(), visit(cast.resident)):
        assert "answered:" not in (await stranger.get(f"/exchange/{session}?lang=en")).text


async def test_a_booking_and_a_series_say_so_too(visit: Visit, db: Database, cast: Cast) -> None:
    key, reply = await a_booking(visit, cast, db, organisation_id=str(cast.acme))
    await taken(db, gmail(replace(reply, says="TENTATIVE")))
    series = await again(db, cast.member, cast.room_s)
    said = replace(await reply_to_last(db, cast.member.email), says="ACCEPTED", named="<2@x>")
    await taken(db, gmail(said), uid=2)
    for reader in (cast.member, cast.colleague, cast.coordinator):
        assert WORDS["TENTATIVE"] in await page(visit(reader), f"/bookings/{key}")
    for reader in (cast.member, cast.coordinator):
        assert WORDS["ACCEPTED"] in await page(visit(reader), f"/bookings/series/{series.id}")
    assert (await visit(cast.stranger).get(f"/bookings/{key}")).status_code == 404
    await visit(cast.member).post(f"/api/bookings/{key}/reschedule", json=MOVE)
    assert "answered:" not in await page(visit(cast.member), f"/bookings/{key}")
