"""What who runs a session does for those who come: add one who rang up, write to all."""

import asyncio

import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.errors import NotFound, Refusal
from incubator.people.guards import NotYours
from incubator.people.rules import BadEmail
from incubator.registrations.add_at_desk import add_at_desk
from incubator.registrations.place import RegisteredAlready, SessionFull
from incubator.registrations.rules import SessionNotHeld
from incubator.registrations.tell_changes import tell_changes
from incubator.registrations.views import RegistrationView
from incubator.registrations.write_to_all import Message, MessageEmpty, NobodyToWriteTo, write_to_all
from incubator.web.etags import ChangedMeanwhile
from tests.browsing import post_form
from tests.cast import Cast, Person, acting
from tests.exchanges.cast import a_session
from tests.moments import NOW
from tests.registrations.cast import go, guests, holds_true, link_in, mails, put_question, states, wait

PARKING = Message(subject="Parking", text="Wjazd od podwórza.\n\nDo zobaczenia!")


async def added(db: Database, who: Person, session: object, email: str = "jan@example.com") -> RegistrationView:
    actor = await acting(db, who)
    told = {"session_id": session, "name": "Jan Nowak", "email": email}
    return await attempt(db, lambda tx: add_at_desk(tx, actor=actor, **told, now=NOW))  # type: ignore[arg-type]


async def written(
    db: Database, who: Person, session: object, message: Message = PARKING, seen: int | None = None
) -> int:
    actor = await acting(db, who)
    told = {"session_id": session, "message": message, "seen": seen}
    return await attempt(db, lambda tx: write_to_all(tx, actor=actor, **told, now=NOW))  # type: ignore[arg-type]


async def test_who_rang_up_has_a_seat_and_a_mail_with_the_way_out(db: Database, cast: Cast) -> None:
    session = await a_session(
        db, cast.niepolomice, capacity=2, priority_for="gmina", priority_until=NOW.replace(year=2027)
    )
    await put_question(db, session)
    made = await added(db, cast.coordinator, session)
    assert await states(db, session) == ["registered"] and await holds_true(db, session)
    async with transaction(db) as tx:
        await tell_changes(tx, now=NOW)
        verbs = [row["verb"] for row in await tx.fetch("SELECT verb FROM history WHERE subject_id = $1", made.id)]
    assert "add_at_desk" in verbs
    assert link_in((await mails(db, "jan@example.com"))[0])[0] == made.id


async def test_a_seat_is_given_at_the_desk_only_where_there_is_one(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    many = await asyncio.gather(
        *(added(db, cast.coordinator, session, f"j{turn}@example.com") for turn in range(6)), return_exceptions=True
    )
    assert sum(isinstance(one, RegistrationView) for one in many) == 1
    assert sum(isinstance(one, SessionFull) for one in many) == 5 and await holds_true(db, session)
    other = await a_session(db, cast.niepolomice)
    await added(db, cast.coordinator, other)
    refusals: list[tuple[Person, object, str, type[Refusal]]] = [
        (cast.coordinator, other, "JAN@example.com", RegisteredAlready),
        (cast.coordinator, other, "nobody", BadEmail),
        (cast.other_coordinator, other, "a@example.com", NotYours),
        (cast.member, other, "a@example.com", NotYours),
        (cast.coordinator, await a_session(db, cast.niepolomice, state="cancelled"), "a@example.com", SessionNotHeld),
    ]
    for who, where, email, refusal in refusals:
        with pytest.raises(refusal):
            await added(db, who, where, email)


async def test_all_who_are_registered_are_written_to_each_with_their_own_link(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=3)
    made = await go(db, cast.member, session, guests=guests("Ola", "Ela"))
    async with statement(db) as tx:
        await tx.execute("UPDATE ticket SET email = 'ola@example.com' WHERE name = 'Ola'")
    alone = await added(db, cast.coordinator, session)
    await wait(db, cast.resident, session)
    assert await written(db, cast.coordinator, session) == 3
    told = [mail for mail in await mails(db) if mail.startswith("Parking")]
    assert len(told) == 3 and all("Wjazd od podwórza.\n\nDo zobaczenia!" in mail for mail in told)
    (ola,) = await mails(db, "ola@example.com")
    assert "/tickets/" in ola and "/registrations/" not in ola
    assert link_in((await mails(db, "jan@example.com"))[-1])[0] == alone.id != made.id
    assert await written(db, cast.coordinator, session, Message(subject="P", text="T", waiting=True)) == 4
    async with statement(db) as tx:
        kept = await tx.fetchval("SELECT string_agg(after::text, ' ') FROM history WHERE verb = 'write_to_all'")
    assert "mails" in kept and "podwórza" not in kept


async def test_nothing_is_sent_twice_by_a_slip_or_without_words_or_to_nobody(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    with pytest.raises(NobodyToWriteTo):
        await written(db, cast.coordinator, session)
    await go(db, cast.member, session)
    with pytest.raises(MessageEmpty):
        await written(db, cast.coordinator, session, Message(subject="P", text=" \n"))
    for who in (cast.other_coordinator, cast.member):
        with pytest.raises((NotYours, NotFound)):
            await written(db, who, session)
    twice = await asyncio.gather(
        *(written(db, cast.coordinator, session, seen=1) for _ in range(2)), return_exceptions=True
    )
    assert sorted(map(str, map(type, twice))) == sorted(map(str, (int, ChangedMeanwhile)))


async def test_the_page_of_who_comes_adds_and_writes(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    desk, path = visit(cast.coordinator), f"/desk/exchange/{session}/people?lang=en"
    wrong = await post_form(desk, path, {"form": "add", "version": "1", "name": "Jan", "email": "nobody"})
    assert wrong.status_code == 422 and 'value="nobody"' in wrong.text
    person = {"form": "add", "version": "1", "name": "Jan", "email": "jan@example.com"}
    assert (await post_form(desk, path, person)).status_code == 303
    message = {"form": "write", "version": "1", "subject": "Parking", "text": "Od <b>podwórza</b>"}
    assert (await post_form(desk, path, message)).status_code == 303
    assert (await post_form(desk, path, message)).status_code == 412
    assert "Od <b>podwórza</b>" in (await mails(db, "jan@example.com"))[0]
