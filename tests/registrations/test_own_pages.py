"""What somebody reads of their own seats: on the page of the session, and on the page of their registration."""

from datetime import timedelta

from incubator.db.engine import Database, statement, transaction
from tests.browsing import post_form
from tests.cast import Cast
from tests.exchanges.cast import STARTS, a_session
from tests.moments import NOW
from tests.registrations.cast import go, link_in, mails, wait

TERMS = {"form": "register", "terms": "yes"}
HOUR = timedelta(hours=1)


async def test_who_came_by_mail_confirms_and_who_waited_takes_the_seat(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, capacity=1)
    typed = {**TERMS, "name": "Jan Nowak", "email": "jan@example.com"}
    await post_form(visit(), f"/exchange/{session}/register", typed)
    waiting = await wait(db, cast.resident, session)
    key, seal = link_in((await mails(db, "jan@example.com"))[0])
    address = f"/registrations/{key}/by/{seal}"
    assert "Potwierdź zapis" in (await visit().get(address)).text
    await post_form(visit(), address, {"form": "confirm"})
    assert f'href="{address}/session.ics"' in (await visit().get(address)).text
    await post_form(visit(), address, {"form": "cancel"})
    offered = (await visit(cast.resident).get(f"/registrations/{waiting.id}")).text
    assert "Take the seat" in offered and "Confirm the registration" not in offered


async def test_a_session_tells_who_is_registered_and_nobody_else(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    mine = await go(db, cast.member, session)
    address = f"/exchange/{session}"
    own = (await visit(cast.member).get(address)).text
    assert f'href="/registrations/{mine.id}"' in own and f'href="{address}/register"' not in own
    for other in (visit(), visit(cast.resident)):
        page = (await other.get(address)).text
        assert str(mine.id) not in page and f'href="{address}/register"' in page


async def test_seats_that_are_for_others_still_are_not_asked_for_in_vain(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, priority_for="gmina", priority_until=NOW + HOUR)
    address = f"/exchange/{session}/register"
    assert 'name="terms"' in (await visit(cast.member).get(address)).text  # Acme is of Niepołomice
    stranger, nobody = (await visit(cast.stranger).get(address)).text, (await visit().get(address)).text
    assert 'name="terms"' not in stranger + nobody
    assert "Niepołomice" in stranger and 'href="/me"' in stranger and "/sign-in" in nobody
    refused = await post_form(visit(cast.stranger), address, TERMS)
    assert refused.status_code == 403 and refused.text.count("notice") == 1


async def test_the_address_of_a_colleague_that_is_none_is_said_to_be_theirs(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    typed = {**TERMS, "own_name": "Member", "guest1_name": "Ola Pole", "guest1_email": "nowhere"}
    answer = await post_form(visit(cast.member), f"/exchange/{session}/register", typed)
    assert answer.status_code == 422 and "address of Ola Pole" in answer.text


async def test_a_certificate_is_found_with_the_registration(db: Database, cast: Cast, clock, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice, presence_percent=50)
    mine = await go(db, cast.member, session)
    async with transaction(db) as tx:
        await tx.execute("UPDATE ticket SET minutes = 120 WHERE session_id = $1", session)
    clock.now = STARTS + timedelta(hours=3)
    typed = {"form": "certify", "version": "1"}
    await post_form(visit(cast.coordinator), f"/desk/exchange/{session}/people", typed)
    async with statement(db) as tx:
        code = await tx.fetchval("SELECT code FROM session_certificate")
    assert f"/exchange/certificates/{code}" in (await visit(cast.member).get(f"/registrations/{mine.id}")).text
