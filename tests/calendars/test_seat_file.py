"""A session as a file, for who registered: how to join it online is told to who has a seat, and to nobody else."""

from collections.abc import Callable

import httpx
import pytest
from icalendar import Calendar, Event

from incubator.calendars.make_feed import Kind
from incubator.db.engine import Database, attempt, transaction
from incubator.registrations.cancel import cancel
from incubator.registrations.confirm import confirm
from tests.calendars.test_kinds import secret
from tests.cast import Cast
from tests.exchanges.cast import a_session
from tests.moments import NOW
from tests.registrations.cast import by_mail, go, link_in, mails, wait

Visit = Callable[..., httpx.AsyncClient]
ONLINE = {"mode": "online", "place": "", "online_url": "https://meet.example/x"}


async def told(client: httpx.AsyncClient, path: str) -> Event:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-store")
    [event] = Calendar.from_ical(answer.text).events
    return event


async def test_who_has_no_account_is_told_once_they_have_confirmed(visit: Visit, db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, **ONLINE)
    await by_mail(db, "jan@example.com", session)
    key, seal = link_in((await mails(db, "jan@example.com"))[-1])
    file = f"/registrations/{key}/by/{seal}/session.ics"
    assert "meet.example" not in str(await told(visit(), file))
    await attempt(db, lambda tx: confirm(tx, registration_id=key, now=NOW))
    seen = await told(visit(), file)
    assert (seen["UID"], seen["STATUS"], seen["TRANSP"]) == (f"session-{session}@incubator", "CONFIRMED", "OPAQUE")
    assert seen["CONFERENCE"] == seen["LOCATION"] == "https://meet.example/x"
    assert f'href="{file}"' in (await visit().get(file.removesuffix("/session.ics"))).text
    for other in (f"/registrations/{key}/by/{seal[:-1]}x/session.ics", f"/exchange/{session}/session.ics?seat=yes"):
        assert "meet.example" not in (await visit().get(other)).text
    await attempt(db, lambda tx: cancel(tx, registration_id=key, now=NOW))
    gone = await told(visit(), file)
    assert gone["STATUS"] == "CANCELLED" and "meet.example" not in str(gone)


async def test_who_is_signed_in_is_told_as_their_feed_tells_them(visit: Visit, db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1, **ONLINE)
    mine = await go(db, cast.member, session)
    [fed] = Calendar.from_ical(
        (await visit().get(f"/calendars/{await secret(db, cast.member, Kind.PERSONAL, None)}.ics")).text
    ).events
    for file in (f"/registrations/{mine.id}/session.ics", f"/exchange/{session}/session.ics"):
        assert await told(visit(cast.member), file) == fed
        assert "meet.example" not in (await visit(cast.resident).get(file)).text
    waiting = await wait(db, cast.resident, session)
    seen = await told(visit(cast.resident), f"/registrations/{waiting.id}/session.ics")
    assert seen["STATUS"] == "TENTATIVE" and "meet.example" not in str(seen)


@pytest.mark.parametrize("state", ["waiting", "offered", "cancelled", "lapsed", "turned_away"])
async def test_whatever_became_of_it_there_is_a_file(visit: Visit, db: Database, cast: Cast, state: str) -> None:
    mine = await go(db, cast.member, await a_session(db, cast.niepolomice, **ONLINE))
    async with transaction(db) as tx:
        until = NOW if state == "offered" else None
        await tx.execute("UPDATE registration SET state = $1, offered_until = $2", state, until)
    seen = await told(visit(cast.member), f"/registrations/{mine.id}/session.ics")
    assert seen["STATUS"] == ("TENTATIVE" if state in {"waiting", "offered"} else "CANCELLED")
    assert "meet.example" not in str(seen)
