"""What people with bad luck or bad will hand in, and what follows from it."""

from datetime import timedelta

import pytest

from incubator.db.engine import Database, attempt
from incubator.exchanges.call_off import call_off
from incubator.exchanges.decide_minimum import decide_minimum
from incubator.features import ELSEWHERE
from incubator.kernel.ids import uuid7
from incubator.people.erase_account import erase_account
from incubator.people.personal_data import export_personal_data
from incubator.registrations.cancel import cancel
from incubator.registrations.colleagues import BY_ACCOUNT
from incubator.registrations.confirm import confirm
from incubator.registrations.correct_attendance import Evidence, correct_attendance
from incubator.registrations.door import Result
from incubator.registrations.door_rules import Kind
from incubator.registrations.offer_next import sessions_due
from incubator.registrations.order import Guest
from incubator.registrations.tell_changes import tell_changes
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.exchanges.cast import STARTS, a_session, scalar
from tests.moments import NOW
from tests.registrations.cast import by_mail, go, holds_true, mails, states, wait
from tests.registrations.test_door import END, seen, tell, tickets

TERMS = {"form": "register", "terms": "yes"}
DASHES = "-" * 36


async def test_a_name_of_a_field_that_is_no_identifier_is_no_fault_of_ours(
    db: Database, cast: Cast, clock, visit
) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    typed = {**TERMS, f"answer_{DASHES}": "x"}
    answer = await post_form(visit(cast.member), f"/exchange/{session}/register", typed)
    assert answer.status_code < 500
    clock.now = STARTS + timedelta(hours=1)
    desk = visit(cast.coordinator)
    typed = {"form": "attendance", "evidence": "list", f"minutes_{DASHES}": "5"}
    assert (await post_form(desk, f"/desk/exchange/{session}/people", typed)).status_code < 500


@pytest.mark.parametrize(
    "path",
    ["/tickets/%00", "/tickets/%ED%A0%80", "/exchange/certificates/%00", "/exchange/certificates/%ED%A0%80/paper"],
)
async def test_codes_that_are_none_are_not_found(db: Database, cast: Cast, visit, path: str) -> None:  # type: ignore[no-untyped-def]
    assert 400 <= (await visit().get(path)).status_code < 500


async def test_the_door_of_a_session_of_several_days_takes_who_comes(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, minutes=3 * 1440)
    ticket = (await go(db, cast.member, session)).tickets[0]
    assert await tell(db, cast.coordinator, session, [seen(code=ticket.code)]) == [Result.NOTED]
    assert [one.minutes for one in await tickets(db, session)] == [3 * 1440]
    actor = await acting(db, cast.coordinator)
    told = {"session_id": session, "ticket_id": ticket.id, "minutes": 4000, "evidence": Evidence.LIST}
    await attempt(db, lambda tx: correct_attendance(tx, actor=actor, now=STARTS + timedelta(days=3), **told))
    assert [one.minutes for one in await tickets(db, session)] == [4000]


