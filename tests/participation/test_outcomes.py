"""What became of those who took part: asked in time, reminded twice, answered once."""

import re
from datetime import timedelta

import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.participation.answer_outcome import (
    Answers,
    NoSuchSurvey,
    SurveyAnswered,
    answer_outcome,
    survey_by,
    surveys_of,
)
from incubator.participation.ask_outcomes import ask_outcomes
from incubator.participation.graduate import graduate
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.participation.cast import active, edition_of, scalar
from tests.races import outcomes

ANSWERS = Answers(in_business=True, jobs_fte=250, revenue_band="to_200", funding_minor=5_000_000)


async def graduated(db: Database, cast: Cast) -> object:
    edition = await edition_of(db, cast.niepolomice)
    made = await active(db, cast, edition)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await graduate(tx, actor=actor, participation_id=made.id, now=NOW)
    return edition


async def ask(db: Database, days: int) -> int:
    return await attempt(db, lambda tx: ask_outcomes(tx, now=NOW + timedelta(days=days)))


async def links(db: Database) -> list[str]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT text FROM mail WHERE text LIKE '%/outcomes/%' ORDER BY created_at")
    return [re.findall(r"/outcomes/(\S+)", row["text"])[0] for row in rows]


async def test_it_is_asked_when_due_and_reminded_of_twice(db: Database, cast: Cast) -> None:
    await graduated(db, cast)
    assert [await ask(db, days) for days in (0, 1, 13, 14, 15, 28, 42, 100)] == [1, 0, 0, 1, 0, 1, 0, 0]
    assert await ask(db, 181) == 1, "after six months"
    assert len(await links(db)) == 4


async def test_two_jobs_at_once_ask_once(db: Database, cast: Cast) -> None:
    await graduated(db, cast)
    assert sorted(map(str, await outcomes(*(ask(db, 0) for _ in range(4))))) == [*"0001"]


async def test_each_mailed_link_works_until_one_of_them_is_answered_by(db: Database, cast: Cast) -> None:
    edition = await graduated(db, cast)
    await ask(db, 0)
    await ask(db, 14)
    old, new = await links(db)
    async with statement(db) as tx:
        assert await survey_by(tx, secret=old) == await survey_by(tx, secret=new)
        with pytest.raises(NoSuchSurvey):
            await survey_by(tx, secret=old[:-1])

    async def answer(secret: str) -> object:
        return await attempt(db, lambda tx: answer_outcome(tx, secret=secret, answers=ANSWERS, now=NOW))

    got = await outcomes(*(answer(secret) for secret in (old, new, old, new)))
    assert got.count(SurveyAnswered) == 3
    assert await ask(db, 28) == 0, "who has answered is not reminded"
    actor = await acting(db, cast.coordinator)
    async with statement(db) as tx:
        told = await surveys_of(tx, actor=actor, edition_id=edition)  # type: ignore[arg-type]
    assert (told[0].stage, told[0].jobs_fte, told[0].funding_minor) == ("exit", 250, 5_000_000)
    assert new not in str(await scalar(db, "SELECT array_agg(token_hash) FROM outcome_link"))


@pytest.mark.parametrize("who", ["stranger", "member", "other_coordinator", "office"])
async def test_answers_are_for_who_runs_the_edition(db: Database, cast: Cast, who: str) -> None:
    edition = await graduated(db, cast)
    actor = await acting(db, getattr(cast, who))
    async with statement(db) as tx:
        with pytest.raises(NotYours):
            await surveys_of(tx, actor=actor, edition_id=edition)  # type: ignore[arg-type]
