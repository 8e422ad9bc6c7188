"""News, reminders, surveys, certificates, and what is forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from incubator.db.engine import Database, attempt, statement
from incubator.features import ELSEWHERE
from incubator.people.erase_account import erase_account
from incubator.people.guards import NotYours
from incubator.people.personal_data import export_personal_data
from incubator.registrations.certify import (
    NobodyThereLongEnough,
    NoCertificates,
    NoSuchSessionCertificate,
    RevokedBefore,
    certificates_of,
    issue_session_certificates,
    revoke_session_certificate,
    session_certificate_by,
)
from incubator.registrations.forget import forget_registrations
from incubator.registrations.order import Guest
from incubator.registrations.remind import remind_registered
from incubator.registrations.survey import (
    FEWEST,
    SurveyAnswers,
    SurveyOver,
    answer_session_survey,
    ask_surveys,
    survey_results,
)
from incubator.registrations.tell_changes import tell_changes
from incubator.web.links import seal
from tests.cast import Cast, acting
from tests.exchanges.cast import STARTS, a_session
from tests.moments import NOW
from tests.registrations.cast import by_mail, crowd, go, holds_true, link_in, mails, put_question, states, taken, wait

DAY, END = timedelta(days=1), STARTS + timedelta(hours=2)


async def due(db: Database, job, now: datetime = NOW) -> None:  # type: ignore[no-untyped-def]
    await attempt(db, lambda tx: job(tx, now=now))


async def run(db: Database, statement_: str, *values: object) -> None:
    async with statement(db) as tx:
        await tx.execute(statement_, *values)


async def was_there(db: Database, session: UUID, minutes: int = 120) -> None:
    await run(db, "UPDATE ticket SET minutes = $2, checked_in_at = $3 WHERE session_id = $1", session, minutes, STARTS)


async def test_who_registered_gets_a_mail_once_and_colleagues_their_tickets(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    made = await go(db, cast.member, session, guests=(Guest(name="M"), Guest(name="Ela", email="ela@example.com")))
    for _ in range(2):
        await due(db, tell_changes)
    (mine,), (hers,) = await mails(db, cast.member.email), await mails(db, "ela@example.com")
    assert link_in(mine)[0] == made.id and made.tickets[1].code in hers and str(made.id) not in hers


async def test_a_move_is_told_once_to_everybody_who_knows_the_old_time(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    await go(db, cast.member, session)
    await due(db, tell_changes)
    await wait(db, cast.resident, session)
    await run(db, "UPDATE session SET sequence = sequence + 2 WHERE id = $1", session)
    for _ in range(2):
        await due(db, tell_changes)
    for who in (cast.member, cast.resident):
        assert sum("Changed" in mail for mail in await mails(db, who.email)) == 1


async def test_calling_off_turns_everybody_away_with_the_reason(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    await go(db, cast.member, session)
    await wait(db, cast.resident, session)
    await run(
        db,
        "UPDATE session SET state = 'cancelled', cancelled_at = now(), reason = 'Awaria prądu' WHERE id = $1",
        session,
    )
    await due(db, tell_changes)
    assert await states(db, session) == ["turned_away"] * 2 and await taken(db, session) == 0
    assert "Awaria prądu" in (await mails(db, cast.resident.email))[-1] and await holds_true(db, session)


async def test_a_day_before_who_registered_is_reminded_once_with_the_link_for_joining(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, mode="online", online_url="https://spotkanie.example.com/x")
    await go(db, cast.member, session)
    await due(db, tell_changes)
    await due(db, remind_registered, STARTS - DAY - timedelta(minutes=1))
    assert len(await mails(db)) == 1 and "spotkanie.example.com" not in (await mails(db))[0]
    for _ in range(2):
        await due(db, remind_registered, STARTS - DAY)
    assert len(await mails(db)) == 2 and "spotkanie.example.com" in (await mails(db))[1]


async def answer(db: Database, ticket: UUID) -> None:
    said = SurveyAnswers(rating=5, usefulness=4, comment="Dobre")
    link = seal("survey", ticket)
    await attempt(db, lambda tx: answer_session_survey(tx, ticket_id=ticket, given=link, answers=said, now=END + DAY))


async def test_a_survey_is_asked_once_answered_once_and_shown_from_five_on(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    made = [await go(db, who, session) for who in await crowd(db, FEWEST)]
    await was_there(db, session)
    for _ in range(2):
        await due(db, ask_surveys, END + timedelta(hours=2))
    assert sum("How was it" in mail for mail in await mails(db)) == FEWEST
    coordinator = await acting(db, cast.coordinator)

    async def results(who=coordinator):  # type: ignore[no-untyped-def]
        async with statement(db) as tx:
            return await survey_results(tx, actor=who, session_id=session)

    for turn, one in enumerate(made):
        if turn == FEWEST - 1:
            assert (await results()).hidden and (await results()).comments == ()
        await answer(db, one.tickets[0].id)
        with pytest.raises(SurveyOver):
            await answer(db, one.tickets[0].id)
    got = await results()
    assert (got.answers, got.rating, got.usefulness, got.spread) == (5, 5.0, 4.0, (0, 0, 0, 0, 5))
    with pytest.raises(NotYours):
        await results(await acting(db, cast.other_coordinator))
    async with statement(db) as tx:  # nothing in the row leads back to who answered
        row = await tx.fetchrow("SELECT * FROM session_survey LIMIT 1")
    assert set(dict(row)) == {"id", "session_id", "rating", "usefulness", "comment", "wishes"}
    assert row["id"].version == 4


async def test_certificates_are_for_who_was_there_long_enough(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, presence_percent=80)
    await go(db, cast.member, session)
    await was_there(db, session, 95)
    actor = await acting(db, cast.coordinator)

    async def issue(now: datetime = END, who=actor) -> int:  # type: ignore[no-untyped-def]
        return await attempt(db, lambda tx: issue_session_certificates(tx, actor=who, session_id=session, now=now))

    with pytest.raises(NoCertificates):
        await issue(END - timedelta(minutes=1))
    with pytest.raises(NobodyThereLongEnough):
        await issue()
    await was_there(db, session, 96)
    with pytest.raises(NotYours):
        await issue(who=await acting(db, cast.other_coordinator))
    assert await issue() == 1
    with pytest.raises(NobodyThereLongEnough):
        await issue()
    async with statement(db) as tx:
        (one,) = await certificates_of(tx, session_id=session)
        assert await session_certificate_by(tx, code=one.code.lower().replace("-", " ")) == one
        with pytest.raises(NoSuchSessionCertificate):
            await session_certificate_by(tx, code="AAAA")
    assert (one.holder, one.minutes, one.number) == ("Member", 96, 1)
    assert one.code in (await mails(db, cast.member.email))[-1]

    async def revoke() -> None:
        await attempt(
            db,
            lambda tx: revoke_session_certificate(
                tx, actor=actor, session_id=session, certificate_id=one.id, reason="Pomyłka", now=END
            ),
        )

    await revoke()
    with pytest.raises(RevokedBefore):
        await revoke()
    assert await issue() == 1


async def test_who_has_no_account_is_forgotten_and_the_count_stays(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    question = await put_question(db, session)
    await by_mail(db, "jan@example.com", session, answers={question: "wege"})
    await go(db, cast.member, session, answers={question: "x"}, guests=(Guest(name="Member"), Guest(name="Ela")))
    await due(db, forget_registrations, END + timedelta(days=90))
    assert len([1 async for _ in names(db, session)]) == 3
    await due(db, forget_registrations, END + timedelta(days=90, seconds=1))
    assert sorted([name async for name in names(db, session)]) == ["", "", "Member"]
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM registration_answer") == 0
        assert await tx.fetchval("SELECT count(*) FROM registration WHERE email = ''") == 1
    assert await taken(db, session) == 3 and await holds_true(db, session)


async def names(db: Database, session: UUID):  # type: ignore[no-untyped-def]
    async with statement(db) as tx:
        for row in await tx.fetch("SELECT name FROM ticket WHERE session_id = $1 AND name IS NOT NULL", session):
            yield row["name"]


async def test_an_export_holds_ones_own_and_what_was_registered_with_the_address(db: Database, cast: Cast) -> None:
    session, other = await a_session(db, cast.niepolomice), await a_session(db, cast.skawina)
    await go(db, cast.resident, session)
    await by_mail(db, cast.resident.email, other)
    await go(db, cast.member, other)
    async with statement(db) as tx:
        told = await export_personal_data(tx, actor=await acting(db, cast.resident), elsewhere=ELSEWHERE, now=NOW)
    assert len(told["session_registrations"]) == len(told["session_tickets"]) == 2  # type: ignore[arg-type]


async def test_who_erases_their_account_gives_the_seat_back_and_leaves_no_name(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    await go(db, cast.resident, session)
    await wait(db, cast.stranger, session)
    actor = await acting(db, cast.resident)
    await attempt(
        db,
        lambda tx: erase_account(tx, actor=actor, confirmation=cast.resident.email, elsewhere=ELSEWHERE, now=NOW),
    )
    assert await states(db, session) == ["cancelled", "offered"] and await holds_true(db, session)
    async with statement(db) as tx:
        kept = await tx.fetchrow("SELECT name, email FROM registration WHERE account_id = $1", cast.resident.id)
    assert tuple(kept) == ("", "")