async def test_times_at_the_edge_of_the_calendar_are_taken_or_refused(db: Database, cast: Cast, clock, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    ticket = (await go(db, cast.member, session)).tickets[0]
    clock.now = STARTS
    for at in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z"):
        events = f'{{"events": [{{"id": "{uuid7()}", "kind": "in", "at": "{at}", "ticket_id": "{ticket.id}"}}]}}'
        answer = await post_form(visit(cast.coordinator), f"/desk/exchange/{session}/door/events", {"events": events})
        assert answer.status_code < 500, at


async def test_calling_off_after_somebody_walked_in_tells_everybody_all_the_same(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await tell(db, cast.coordinator, session, [seen(Kind.WALK_IN, name="Ewa")], now=STARTS)
    actor = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: call_off(tx, actor=actor, session_id=session, reason="Awaria", now=STARTS))
    await attempt(db, lambda tx: tell_changes(tx, now=STARTS))
    assert "turned_away" in await states(db, session) and await holds_true(db, session)
    assert any("Awaria" in mail for mail in await mails(db))


async def test_who_waited_and_takes_the_offer_gets_the_tickets_and_so_do_colleagues(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=2)
    first = await go(db, cast.member, session, guests=(Guest(name="A"), Guest(name="B")))
    both = (Guest(name="Ola"), Guest(name="Iga", email="iga@example.com"))
    waiting = await wait(db, cast.resident, session, guests=both)
    await attempt(db, lambda tx: cancel(tx, registration_id=first.id, now=NOW))
    await attempt(db, lambda tx: confirm(tx, registration_id=waiting.id, now=NOW))
    for _ in range(2):
        await attempt(db, lambda tx: tell_changes(tx, now=NOW))
    assert len(await mails(db, "iga@example.com")) == 1


async def test_who_leaves_the_house_leaves_the_tickets_that_others_took_for_them_too(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    mine = str(await scalar(db, "SELECT email FROM account WHERE id = $1", cast.resident.id))
    await go(db, cast.member, session, guests=(Guest(name="Member"), Guest(name="Resident", email=mine)))
    actor = await acting(db, cast.resident)
    await attempt(
        db, lambda tx: erase_account(tx, actor=actor, confirmation=cast.resident.email, elsewhere=ELSEWHERE, now=NOW)
    )
    assert await scalar(db, "SELECT count(*) FROM ticket WHERE email = $1 OR name = 'Resident'", mine) == 0
    assert await holds_true(db, session)


async def test_who_is_let_in_without_having_confirmed_keeps_the_seat_and_the_presence(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await by_mail(db, "jan@example.com", session, now=STARTS - timedelta(minutes=30))
    (ticket,) = await tickets(db, session)
    assert await tell(db, cast.coordinator, session, [seen(code=ticket.code)], now=END) == [Result.NOTED]
    await attempt(db, lambda tx: sessions_due(tx, now=END + timedelta(hours=3)))
    assert await states(db, session) == ["registered"] and await holds_true(db, session)
    assert [(one.live, one.minutes) for one in await tickets(db, session)] == [(True, 120)]


async def test_a_session_that_has_begun_is_not_called_off_for_its_minimum(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, minimum=3, decide_at=STARTS - timedelta(hours=1))
    await attempt(db, lambda tx: decide_minimum(tx, now=STARTS + timedelta(minutes=1)))
    assert await scalar(db, "SELECT state FROM session WHERE id = $1", session) == "published"


async def test_an_export_holds_the_tickets_that_others_took_for_the_person(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session, guests=(Guest(name="Member"), Guest(name="Ola", email=cast.resident.email)))
    actor = await acting(db, cast.resident)
    told = await attempt(db, lambda tx: export_personal_data(tx, actor=actor, elsewhere=ELSEWHERE, now=NOW))
    assert [one["name"] for one in told["session_tickets"]] == ["Ola"]


async def test_who_registered_reads_that_too_few_did(db: Database, cast: Cast) -> None:
    before = STARTS - timedelta(hours=1)
    session = await a_session(db, cast.niepolomice, minimum=3, decide_at=before)
    await go(db, cast.member, session)
    await attempt(db, lambda tx: decide_minimum(tx, now=before))
    await attempt(db, lambda tx: tell_changes(tx, now=before))
    assert await states(db, session) == ["turned_away"] and await holds_true(db, session)
    (mail,) = await mails(db, cast.member.email)
    assert ("Too few people" in mail) or ("zbyt mało" in mail) or ("za mało" in mail), mail


async def test_whoever_is_called_off_later_is_not_told_that_too_few_came(db: Database, cast: Cast) -> None:
    before = STARTS - timedelta(hours=1)
    session = await a_session(db, cast.niepolomice, minimum=1, decide_at=before)
    await go(db, cast.member, session)
    await attempt(db, lambda tx: decide_minimum(tx, now=before))
    actor = await acting(db, cast.coordinator)
    late = before + timedelta(minutes=5)
    await attempt(db, lambda tx: call_off(tx, actor=actor, session_id=session, reason="", now=late))
    await attempt(db, lambda tx: tell_changes(tx, now=late))
    (mail,) = await mails(db, cast.member.email)
    assert "Too few people" not in mail and "mało" not in mail


async def test_addresses_of_others_are_not_written_to_without_end(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    browser, typed = visit(cast.member), {"form": "register", "guest1_name": "Jan", "guest1_email": "jan@example.com"}
    for _ in range(BY_ACCOUNT.times):  # the terms are not accepted, so nothing comes of it; it counts all the same
        assert (await post_form(browser, f"/exchange/{session}/register", typed)).status_code == 422
    assert (await post_form(browser, f"/exchange/{session}/register", typed)).status_code == 429
    alone = {**TERMS, "own_name": "Aniela"}
    assert (await post_form(browser, f"/exchange/{session}/register", alone)).status_code == 303


async def test_an_offer_that_nobody_took_in_time_does_not_count_for_the_minimum(db: Database, cast: Cast) -> None:
    before = STARTS - timedelta(hours=1)
    late, in_time = [await a_session(db, cast.niepolomice, minimum=1, decide_at=before) for _ in range(2)]
    await by_mail(db, "late@example.com", late, now=before - timedelta(hours=2))
    await by_mail(db, "soon@example.com", in_time, now=before - timedelta(hours=1))
    await attempt(db, lambda tx: decide_minimum(tx, now=before))
    state = "SELECT state FROM session WHERE id = $1"
    assert [await scalar(db, state, one) for one in (late, in_time)] == ["cancelled", "published"]
