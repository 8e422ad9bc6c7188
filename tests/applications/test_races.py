"""What the database judges when two come at once, on real commits."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from incubator.applications import attach_file as attaching
from incubator.applications.attach_file import FilesTooLarge, attach_file
from incubator.applications.editable import HandedIn
from incubator.applications.rules import CallClosed
from incubator.applications.start_application import AppliedAlready, start_application
from incubator.applications.states import State
from incubator.applications.submit import submit
from incubator.applications.withdraw import withdraw
from incubator.db.engine import Database, attempt, statement, transaction
from tests.applications.cast import CLOSES, PDF, Opened, begun, filled, opened
from tests.cast import Cast, Person, acting, person
from tests.conftest import NOW
from tests.races import outcomes


async def test_of_many_drafts_of_one_organisation_at_once_one_is_begun(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    actors = [await acting(db, who) for who in (cast.owner, cast.member, cast.colleague)] * 4

    def start(actor: object) -> Awaitable[object]:
        return attempt(
            db,
            lambda tx: start_application(
                tx,
                actor=actor,
                edition_id=call.edition,
                organisation_id=cast.acme,
                now=NOW,  # type: ignore[arg-type]
            ),
        )

    got = await outcomes(*(start(actor) for actor in actors))
    assert got.count(AppliedAlready) == len(actors) - 1


async def test_two_members_who_hand_in_at_once_hand_in_once(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft = await filled(db, cast, call, cast.member)
    actors = [await acting(db, who) for who in (cast.member, cast.colleague)] * 4
    got = await outcomes(
        *(
            attempt(
                db,
                lambda tx, actor=actor: submit(
                    tx, actor=actor, application_id=draft.id, terms_version=1, clock=lambda: NOW
                ),
            )  # type: ignore[misc]
            for actor in actors
        )
    )
    assert got.count(HandedIn) == len(actors) - 1
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM submission") == 1
        assert await tx.fetchval("SELECT applications FROM call WHERE edition_id = $1", call.edition) == 1


async def crowd(db: Database, cast: Cast, call: Opened, size: int) -> list[tuple[Person, UUID]]:
    """Residents with a draft each that is ready."""
    people = []
    for n in range(size):
        async with transaction(db) as tx:
            who = await person(tx, f"resident_{n}")
        people.append((who, (await filled(db, cast, call, who, own=True)).id))
    return people


async def test_numbers_are_given_without_gaps_or_doubles(db: Database, cast: Cast) -> None:
    call = await opened(db, cast, form=("text",))
    people = await crowd(db, cast, call, 12)
    actors = [(await acting(db, who), key) for who, key in people]

    def hand_in(actor: object, key: UUID) -> Awaitable[object]:
        return attempt(db, lambda tx: submit(tx, actor=actor, application_id=key, terms_version=1, clock=lambda: NOW))  # type: ignore[arg-type]

    got = await outcomes(*(hand_in(actor, key) for actor, key in actors))
    assert sorted(one.number for one in got) == list(range(1, 13))  # type: ignore[attr-defined]


async def test_who_waited_for_others_is_judged_by_the_clock_of_their_own_turn(db: Database, cast: Cast) -> None:
    """The request came in time; when its turn came, the call had closed."""
    call = await opened(db, cast, form=("text",))
    draft, member = await filled(db, cast, call, cast.member), await acting(db, cast.member)
    clock = {"now": CLOSES - timedelta(seconds=1)}

    def told() -> datetime:
        return clock["now"]

    async with transaction(db) as before:
        await before.execute("SELECT FROM call WHERE edition_id = $1 FOR NO KEY UPDATE", call.edition)
        waiting = asyncio.create_task(
            attempt(db, lambda tx: submit(tx, actor=member, application_id=draft.id, terms_version=1, clock=told))
        )
        await asyncio.sleep(0.2)
        assert not waiting.done()
        clock["now"] = CLOSES
    with pytest.raises(CallClosed):
        await waiting


async def test_handing_in_and_taking_back_at_once_leave_one_of_both_or_first_the_one(db: Database, cast: Cast) -> None:
    call = await opened(db, cast, form=("text",))
    draft = await filled(db, cast, call, cast.member)
    member, colleague = await acting(db, cast.member), await acting(db, cast.colleague)
    await outcomes(
        attempt(db, lambda tx: submit(tx, actor=member, application_id=draft.id, terms_version=1, clock=lambda: NOW)),
        attempt(db, lambda tx: withdraw(tx, actor=colleague, application_id=draft.id, now=NOW)),
    )
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT state, number, answers FROM application WHERE id = $1", draft.id)
        kept = await tx.fetchval("SELECT count(*) FROM submission")
    assert row["state"] == State.WITHDRAWN
    assert (row["number"] is not None) == bool(kept) == (row["answers"] != "{}")


async def test_two_files_at_once_do_not_pass_the_limit_together(
    db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = await opened(db, cast, form=("file", "text"))
    draft, member = await begun(db, cast, call, cast.member), await acting(db, cast.member)
    questions = [call.questions["file"]]
    async with transaction(db) as tx:
        questions += [
            await tx.fetchval(
                "INSERT INTO question (edition_id, position, kind, label_pl, label_en, help_pl, help_en, required,"
                " reveals_identity, media) VALUES ($1, $2, 'file', 'Plik', '', '', '', false, false, '{pdf}') RETURNING id",
                call.edition,
                10 + n,
            )
            for n in range(7)
        ]
    monkeypatch.setattr(attaching, "MOST_TOGETHER", 3 * len(PDF))

    def send(question: UUID) -> Awaitable[object]:
        return attempt(
            db,
            lambda tx: attach_file(
                tx, actor=member, application_id=draft.id, question_id=question, name="x", content=PDF, now=NOW
            ),
        )

    got = await outcomes(*(send(question) for question in questions))
    assert got.count(FilesTooLarge) == len(questions) - 3
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT sum(size) FROM application_file") == 3 * len(PDF)
