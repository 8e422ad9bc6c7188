"""Registering, signed in and by mail address alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from incubator.bookings.place import StandingChanged
from incubator.db.engine import Database, attempt, statement
from incubator.db.history import history_of
from incubator.exchanges.queries import NoSuchSession
from incubator.people.attempts import TooOften
from incubator.people.rules import BadEmail
from incubator.registrations.confirm import OfferLapsed, confirm
from incubator.registrations.offer_next import sessions_due
from incubator.registrations.order import Guest, NotOfOrganisation
from incubator.registrations.place import NoSeatCredit, RegisteredAlready, SessionFull, StallTaken
from incubator.registrations.queries import registration_by_id
from incubator.registrations.rules import (
    AnswerMissing,
    ForParticipants,
    NoSuchStall,
    NotOpenYet,
    PriorityOnly,
    RegistrationClosed,
    SessionNotHeld,
    SessionTermsNotAccepted,
    TooManyEach,
)
from incubator.registrations.states import State
from tests.cast import Cast
from tests.credits.cast import put_credit, used
from tests.exchanges.cast import STARTS, a_session
from tests.moments import NOW
from tests.registrations.cast import (
    by_mail,
    go,
    guests,
    holds_true,
    link_in,
    mails,
    put_question,
    put_stall,
    states,
    taken,
)

HOUR = timedelta(hours=1)


async def test_a_registration_takes_a_seat_and_gives_a_ticket(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=3)
    made = await go(db, cast.member, session)
    async with statement(db) as tx:
        kept = await registration_by_id(tx, registration_id=made.id)
        (deed,) = await history_of(tx, subject_id=made.id)
    assert (kept.state, kept.email, len(kept.tickets[0].code)) == (State.REGISTERED, cast.member.email, 32)
    assert kept == replace(made, place=None)
    assert deed["verb"] == "register" and deed["actor_id"] == cast.member.id
    assert await taken(db, session) == 1


async def test_colleagues_come_along_as_far_as_one_may_bring_them(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=9, most_each=3)
    made = await go(
        db, cast.member, session, guests=(*guests("Ala", "Ola"), Guest(name="Ela", email="Ela@Example.com"))
    )
    assert [(one.name, one.email) for one in made.tickets] == [("Ala", ""), ("Ola", ""), ("Ela", "ela@example.com")]
    assert await taken(db, session) == 3
    with pytest.raises(TooManyEach):
        await go(db, cast.colleague, session, guests=guests("A", "B", "C", "D"))
    assert await holds_true(db, session)


async def test_a_full_session_is_refused_and_nothing_is_left_behind(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=2)
    await go(db, cast.member, session)
    with pytest.raises(SessionFull):
        await go(db, cast.resident, session, guests=guests("A", "B"))
    await go(db, cast.resident, session)
    with pytest.raises(SessionFull):
        await go(db, cast.stranger, session)
    assert await states(db, session) == ["registered"] * 2 and await holds_true(db, session)


async def test_one_person_registers_once(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    with pytest.raises(RegisteredAlready):
        await go(db, cast.member, session)
    assert await holds_true(db, session)


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"opens_at": NOW + HOUR}, NotOpenYet),
        ({"closes_at": NOW}, RegistrationClosed),
        ({"priority_for": "gmina", "priority_until": NOW + HOUR}, PriorityOnly),
        ({"draws_seats": True}, NoSeatCredit),
    ],
)
async def test_rules_of_the_session_refuse(
    db: Database, cast: Cast, columns: dict[str, object], refusal: type[Exception]
) -> None:
    session = await a_session(db, cast.niepolomice, **columns)
    for _ in range(2):  # by rules just read, and by those remembered
        with pytest.raises(refusal):
            await go(db, cast.resident, session)
    assert await taken(db, session) == 0


async def test_after_its_start_registering_is_closed(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    with pytest.raises(RegistrationClosed):
        await go(db, cast.resident, session, now=STARTS)


async def test_those_of_the_gmina_go_first(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, priority_for="gmina", priority_until=NOW + HOUR)
    assert (await go(db, cast.member, session)).priority  # Acme is of Niepołomice
    with pytest.raises(PriorityOnly):
        await go(db, cast.stranger, session)
    assert not (await go(db, cast.stranger, session, now=NOW + HOUR)).priority


async def test_terms_have_to_be_accepted(db: Database, cast: Cast) -> None:
    with pytest.raises(SessionTermsNotAccepted):
        await go(db, cast.member, await a_session(db, cast.niepolomice), terms_accepted=False)


@pytest.mark.parametrize("answer", ["", "x" * 2_001, "a\0b"])
async def test_a_required_question_needs_an_answer_that_fits(db: Database, cast: Cast, answer: str) -> None:
    session = await a_session(db, cast.niepolomice)
    question = await put_question(db, session)
    with pytest.raises(AnswerMissing):
        await go(db, cast.member, session, answers={question: answer})


async def test_answers_are_kept(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    question = await put_question(db, session, kind="choice", choices=("mięso", "warzywa"))
    with pytest.raises(AnswerMissing):
        await go(db, cast.member, session, answers={question: "2"})
    made = await go(db, cast.member, session, answers={question: "1"})
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT value FROM registration_answer WHERE registration_id = $1", made.id) == "1"


async def test_a_question_added_meanwhile_is_asked_though_rules_are_remembered(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await put_question(db, session)
    with pytest.raises(AnswerMissing):
        await go(db, cast.resident, session)


async def test_a_stall_goes_to_one(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, kind="market")
    stall, other = await put_stall(db, session, "1"), await put_stall(db, session, "2")
    made = await go(db, cast.member, session, stall_id=stall)
    assert made.tickets[0].stall_id == stall
    with pytest.raises(StallTaken):
        await go(db, cast.resident, session, stall_id=stall)
    with pytest.raises(NoSuchStall):
        await go(db, cast.resident, session, stall_id=cast.acme)
    await go(db, cast.resident, session, stall_id=other)
    assert await holds_true(db, session)


async def test_seats_are_drawn_from_what_a_programme_granted(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, draws_seats=True)
    credit = await put_credit(db, cast.acme, kind="seats", granted=2)
    made = await go(db, cast.member, session, organisation_id=cast.acme, guests=guests("A", "B"))
    assert made.credit_id == credit and await used(db, credit) == 2
    with pytest.raises(NoSeatCredit):
        await go(db, cast.colleague, session, organisation_id=cast.acme)
    with pytest.raises(NotOfOrganisation):
        await go(db, cast.stranger, session, organisation_id=cast.acme)
    with pytest.raises(ForParticipants):
        await by_mail(db, "jan@example.com", session)
    own = await put_credit(db, person=cast.resident.id, kind="seats", granted=1)
    await go(db, cast.resident, session)
    assert await used(db, own) == 1
    assert await taken(db, session) == 3 and await holds_true(db, session)


async def test_a_draft_is_not_there_and_what_was_called_off_says_so(db: Database, cast: Cast) -> None:
    with pytest.raises(NoSuchSession):
        await go(db, cast.member, await a_session(db, cast.niepolomice, state="draft"))
    with pytest.raises(SessionNotHeld):
        await go(db, cast.member, await a_session(db, cast.niepolomice, state="cancelled"))


async def test_who_was_erased_since_does_not_register(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    from tests.cast import acting

    actor = await acting(db, cast.resident)
    async with statement(db) as tx:
        await tx.execute("UPDATE account SET erased_at = now(), email = NULL WHERE id = $1", cast.resident.id)
    from incubator.registrations.register import register
    from tests.registrations.cast import order

    with pytest.raises(StandingChanged):
        await attempt(db, lambda tx: register(tx, actor=actor, order=order(session), now=NOW), bare=True)
    assert await taken(db, session) == 0


async def test_an_address_alone_has_its_seat_once_the_mailed_link_was_used(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    await by_mail(db, "Jan@Example.com", session)
    (mail,) = await mails(db, "jan@example.com")
    key, _ = link_in(mail)
    assert await taken(db, session) == 1
    made = await attempt(db, lambda tx: confirm(tx, registration_id=key, now=NOW + HOUR))
    again = await attempt(db, lambda tx: confirm(tx, registration_id=key, now=NOW + 5 * HOUR))
    assert made.state == again.state == State.REGISTERED and await holds_true(db, session)


async def test_an_address_that_nobody_reads_gives_its_seat_back(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    await by_mail(db, "jan@example.com", session)
    key, _ = link_in((await mails(db))[0])
    with pytest.raises(OfferLapsed):
        await attempt(db, lambda tx: confirm(tx, registration_id=key, now=NOW + 2 * HOUR))
    await go(db, cast.member, session, now=NOW + 2 * HOUR)  # even before the job came round
    assert await states(db, session) == ["lapsed", "registered"] and await holds_true(db, session)
    await attempt(db, lambda tx: sessions_due(tx, now=NOW + 2 * HOUR))
    assert len(await mails(db)) == 1


async def test_nobody_learns_from_the_answer_whether_an_address_is_registered(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await by_mail(db, cast.member.email, session)
    await by_mail(db, "new@example.com", session)
    assert len(await mails(db, cast.member.email)) == len(await mails(db, "new@example.com")) == 1
    assert await states(db, session) == ["registered", "offered"]


async def test_one_client_cannot_fill_a_session_with_addresses(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=None)
    for n in range(40):
        await by_mail(db, f"a{n}@example.com", session, client="here")
    with pytest.raises(TooOften):
        await by_mail(db, "b@example.com", session, client="here")


async def test_one_address_is_written_to_so_often_and_not_more(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    for n in range(10):
        await by_mail(db, "a@example.com", session, client=str(n))
    with pytest.raises(TooOften):
        await by_mail(db, "A@example.com", session, client="else")
    assert await taken(db, session) == 1


@pytest.mark.parametrize("email", ["", "no", "a@b\n.pl", "a" * 250 + "@b.pl"])
async def test_what_is_no_address_is_refused(db: Database, cast: Cast, email: str) -> None:
    with pytest.raises(BadEmail):
        await by_mail(db, email, await a_session(db, cast.niepolomice), client="x")
