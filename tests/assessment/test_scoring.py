"""Declarations before reading, sheets, and what a scorer of an anonymous call is not told."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest

from incubator.applications.queries import NoSuchApplication
from incubator.assessment.assign import OwnApplication, ScorerConflicted
from incubator.assessment.declare_conflict import ConflictReasonNeeded, declare_conflict
from incubator.assessment.details import CriterionDetails, Given, SheetDetails
from incubator.assessment.queries_sheets import other_sheets
from incubator.assessment.reading import NoSuchApplicationFile, reading_for, scored_file
from incubator.assessment.reopen_sheet import ReopenReasonNeeded, reopen_sheet
from incubator.assessment.score import PointsMissing, ScoresUnclear, SheetLocked, TooManyPoints, score
from incubator.assessment.set_assessment import ScoringBegun
from incubator.assessment.set_rubric import set_rubric
from incubator.assessment.tasks import DeclareFirst, tasks_of
from incubator.db.engine import Database, Tx, attempt, transaction
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.web.etags import ChangedMeanwhile
from tests.assessment.cast import Judged, judged_by, mails_to, put_assignment, put_sheet
from tests.cast import Cast, acting
from tests.moments import NOW

FILE = """
INSERT INTO application_file (id, application_id, question_id, name, media_type, size, sha256, content, uploaded_by)
VALUES ($1, $2, $3, 'Firma Acme.pdf', 'application/pdf', 4, 'x', 'abcd', $4)
"""
QUESTION = """
INSERT INTO question (id, edition_id, position, kind, label_pl, label_en, help_pl, help_en, required, reveals_identity,
    options, media)
