"""A company's seat at a workshop of a gmina is aid of that gmina."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from incubator.aid.grant import DeclarationNeeded
from incubator.aid.grant_hours import HoursCeiling
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.exchanges.call_off import call_off
from incubator.exchanges.details import When, Where
from incubator.exchanges.move_session import move_session
from incubator.registrations.add_at_desk import add_at_desk
from incubator.registrations.cancel import cancel
from incubator.registrations.confirm import confirm
from incubator.registrations.follow_length import follow_length
from incubator.registrations.name_company import name_company
from incubator.registrations.offer_next import offer_next
from incubator.registrations.register_together import open_counter, register_together
from incubator.registrations.tell_changes import tell_changes
from incubator.registrations.to_register import session_to_register
from tests.aid.cast import entries, granted, hours_worth
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.exchanges.cast import STARTS, a_session
from tests.moments import NOW
from tests.registrations.cast import go, guests, holds_true, mails, order, states, taken, wait

Visit = Callable[..., httpx.AsyncClient]
SEAT = (36_000, 120)
"""Two hours at 180 zł."""


async def moved(db: Database, cast: Cast, session: UUID, minutes: int) -> None:
    actor = await acting(db, cast.coordinator)
    when = When(start=STARTS, end=STARTS + timedelta(minutes=minutes))
    where = Where(mode="elsewhere", place="Rynek 1")
    await attempt(db, lambda tx: move_session(tx, actor=actor, session_id=session, when=when, where=where, now=NOW))


async def followed(db: Database) -> None:
    await attempt(db, lambda tx: follow_length(tx, now=NOW))


async def test_a_seat_of_a_company_is_granted_with_its_colleagues_and_a_persons_is_not(
    db: Database, cast: Cast
) -> None:
    await hours_worth(db, cast)
    session = await a_session(db, cast.niepolomice)
    ours = await go(db, cast.member, session, organisation_id=cast.acme, guests=guests("Jan Nowak", "Ala Nowak"))
    own = await go(db, cast.resident, session)
    assert await entries(db, ours.id) == [(72_000, 240)]
    assert await entries(db, own.id) == []
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT * FROM aid_entry")
    assert row is not None
    assert (row["subject_kind"], row["gmina_id"], row["charged"]) == ("registration", cast.niepolomice, 0)
    assert row["benchmark"].startswith("Godzina szkolenia za osobę: 180,00")


@pytest.mark.parametrize("kind", ["meetup", "lecture", "consultation", "market", "demo_day"])
async def test_what_informs_everybody_is_no_aid(db: Database, cast: Cast, kind: str) -> None:
    await hours_worth(db, cast)
    made = await go(db, cast.member, await a_session(db, cast.niepolomice, kind=kind), organisation_id=cast.acme)
    assert await entries(db, made.id) == []


async def test_the_page_of_a_registration_says_what_was_granted_and_what_is_given_back_no_more(
    db: Database, cast: Cast, visit: Visit
) -> None:
    await hours_worth(db, cast)
    session = await a_session(db, cast.niepolomice)
    ours = await go(db, cast.member, session, organisation_id=cast.acme)
    own = await go(db, cast.resident, session)
    page = f"/registrations/{ours.id}?lang=en"
    text = (await visit(cast.member).get(page)).text.replace("\xa0", " ")
    assert "De minimis aid was granted for it to Acme: 360.00 zł, which is 84.71 EUR." in text
    assert f"/organisations/{cast.acme}/aid" in text
    assert "De minimis aid" not in (await visit(cast.resident).get(f"/registrations/{own.id}?lang=en")).text
    await attempt(db, lambda tx: cancel(tx, registration_id=ours.id, now=NOW))
    assert "De minimis aid" not in (await visit(cast.member).get(page)).text


async def test_workshops_of_the_office_and_of_a_gmina_without_a_benchmark_are_none(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    for gmina in (None, cast.skawina):
        made = await go(db, cast.member, await a_session(db, gmina), organisation_id=cast.acme)
        assert await entries(db, made.id) == []


async def test_over_the_ceiling_or_undeclared_it_is_refused_and_no_seat_is_taken(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    session = await a_session(db, cast.niepolomice)
    async with transaction(db) as tx:
        await granted(tx, cast, euros=299_990)
    with pytest.raises(HoursCeiling):
        await go(db, cast.member, session, organisation_id=cast.acme)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM aid_declaration")
    with pytest.raises(DeclarationNeeded):
        await go(db, cast.member, session, organisation_id=cast.acme)
    assert (await states(db, session), await taken(db, session)) == ([], 0)


async def test_the_quick_way_leaves_aid_to_the_other_and_takes_what_is_none(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    session, counter = await a_session(db, cast.niepolomice), open_counter(db)
    async with statement(db) as tx:
        await session_to_register(tx, session_id=session)
    actor = await acting(db, cast.member)
    for organisation, made in ((cast.acme, False), (None, True)):
        wish = order(session, organisation_id=organisation)
        got = await register_together(counter, actor=actor, order=wish, now=NOW)
        assert (got is not None) is made
    assert await taken(db, session) == 1


async def test_who_waits_is_granted_it_when_the_offer_is_taken(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    session = await a_session(db, cast.niepolomice, capacity=1)
    first = await go(db, cast.resident, session)
    waiting = await wait(db, cast.member, session, organisation_id=cast.acme)
    await attempt(db, lambda tx: cancel(tx, registration_id=first.id, now=NOW))
    assert (await states(db, session), await entries(db, waiting.id)) == (["cancelled", "offered"], [])
    await attempt(db, lambda tx: confirm(tx, registration_id=waiting.id, now=NOW))
    assert await entries(db, waiting.id) == [SEAT]


async def test_an_offer_over_the_ceiling_is_not_taken_and_stays_an_offer(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    session = await a_session(db, cast.niepolomice, capacity=1)
    first = await go(db, cast.resident, session)
    waiting = await wait(db, cast.member, session, organisation_id=cast.acme)
    await attempt(db, lambda tx: cancel(tx, registration_id=first.id, now=NOW))
    async with transaction(db) as tx:
        await granted(tx, cast, euros=299_990)
    with pytest.raises(HoursCeiling):
        await attempt(db, lambda tx: confirm(tx, registration_id=waiting.id, now=NOW))
    assert (await states(db, session))[1] == "offered"
    async with statement(db) as tx:
        assert await offer_next(tx, session_id=session, now=NOW) == []
    assert await holds_true(db, session)


async def test_who_is_added_at_the_desk_comes_as_a_person(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    session, desk = await a_session(db, cast.niepolomice), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        made = await add_at_desk(tx, actor=desk, session_id=session, name="Jan", email="jan@example.com", now=NOW)
    assert await entries(db, made.id) == []


async def test_the_desk_says_for_which_company_somebody_comes_whom_it_added(
    visit: Visit, db: Database, cast: Cast
) -> None:
    await hours_worth(db, cast)
    session, desk = await a_session(db, cast.niepolomice), visit(cast.coordinator)
    jan = {"name": "Jan", "email": "jan@example.com"}
    added = (await desk.post(f"/api/sessions/{session}/people", json=jan)).json()["id"]
    themself = await go(db, cast.resident, session)
    acme = {"nip": "526-10-40-828"}
    path = f"/desk/exchange/{session}/people"
    named = await post_form(desk, path, {"form": "company", "version": "1", "registration_id": added, **acme})
    assert named.status_code == 303
    assert await entries(db, UUID(added)) == [SEAT]
    assert "Jan, Acme" in (await desk.get(path)).text
    at = f"/api/sessions/{session}/registrations"
    told = (await desk.put(f"{at}/{added}/company", json=acme)).json()
    assert told["organisation_id"] == str(cast.acme) and len(await entries(db, UUID(added))) == 1
    for body, of, code in (
        ({"nip": "1234563218"}, added, "no_such_company_here"),
        ({"nip": "1"}, added, "bad_nip"),
        (acme, str(themself.id), "registered_themself"),
    ):
        assert (await desk.put(f"{at}/{of}/company", json=body)).json()["code"] == code
    other = f"/api/sessions/{await a_session(db, cast.niepolomice)}/registrations/{added}/company"
    assert (await desk.put(other, json=acme)).status_code == 404
    for who in (cast.other_coordinator, cast.owner, cast.stranger):
        assert (await visit(who).put(f"{at}/{added}/company", json=acme)).status_code in (403, 404)
    assert (await desk.put(f"{at}/{added}/company", json={})).json()["organisation_id"] is None
    assert await entries(db, UUID(added)) == [SEAT, (-36_000, 120)]


async def test_who_has_declared_nothing_is_not_named_at_the_desk(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    session, desk = await a_session(db, cast.niepolomice), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        made = await add_at_desk(tx, actor=desk, session_id=session, name="Jan", email="jan@example.com", now=NOW)
        await tx.execute("DELETE FROM aid_declaration WHERE organisation_id = $1", cast.acme)
    told = {"session_id": session, "registration_id": made.id, "nip": "5261040828", "now": NOW}
    with pytest.raises(DeclarationNeeded):
        await attempt(db, lambda tx: name_company(tx, actor=desk, **told))
    assert await entries(db, made.id) == []


async def test_given_back_or_called_off_it_is_taken_back(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    one, other = await a_session(db, cast.niepolomice), await a_session(db, cast.niepolomice)
    given, called = [await go(db, cast.member, key, organisation_id=cast.acme) for key in (one, other)]
    await attempt(db, lambda tx: cancel(tx, registration_id=given.id, now=NOW))
    desk = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: call_off(tx, actor=desk, session_id=other, reason="choroba", now=NOW))
    await attempt(db, lambda tx: tell_changes(tx, now=NOW))
    for made in (given, called):
        assert await entries(db, made.id) == [SEAT, (-36_000, 120)]


async def test_a_session_of_another_length_is_granted_anew_and_of_another_day_is_not(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    session = await a_session(db, cast.niepolomice)
    made = await go(db, cast.member, session, organisation_id=cast.acme)
    for minutes, expected in ((120, [SEAT]), (180, [SEAT, (-36_000, 120), (54_000, 180)])):
        await moved(db, cast, session, minutes)
        for _ in range(2):
            await followed(db)
        assert await entries(db, made.id) == expected


async def test_a_longer_session_over_the_ceiling_gives_the_seat_back_and_says_why(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    session = await a_session(db, cast.niepolomice)
    made = await go(db, cast.member, session, organisation_id=cast.acme)
    kept = await go(db, cast.stranger, session, organisation_id=cast.rival)
    async with transaction(db) as tx:
        await granted(tx, cast, euros=299_880)
    await moved(db, cast, session, 180)
    await followed(db)
    assert await entries(db, made.id) == [SEAT, (-36_000, 120)]
    assert await entries(db, kept.id) == [SEAT, (-36_000, 120), (54_000, 180)]
    assert await states(db, session) == ["cancelled", "registered"]
    assert "the de minimis aid in it would lift your company over the ceiling" in (await mails(db))[-1]
    assert await holds_true(db, session)


async def test_without_a_rate_what_was_granted_stands_until_there_is_one(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    session = await a_session(db, cast.niepolomice)
    made = await go(db, cast.member, session, organisation_id=cast.acme)
    await moved(db, cast, session, 60)
    async with transaction(db) as tx:
        await tx.execute("UPDATE euro_rate SET day = day - 100")
    await followed(db)
    assert await entries(db, made.id) == [SEAT]
    async with transaction(db) as tx:
        await tx.execute("UPDATE euro_rate SET day = day + 100")
    await followed(db)
    assert await entries(db, made.id) == [SEAT, (-36_000, 120), (18_000, 60)]


async def test_the_page_says_what_a_seat_is_worth_and_leads_to_the_declaration(
    db: Database, cast: Cast, visit: Visit
) -> None:
    await hours_worth(db, cast)
    session = await a_session(db, cast.niepolomice)
    path = f"/exchange/{session}/register"
    who = visit(cast.owner)
    assert "each seat at this workshop is de minimis aid worth 360.00" in (await who.get(path)).text
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM aid_declaration")
    typed = {"form": "register", "terms": "yes", "organisation_id": str(cast.acme)}
    told = await post_form(who, path, typed)
    assert told.status_code == 409
    assert f"/organisations/{cast.acme}/aid?back={path}#declare" in told.text
