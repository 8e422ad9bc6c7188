"""What was answered may be answered anew, by whose answers they are, until the session begins."""

from datetime import timedelta
from uuid import UUID

import pytest

from incubator.db.engine import Database, attempt, statement
from incubator.db.history import history_of
from incubator.kernel.ids import uuid7
from incubator.registrations.answer_again import answer_own_again, answers_given
from incubator.registrations.cancel import SessionBegun
from incubator.registrations.own import cancel_own
from incubator.registrations.queries import NoSuchRegistration
from incubator.registrations.rules import AnswerMissing
from incubator.registrations.settle import RegistrationOver
from tests.browsing import post_form
from tests.cast import Cast, Person, acting
from tests.exchanges.cast import STARTS, a_session
from tests.moments import NOW
from tests.registrations.cast import go, link_in, mails, put_question, wait

TERMS = {"form": "register", "terms": "yes"}


async def again(db: Database, who: Person, key: UUID, answers: dict[UUID, str], *, hours: int = 0) -> None:
    actor, now = await acting(db, who), NOW + timedelta(hours=hours)
    await attempt(db, lambda tx: answer_own_again(tx, actor=actor, registration_id=key, answers=answers, now=now))


async def given(db: Database, key: UUID) -> dict[UUID, str]:
    async with statement(db) as tx:
        return await answers_given(tx, registration_id=key)


async def test_the_new_answers_stand_and_the_history_holds_no_word_of_them(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    diet, other = await put_question(db, session), await put_question(db, session, required=False)
    mine = await go(db, cast.member, session, answers={diet: "wege", other: "winda"})
    await again(db, cast.member, mine.id, {diet: "bez glutenu", uuid7(): "of no question"})
    assert await given(db, mine.id) == {diet: "bez glutenu"}
    async with statement(db) as tx:
        told = await history_of(tx, subject_id=mine.id)
    assert told[-1]["verb"] == "answer_again" and "gluten" not in str(told)


async def test_who_waits_may_answer_again_too(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    diet = await put_question(db, session)
    await go(db, cast.member, session, answers={diet: "wege"})
    waiting = await wait(db, cast.resident, session, answers={diet: "mięso"})
    await again(db, cast.resident, waiting.id, {diet: "ryby"})
    assert await given(db, waiting.id) == {diet: "ryby"}


async def test_what_has_to_be_answered_is_and_the_old_answers_stay(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    diet = await put_question(db, session)
    mine = await go(db, cast.member, session, answers={diet: "wege"})
    for answers in ({}, {diet: ""}, {diet: "x" * 2001}, {diet: "a\0b"}):
        with pytest.raises(AnswerMissing):
            await again(db, cast.member, mine.id, answers)
    assert await given(db, mine.id) == {diet: "wege"}


async def test_not_by_others_nor_too_late_nor_for_what_was_given_up(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    mine = await go(db, cast.member, session)
    for who in (cast.stranger, cast.other_coordinator):
        with pytest.raises(NoSuchRegistration):
            await again(db, who, mine.id, {})
    with pytest.raises(SessionBegun):
        await again(db, cast.member, mine.id, {}, hours=(STARTS - NOW) // timedelta(hours=1) + 1)
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel_own(tx, actor=actor, registration_id=mine.id, now=NOW))
    with pytest.raises(RegistrationOver):
        await again(db, cast.member, mine.id, {})


async def test_the_page_shows_what_was_answered_and_takes_what_is_answered_now(db: Database, cast: Cast, visit) -> None:  # type: ignore[no-untyped-def]
    session = await a_session(db, cast.niepolomice)
    diet = await put_question(db, session)
    typed = {**TERMS, "name": "Jan Nowak", "email": "jan@example.com", f"answer_{diet}": "wege <3"}
    await post_form(visit(), f"/exchange/{session}/register", typed)
    key, seal = link_in((await mails(db, "jan@example.com"))[0])
    address = f"/registrations/{key}/by/{seal}"
    assert "wege &lt;3" in (await visit().get(address)).text
    refused = await post_form(visit(), address, {"form": "answers", f"answer_{diet}": ""})
    assert refused.status_code == 422
    done = await post_form(visit(), address, {"form": "answers", f"answer_{diet}": "ryby"})
    assert done.status_code == 303 and await given(db, UUID(str(key))) == {diet: "ryby"}
