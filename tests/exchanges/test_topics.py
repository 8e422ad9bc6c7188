"""People ask for topics; what becomes of them is told to those who asked, and stands on the page."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.exchanges.ask_topic import ask_topic
from incubator.exchanges.call_off import call_off
from incubator.exchanges.details_topics import Note, Official, TopicDetails
from incubator.exchanges.move_topic import (
    AnswerByPast,
    SessionOfAnother,
    answer_topic,
    assign_topic,
    decline_topic,
    follow_up,
    let_through,
    plan_topic,
)
from incubator.exchanges.publish import publish
from incubator.exchanges.remind_topics import remind_topics
from incubator.exchanges.states import TOPIC_ALLOWED, TopicState
from incubator.exchanges.support_topic import support_topic, withdraw_support
from incubator.exchanges.topics import (
    NoSuchTopicRequest,
    TopicNotSo,
    Topics,
    topic_in_full,
    topics_asked,
    topics_run,
    topics_waiting,
)
from incubator.exchanges.views_topics import TopicInFull
from incubator.people.guards import NotYours
from incubator.places.queries import NoSuchGmina
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.exchanges.cast import a_session, scalar
from tests.races import outcomes

OFFICIAL = Official(official_role="Skarbnik gminy", answer_by=NOW.date() + timedelta(days=7))
MAILS = "SELECT array_agg(recipient ORDER BY recipient) FROM mail WHERE subject LIKE $1"


async def asked(db: Database, who: Person, gmina: UUID | None, title: str = "Ulga na start") -> UUID:
    actor = await acting(db, who)
    details = TopicDetails(title=title, about="Bo nie wiem")
    return (await attempt(db, lambda tx: ask_topic(tx, actor=actor, gmina_id=gmina, details=details, now=NOW))).id


async def by(
    db: Database, who: Person, verb: Callable[..., Awaitable[TopicInFull]], topic: UUID, **more: Any
) -> TopicInFull:
    actor = await acting(db, who)
    return await attempt(db, lambda tx: verb(tx, actor=actor, topic_id=topic, now=NOW, **more))


async def supported(db: Database, who: Person, topic: UUID) -> None:
    actor = await acting(db, who)
    async with transaction(db) as tx:
        await support_topic(tx, actor=actor, topic_id=topic, now=NOW)


async def seen_by(db: Database, who: Person | None) -> list[UUID]:
    reader = await acting(db, who) if who else None
    async with statement(db) as tx:
        return [topic.id for topic in await topics_asked(tx, reader=reader, wanted=Topics())]


async def test_nobody_else_sees_a_topic_before_it_is_let_through(db: Database, cast: Cast) -> None:
    key = await asked(db, cast.resident, cast.niepolomice)
    assert (await seen_by(db, cast.resident), await seen_by(db, cast.member), await seen_by(db, None)) == (
        [key],
        [],
        [],
    )
    assert await scalar(db, MAILS, "%Ulga%") == [cast.coordinator.email]
    async with statement(db) as tx:
        for who in (None, await acting(db, cast.other_coordinator)):
            with pytest.raises(NoSuchTopicRequest):
                await topic_in_full(tx, reader=who, topic_id=key)
        assert await topics_waiting(tx, actor=await acting(db, cast.coordinator)) == 1
        assert await topics_waiting(tx, actor=await acting(db, cast.other_coordinator)) == 0
    with pytest.raises(NoSuchTopicRequest):
        await supported(db, cast.member, key)
    with pytest.raises(NoSuchTopicRequest):
        await by(db, cast.other_coordinator, let_through, key)
    await by(db, cast.coordinator, let_through, key)
    assert await seen_by(db, None) == [key]
    with pytest.raises(NotYours):
        await by(db, cast.other_coordinator, decline_topic, key, reason="Nie")
    with pytest.raises(NoSuchGmina):
        await asked(db, cast.resident, key)


async def test_who_asked_is_told_to_those_who_answer_alone(db: Database, cast: Cast) -> None:
    key = await asked(db, cast.resident, cast.niepolomice)
    await by(db, cast.coordinator, let_through, key)
    async with statement(db) as tx:
        for who, told in ((cast.coordinator, "Resident"), (cast.member, None), (cast.office, None)):
            topic = (await topic_in_full(tx, reader=await acting(db, who), topic_id=key)).topic
            assert topic.asked_by == told
        [run] = await topics_run(tx, actor=await acting(db, cast.coordinator))
        assert run.asked_by == "Resident"
        assert await topics_run(tx, actor=await acting(db, cast.office)) == []


async def test_support_counts_once_and_can_be_withdrawn(db: Database, cast: Cast) -> None:
    key = await asked(db, cast.resident, None)
    await by(db, cast.office, let_through, key)
    await outcomes(*(supported(db, cast.member, key) for _ in range(4)), supported(db, cast.stranger, key))
    await supported(db, cast.resident, key)
    async with transaction(db) as tx:
        actor = await acting(db, cast.member)
        topic = (await topic_in_full(tx, reader=actor, topic_id=key)).topic
        assert (topic.supporters, topic.supported, topic.own) == (2, True, False)
        assert (await withdraw_support(tx, actor=actor, topic_id=key, now=NOW)).supporters == 1


async def test_an_answer_is_promised_reminded_of_given_and_followed_up(db: Database, cast: Cast) -> None:
    key = await asked(db, cast.resident, cast.niepolomice)
    await by(db, cast.coordinator, let_through, key)
    await supported(db, cast.member, key)
    past = Official(official_role="Skarbnik", answer_by=NOW.date() - timedelta(days=1))
    with pytest.raises(AnswerByPast):
        await by(db, cast.coordinator, assign_topic, key, official=past)
    await by(db, cast.coordinator, assign_topic, key, official=OFFICIAL)
    for days, times in ((6, 0), (7, 1), (8, 1)):
        async with transaction(db) as tx:
            await remind_topics(tx, now=NOW + timedelta(days=days))
        assert len(await scalar(db, MAILS, "An answer is due%") or []) == times  # type: ignore[arg-type]
    with pytest.raises(TopicNotSo):
        await by(db, cast.coordinator, follow_up, key, what=Note(text="?"))
    await by(db, cast.coordinator, answer_topic, key, answer=Note(text="Tak, do 2027.", signed="Skarbnik"))
    full = await by(db, cast.coordinator, follow_up, key, what=Note(text="Uchwała przyjęta."))
    assert [(note.kind, note.text) for note in full.notes] == [
        ("answer", "Tak, do 2027."),
        ("follow_up", "Uchwała przyjęta."),
    ]
    assert await scalar(db, MAILS, "Answered:%") == [cast.member.email, cast.resident.email]
    with pytest.raises(TopicNotSo):
        await supported(db, cast.stranger, key)


async def test_a_topic_becomes_a_session_and_is_told_once_all_see_it(db: Database, cast: Cast) -> None:
    key = await asked(db, cast.resident, cast.niepolomice)
    await by(db, cast.coordinator, let_through, key)
    others = await a_session(db, cast.skawina)
    with pytest.raises(NotYours):
        await by(db, cast.coordinator, plan_topic, key, session_id=others)
    with pytest.raises(SessionOfAnother):
        await by(db, cast.administrator, plan_topic, key, session_id=others)
    draft = await a_session(db, cast.niepolomice, state="draft")
    planned = await by(db, cast.coordinator, plan_topic, key, session_id=draft)
    assert (planned.topic.state, planned.topic.session_id) == ("planned", None)
    assert await scalar(db, MAILS, "There will be%") is None
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await publish(tx, actor=actor, session_id=draft, now=NOW)
        assert (await topic_in_full(tx, reader=None, topic_id=key)).topic.session_id == draft
    assert await scalar(db, MAILS, "There will be%") == [cast.resident.email]
    async with transaction(db) as tx:
        await call_off(tx, actor=actor, session_id=draft, reason="Choroba", now=NOW)
        assert (await topic_in_full(tx, reader=None, topic_id=key)).topic.state == "open"
    assert await scalar(db, MAILS, "The session was called off%") == [cast.resident.email]


async def test_what_nobody_saw_is_declined_without_being_shown(db: Database, cast: Cast) -> None:
    hidden, shown = await asked(db, cast.resident, None), await asked(db, cast.resident, None)
    await by(db, cast.office, let_through, shown)
    for key in (hidden, shown):
        await by(db, cast.office, decline_topic, key, reason="Nie nasza sprawa")
    assert await seen_by(db, None) == [shown]
    assert set(await seen_by(db, cast.resident)) == {hidden, shown}


async def test_of_two_who_settle_it_at_once_one_does(db: Database, cast: Cast) -> None:
    key = await asked(db, cast.resident, cast.niepolomice)
    await by(db, cast.coordinator, let_through, key)
    got = await outcomes(
        by(db, cast.coordinator, answer_topic, key, answer=Note(text="Tak")),
        by(db, cast.coordinator, decline_topic, key, reason="Nie"),
        by(db, cast.administrator, answer_topic, key, answer=Note(text="Nie")),
    )
    assert got.count(TopicNotSo) == 2


def test_every_state_but_the_last_leads_on() -> None:
    assert set(TOPIC_ALLOWED) == set(TopicState)
    assert {state for state, to in TOPIC_ALLOWED.items() if not to} == {TopicState.ANSWERED, TopicState.DECLINED}
