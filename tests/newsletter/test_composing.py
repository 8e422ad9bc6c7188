"""Issues are put together by who runs them, go to who chose them, and cannot be called back once they go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.db.history import history_of
from incubator.newsletter.describe_issue import describe_issue
from incubator.newsletter.details import MOST_PARTS, IssueDetails, Part, Sending
from incubator.newsletter.go_out import begin_issue
from incubator.newsletter.issues import IssueNotSo, NoSuchIssue, issue_to_run, issues_run
from incubator.newsletter.schedule_issue import FARTHEST, NothingToSend, NotThen, schedule_issue
from incubator.newsletter.set_parts import NotOnePart, PartNotPublic, TooManyParts, set_parts
from incubator.newsletter.start_issue import start_issue
from incubator.newsletter.states import (
    ALLOWED,
    COPY_ALLOWED,
    SUBSCRIPTION_ALLOWED,
    Copy,
    State,
    Subscribed,
)
from incubator.newsletter.try_issue import Trial, try_issue
from incubator.newsletter.withdraw_issue import discard_issue, withdraw_issue
from incubator.people.guards import NotYours
from incubator.web.etags import ChangedMeanwhile
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.exchanges.cast import put_session
from tests.moments import NOW
from tests.newsletter.cast import SENDER, TEXT, inbox, put_issue, put_readers, scheduled, stretch
from tests.programmes.cast import put_call, put_edition

DETAILS = IssueDetails(title_pl="Wieści", title_en="News")


def test_what_may_follow_what_is_said_for_every_state() -> None:
    assert (
        set(ALLOWED) == set(State) and set(COPY_ALLOWED) == set(Copy) and set(SUBSCRIPTION_ALLOWED) == set(Subscribed)
    )
    assert {one for one, after in ALLOWED.items() if not after} == {State.SENT}


async def test_an_issue_is_of_those_who_run_it(db: Database, cast: Cast) -> None:
    mine, others, office = [await acting(db, who) for who in (cast.coordinator, cast.other_coordinator, cast.office)]
    async with transaction(db) as tx:
        key = await put_issue(tx, mine, gmina=cast.niepolomice)
        metropolis = await put_issue(tx, office)
        for actor, issue in ((others, key), (office, key), (mine, metropolis)):
            with pytest.raises(NotYours):
                await issue_to_run(tx, actor=actor, issue_id=issue)
            with pytest.raises(NotYours):
                await set_parts(tx, actor=actor, issue_id=issue, parts=[TEXT], now=NOW)
        with pytest.raises(NotYours):
            await start_issue(tx, actor=others, gmina_id=cast.niepolomice, details=DETAILS, now=NOW)
        assert [one.id for one in await issues_run(tx, actor=mine)] == [key]
        assert [one.id for one in await issues_run(tx, actor=office)] == [metropolis]
        assert await issues_run(tx, actor=others) == []


async def test_a_gminas_issue_is_for_its_own_readers_whatever_is_said(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        key = await put_issue(tx, actor, gmina=cast.niepolomice, to_gmina_ids=[cast.skawina])
        await put_readers(tx, "a@example.com", "b@example.com")
        await put_readers(tx, "c@example.com", gminas=(cast.skawina,))
        found = await issue_to_run(tx, actor=actor, issue_id=key)
        assert (found.to_gmina_ids, found.readers) == ([cast.niepolomice], 2)


@pytest.mark.parametrize(
    "part", [Part(), Part(text_pl="  "), Part(text_en="only"), Part(text_pl="x", session_id=UUID(int=1))]
)
async def test_a_part_is_one_thing(db: Database, cast: Cast, part: Part) -> None:
    actor = await acting(db, cast.office)
    async with transaction(db) as tx:
        key = await put_issue(tx, actor)
        with pytest.raises(NotOnePart):
            await set_parts(tx, actor=actor, issue_id=key, parts=[part], now=NOW)


async def test_an_issue_has_forty_parts_at_most_however_they_come(
    db: Database, cast: Cast, visit: Callable[..., httpx.AsyncClient]
) -> None:
    actor = await acting(db, cast.office)
    async with transaction(db) as tx:
        key = await put_issue(tx, actor)
        found = await set_parts(tx, actor=actor, issue_id=key, parts=[TEXT] * MOST_PARTS, now=NOW)
        with pytest.raises(TooManyParts):
            await set_parts(tx, actor=actor, issue_id=key, parts=[TEXT] * (MOST_PARTS + 1), now=NOW)
    form = {"form": "add_text", "version": str(found.version), "text_pl": "Jeszcze jeden"}
    answer = await post_form(visit(cast.office), f"/desk/newsletter/{key}", form)
    assert (answer.status_code, "An issue has 40 parts at most." in answer.text) == (422, True)


async def test_an_issue_that_is_too_long_already_can_be_made_shorter(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.office)
    async with transaction(db) as tx:
        key = await put_issue(tx, actor)
        for at in range(MOST_PARTS + 3):
            await tx.execute(
                "INSERT INTO newsletter_part (issue_id, position, text_pl, text_en) VALUES ($1, $2, 'x', '')",
                key,
                at + 50,
            )
        found = await set_parts(tx, actor=actor, issue_id=key, parts=[TEXT] * (MOST_PARTS + 2), now=NOW)
        assert len(found.parts) == MOST_PARTS + 2


async def test_sessions_and_calls_are_told_and_what_is_not_public_is_left_out(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        session, draft = [
            await put_session(tx, gmina=cast.niepolomice, state=state) for state in ("published", "draft")
        ]
        edition = await put_edition(tx, gmina=cast.niepolomice)
        await put_call(tx, edition=edition, opens=NOW, closes=NOW + timedelta(days=30))
        parts = (TEXT, Part(session_id=session), Part(edition_id=edition))
        key = await put_issue(tx, actor, gmina=cast.niepolomice, parts=parts)
        with pytest.raises(PartNotPublic):
            await set_parts(tx, actor=actor, issue_id=key, parts=[Part(session_id=draft)], now=NOW)
        await put_readers(tx, "a@example.com")
        await tx.execute("UPDATE session SET state = 'cancelled', cancelled_at = now() WHERE id = $1", session)
        found = await issue_to_run(tx, actor=actor, issue_id=key)
        assert [(part.kind, part.gone) for part in found.parts] == [("text", False), ("session", True), ("call", False)]
        await set_parts(tx, actor=actor, issue_id=key, parts=parts, now=NOW)
        await schedule_issue(tx, actor=actor, issue_id=key, sending=Sending(), now=NOW)
    async with inbox() as (server, url):
        await stretch(db, key, url)
    body = server.messages[0].get_body(("plain",))
    assert body is not None
    assert f"/exchange/{session}" not in body.get_content() and "/programmes/" in body.get_content()


async def test_two_who_write_at_once_do_not_overwrite_each_other(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.office)
    async with transaction(db) as tx:
        key = await put_issue(tx, actor)
        seen = (await issue_to_run(tx, actor=actor, issue_id=key)).version
        await describe_issue(tx, actor=actor, issue_id=key, details=DETAILS, now=NOW, seen=seen)
        with pytest.raises(ChangedMeanwhile):
            await set_parts(tx, actor=actor, issue_id=key, parts=[TEXT], now=NOW, seen=seen)


async def test_it_is_scheduled_withdrawn_mended_and_scheduled_again(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.office)
    later = Sending(send_at=NOW + timedelta(days=1))
    async with transaction(db) as tx:
        key = await put_issue(tx, actor)
        told: dict[str, Any] = {"actor": actor, "issue_id": key, "now": NOW}
        with pytest.raises(IssueNotSo):
            await withdraw_issue(tx, **told)
        for bad in (NOW - timedelta(seconds=1), NOW + FARTHEST + timedelta(seconds=1)):
            with pytest.raises(NotThen):
                await schedule_issue(tx, sending=Sending(send_at=bad), **told)
        await schedule_issue(tx, sending=later, **told)
        for verb, more in ((set_parts, {"parts": []}), (describe_issue, {"details": DETAILS}), (discard_issue, {})):
            with pytest.raises(IssueNotSo):
                await verb(tx, **told, **more)  # type: ignore[operator]
        await withdraw_issue(tx, **told)
        await set_parts(tx, parts=[], **told)
        with pytest.raises(NothingToSend):
            await schedule_issue(tx, sending=later, **told)
        await set_parts(tx, parts=[TEXT], **told)
        await schedule_issue(tx, sending=Sending(), **told)
        await begin_issue(tx, issue_id=key, now=NOW)
        with pytest.raises(IssueNotSo):
            await withdraw_issue(tx, **told)
        verbs = [deed["verb"] for deed in await history_of(tx, subject_id=key)]
    assert verbs == [
        "start_issue",
        "set_parts",
        "schedule_issue",
        "withdraw_issue",
        "set_parts",
        "set_parts",
        "schedule_issue",
        "begin_issue",
    ]


async def test_a_draft_is_thrown_away(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.office)
    async with transaction(db) as tx:
        key = await put_issue(tx, actor)
        await try_issue(tx, actor=actor, issue_id=key, now=NOW)
        await discard_issue(tx, actor=actor, issue_id=key, now=NOW)
        with pytest.raises(NoSuchIssue):
            await issue_to_run(tx, actor=actor, issue_id=key)


async def test_an_issue_of_which_nothing_is_public_any_more_is_not_sent(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        session = await put_session(tx, gmina=cast.niepolomice)
        await put_readers(tx, "a@example.com")
    key = await scheduled(db, cast.coordinator, gmina=cast.niepolomice, parts=(Part(session_id=session),))
    async with transaction(db) as tx:
        await tx.execute("UPDATE session SET state = 'cancelled', cancelled_at = now() WHERE id = $1", session)
    async with inbox() as (server, url):
        await stretch(db, key, url)
    assert server.recipients == []
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT state FROM newsletter_issue") == "withdrawn"
        subject = await tx.fetchval("SELECT subject FROM mail WHERE recipient = $1", cast.coordinator.email)
    assert subject == "The issue was not sent: News"


async def test_a_trial_comes_as_readers_get_it_in_both_languages(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.office)
    async with transaction(db) as tx:
        key = await put_issue(tx, actor)
        await try_issue(tx, actor=replace(actor), issue_id=key, now=NOW)
        trial = await tx.fetchval("SELECT id FROM newsletter_trial")
    async with inbox() as (server, url):
        await Trial(url, SENDER).send(db, subject_id=trial, now=NOW)
        await Trial(url, SENDER).send(db, subject_id=trial, now=NOW)
    assert [(m["to"], m["subject"]) for m in server.messages] == [
        (cast.office.email, "Próba: Wieści"),
        (cast.office.email, "Test: News"),
    ]
    assert server.messages[0].get_content_type() == "multipart/alternative"
    assert "list-unsubscribe" not in server.messages[0]