VALUES ($1, $2, $3, $4, $5, '', '', '', true, $6, $7::text::jsonb, '{}')
"""


async def scoring(db: Database, cast: Cast, **given: object) -> tuple[Judged, Actor, UUID]:
    """The first scorer, who is assigned the first application."""
    judged, _ = await judged_by(db, cast, **given)
    async with transaction(db) as tx:
        for scorer in judged.scorers:
            await put_assignment(tx, judged.applications[0], scorer.id, cast=cast)
    return judged, await acting(db, judged.scorers[0]), judged.applications[0]


def sheet(judged: Judged, idea: int, team: int | None = None) -> SheetDetails:
    scores = [Given(criterion_id=judged.criteria[0], points=idea, comment="Jasny plan")]
    if team is not None:
        scores.append(Given(criterion_id=judged.criteria[1], points=team))
    return SheetDetails(scores=scores, comment="Warto")


async def declare(db: Database, actor: Actor, key: UUID, conflicted: bool, reason: str = "Wspólnik") -> object:
    return await attempt(
        db,
        lambda tx: declare_conflict(tx, actor=actor, application_id=key, conflicted=conflicted, reason=reason, now=NOW),
    )


async def give(db: Database, actor: Actor, key: UUID, given: SheetDetails, **how: Any) -> object:
    return await attempt(db, lambda tx: score(tx, actor=actor, application_id=key, sheet=given, now=NOW, **how))


async def test_nothing_is_read_or_scored_before_the_declaration(db: Database, cast: Cast) -> None:
    judged, actor, key = await scoring(db, cast)
    async with transaction(db) as tx:
        with pytest.raises(DeclareFirst):
            await reading_for(tx, actor=actor, application_id=key)
        assert [(task.state, task.title) for task in await tasks_of(tx, actor=actor)] == [("undeclared", "")]
    with pytest.raises(DeclareFirst):
        await give(db, actor, key, sheet(judged, 5, 5))
    await declare(db, actor, key, False)
    async with transaction(db) as tx:
        assert (await reading_for(tx, actor=actor, application_id=key)).applicant.startswith("Firma")


async def test_a_conflicted_scorer_reads_and_scores_nothing_and_the_coordinator_is_told(
    db: Database, cast: Cast
) -> None:
    judged, actor, key = await scoring(db, cast)
    with pytest.raises(ConflictReasonNeeded):
        await declare(db, actor, key, True, " ")
    await declare(db, actor, key, True)
    with pytest.raises(ScorerConflicted):
        await give(db, actor, key, sheet(judged, 5, 5))
    async with transaction(db) as tx:
        with pytest.raises(ScorerConflicted):
            await reading_for(tx, actor=actor, application_id=key)
        assert len(await mails_to(tx, cast.coordinator)) == 1
        assert await tx.fetchval("SELECT count(*) FROM assignment WHERE account_id = $1", actor.account_id) == 0
    with pytest.raises(ScorerConflicted):
        await declare(db, actor, key, False)


async def test_a_conflict_found_later_voids_the_sheet(db: Database, cast: Cast) -> None:
    judged, actor, key = await scoring(db, cast)
    await declare(db, actor, key, False)
    await give(db, actor, key, sheet(judged, 5, 5), submit=True)
    await declare(db, actor, key, True)
    async with transaction(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM score_sheet") == 0
        before = await tx.fetchval("SELECT before::text FROM history WHERE verb = 'void_sheet'")
    assert msgspec.json.decode(before)["points"] == {str(one): 5 for one in judged.criteria}


async def test_the_database_itself_keeps_conflict_and_sheet_apart(db: Database, cast: Cast) -> None:
    _judged, actor, key = await scoring(db, cast)
    await declare(db, actor, key, True)
    for conflicted in (False, True):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            async with transaction(db) as tx:
                await tx.execute(
                    "INSERT INTO score_sheet (application_id, account_id, conflicted, comment, reopened, version)"
                    " VALUES ($1, $2, $3, '', '', 1)",
                    key,
                    actor.account_id,
                    conflicted,
                )
    with pytest.raises(asyncpg.RestrictViolationError):
        async with transaction(db) as tx:
            await tx.execute("UPDATE conflict_declaration SET conflicted = false")


@pytest.mark.parametrize("turn", range(6))
async def test_declaring_and_scoring_at_once_never_leaves_a_conflicted_sheet(
    db: Database, cast: Cast, turn: int
) -> None:
    judged, actor, key = await scoring(db, cast)
    await declare(db, actor, key, False)
    acts = [give(db, actor, key, sheet(judged, 5, 5), seen=0) for _ in range(4)]
    acts.insert(turn % 5, declare(db, actor, key, True))
    got = await asyncio.gather(*acts, return_exceptions=True)
    for one in got:
        assert not isinstance(one, BaseException) or isinstance(
            one, ScorerConflicted | ChangedMeanwhile | NoSuchApplication
        ), one
    async with transaction(db) as tx:
        assert await tx.fetchval("SELECT conflicted FROM conflict_declaration WHERE application_id = $1", key)
        assert await tx.fetchval("SELECT count(*) FROM score_sheet") == 0
        assert await tx.fetchval("SELECT count(*) FROM score") == 0


async def test_whoever_belongs_to_the_applicant_reads_nothing_even_when_assigned(db: Database, cast: Cast) -> None:
    judged, actor, key = await scoring(db, cast)
    await declare(db, actor, key, False)
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, 'member')",
            judged.organisations[0],
            actor.account_id,
        )
        with pytest.raises(OwnApplication):
            await reading_for(tx, actor=actor, application_id=key)
    with pytest.raises(OwnApplication):
        await give(db, actor, key, sheet(judged, 10, 10))


async def test_a_sheet_is_a_draft_until_it_is_handed_in_and_then_locked(db: Database, cast: Cast) -> None:
    judged, actor, key = await scoring(db, cast)
    await declare(db, actor, key, False)
    await give(db, actor, key, sheet(judged, 5), seen=0)
    with pytest.raises(ChangedMeanwhile):
        await give(db, actor, key, sheet(judged, 6), seen=0)
    with pytest.raises(PointsMissing):
        await give(db, actor, key, sheet(judged, 5), submit=True, seen=1)
    await give(db, actor, key, sheet(judged, 5, 4), submit=True, seen=1)
    with pytest.raises(SheetLocked):
        await give(db, actor, key, sheet(judged, 9, 9))
    coordinator = await acting(db, cast.coordinator)
    reopening: dict[str, Any] = {
        "actor": coordinator,
        "application_id": key,
        "account_id": actor.account_id,
        "now": NOW,
    }
    with pytest.raises(ReopenReasonNeeded):
        await attempt(db, lambda tx: reopen_sheet(tx, reason=" ", **reopening))
    await attempt(db, lambda tx: reopen_sheet(tx, reason="Pomyłka", **reopening))
    await give(db, actor, key, sheet(judged, 9, 9), submit=True)


async def test_the_database_itself_lets_nobody_give_more_than_a_criterion_has(db: Database, cast: Cast) -> None:
    """Two who look at nothing first, at the same moment: one of them is refused, whoever it is."""
    judged, actor, key = await scoring(db, cast)
    await declare(db, actor, key, False)
    await give(db, actor, key, sheet(judged, 1, 1))

    async def write(sql: str, criterion: UUID) -> str | None:
        try:
            async with transaction(db) as tx:
                await tx.execute(sql, criterion)
        except asyncpg.CheckViolationError as error:
            return error.constraint_name
        return None

    for criterion in judged.criteria:
        points = "UPDATE score SET points = 9 WHERE criterion_id = $1"
        fewer = "UPDATE criterion SET most = 8 WHERE id = $1"
        lost = await asyncio.gather(write(points, criterion), write(fewer, criterion))
        assert sorted(map(str, lost)) == ["None", "score_within_criterion"]


async def test_points_fit_the_rubric(db: Database, cast: Cast) -> None:
    judged, actor, key = await scoring(db, cast)
    await declare(db, actor, key, False)
    with pytest.raises(TooManyPoints):
        await give(db, actor, key, sheet(judged, 11, 5))
    twice = SheetDetails(scores=[*sheet(judged, 5).scores, *sheet(judged, 5).scores])
    foreign = SheetDetails(scores=[Given(criterion_id=uuid7(), points=1)])
    for wrong in (twice, foreign):
        with pytest.raises(ScoresUnclear):
            await give(db, actor, key, wrong)


async def test_the_sheets_of_others_are_shown_without_names_once_ones_own_is_handed_in(
    db: Database, cast: Cast
) -> None:
    judged, actor, key = await scoring(db, cast)
    await declare(db, actor, key, False)
    async with transaction(db) as tx:
        await put_sheet(tx, key, judged.scorers[1].id, judged.points(1, 2), cast=cast)
    await give(db, actor, key, sheet(judged, 5, 5))
    async with transaction(db) as tx:
        assert await other_sheets(tx, actor=actor, application_id=key) == []
    await give(db, actor, key, sheet(judged, 5, 5), submit=True)
    async with transaction(db) as tx:
        told = await other_sheets(tx, actor=actor, application_id=key)
    assert [([one.points for one in view.scores], view.scorer) for view in told] == [([1, 2], "")]


async def test_rules_and_rubric_stay_once_somebody_has_scored(db: Database, cast: Cast) -> None:
    judged, actor, key = await scoring(db, cast)
    coordinator = await acting(db, cast.coordinator)

    async def anew(tx: Tx) -> object:
        criteria = [CriterionDetails(name_pl="Nowe", id=judged.criteria[0])]
        return await set_rubric(tx, actor=coordinator, edition_id=judged.edition, criteria=criteria, now=NOW)

    await declare(db, actor, key, False)
    async with transaction(db) as tx:
        await put_sheet(tx, key, judged.scorers[1].id, judged.points(1, 2), cast=cast, at=None)
    with pytest.raises(ScoringBegun):
        await attempt(db, anew)


async def test_an_anonymous_call_tells_a_scorer_nothing_of_who_applied(db: Database, cast: Cast) -> None:
    judged, actor, key = await scoring(db, cast, anonymous=True)
    await declare(db, actor, key, False)
    asked = {name: uuid7() for name in ("open", "hidden", "nip", "choice", "file", "hidden_file")}
    options = '[{"value": "a", "pl": "Tak", "en": "Yes"}, {"value": "b", "pl": "Nie", "en": "No"}]'
    kinds = {"open": "text", "hidden": "text", "nip": "nip", "choice": "choices", "file": "file", "hidden_file": "file"}
    async with transaction(db) as tx:
        for n, (name, question) in enumerate(asked.items()):
            given = options if kinds[name] == "choices" else None
            await tx.execute(QUESTION, question, judged.edition, n, kinds[name], name, "hidden" in name, given)
        files = [uuid7(), uuid7()]
        for file, name in zip(files, ("file", "hidden_file"), strict=True):
            await tx.execute(FILE, file, key, asked[name], judged.applicants[0].id)
        answers = {
            "open": "Dron",
            "hidden": "Jan Kowalski",
            "nip": "5261040828",
            "choice": ["a", "b"],
            "file": str(files[0]),
            "hidden_file": str(files[1]),
        }
        told = msgspec.json.encode({str(asked[name]): value for name, value in answers.items()}).decode()
        await tx.execute(
            "UPDATE application SET answers = $2::text::jsonb, title = 'Firma Acme' WHERE id = $1", key, told
        )
        code = await tx.fetchval("SELECT code FROM application WHERE id = $1", key)
        reading = await reading_for(tx, actor=actor, application_id=key)
        assert [(one.label_pl, one.text_pl) for one in reading.answers] == [
            ("open", "Dron"),
            ("choice", "Tak, Nie"),
            ("file", ""),
        ]
        shown = msgspec.json.encode(reading).decode()
        for secret in ("Kowalski", "5261040828", "Acme", "Firma", str(files[1]), str(judged.organisations[0])):
            assert secret not in shown
        served = await scored_file(tx, actor=actor, application_id=key, file_id=files[0])
        assert (served.name, served.content) == (f"{code}-1.pdf", b"abcd")
        with pytest.raises(NoSuchApplicationFile):
            await scored_file(tx, actor=actor, application_id=key, file_id=files[1])


async def test_somebody_else_is_not_even_told_that_there_is_something_to_score(db: Database, cast: Cast) -> None:
    judged, _, key = await scoring(db, cast)
    other, _ = await judged_by(db, cast, name="other", applications=1)
    for who in (cast.stranger, cast.coordinator, other.scorers[0], cast.administrator):
        actor = await acting(db, who)
        with pytest.raises(NoSuchApplication):
            await give(db, actor, key, sheet(judged, 5, 5))
        async with transaction(db) as tx:
            with pytest.raises(NoSuchApplication):
                await reading_for(tx, actor=actor, application_id=key)
