"""Score an application: as a draft until the sheet is handed in, which locks it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.applications.move import WrongApplicationState
from incubator.applications.queries import application_by_id
from incubator.applications.states import State
from incubator.assessment.assign import ScorerConflicted
from incubator.assessment.details import SheetDetails
from incubator.assessment.queries import NotSetUp
from incubator.assessment.queries_sheets import own_sheet, points_of
from incubator.assessment.reach import edition_of, hold, note_application
from incubator.assessment.tasks import facts, task_to_read
from incubator.assessment.views import AssessmentView, SheetView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor
from incubator.web.etags import ChangedMeanwhile, must_be_current


class SheetLocked(Conflict):
    """Handed in; who runs the edition can open it again."""

    code = "sheet_locked"
    sentence = N_("You have handed in this score sheet. The coordinator can open it again for you.")


class ScoresUnclear(Invalid):
    """A criterion that is none of the rubric's, or comes twice."""

    code = "scores_unclear"
    sentence = N_("Give points for each criterion of the rubric once.")


@dataclass(eq=False)
class TooManyPoints(Invalid):
    """More than the criterion has."""

    code = "too_many_points"
    sentence = N_("“{criterion}” has at most {most} points.")
    criterion: str
    most: int


@dataclass(eq=False)
class PointsMissing(Invalid):
    """A sheet is handed in when it is complete."""

    code = "points_missing"
    sentence = N_("Before you hand it in, give points for “{criterion}” too.")
    criterion: str


LOCK = "SELECT version, submitted_at FROM score_sheet WHERE application_id = $1 AND account_id = $2 FOR UPDATE"
BEGIN = """
INSERT INTO score_sheet (application_id, account_id, conflicted, comment, started_at, submitted_at, reopened, version)
VALUES ($1, $2, false, $3, $4, $5, '', 1) ON CONFLICT DO NOTHING RETURNING version
"""
CHANGE = """
UPDATE score_sheet SET comment = $3, submitted_at = $4, version = version + 1 WHERE application_id = $1 AND account_id = $2
"""
CLEAR = "DELETE FROM score WHERE application_id = $1 AND account_id = $2"
PUT = """
INSERT INTO score (application_id, account_id, criterion_id, points, comment, most)
SELECT $1, $2, id, $4, $5, most FROM criterion WHERE id = $3
"""


async def score(
    tx: Tx,
    *,
    actor: Actor,
    application_id: UUID,
    sheet: SheetDetails,
    submit: bool = False,
    seen: int | None = None,
    now: datetime,
) -> SheetView:
    """The sheet, all of it anew; with `submit` it is handed in. `seen` 0 has seen none. Raises
    NoSuchApplication, NotSetUp, RankingApproved, DeclareFirst, ScorerConflicted, OwnApplication,
    WrongApplicationState, SheetLocked, ChangedMeanwhile, ScoresUnclear, TooManyPoints, PointsMissing."""
    assessment = await hold(tx, edition_id=await edition_of(tx, application_id=application_id), how="SHARE")
    application = await application_by_id(tx, application_id=application_id)
    await task_to_read(tx, actor=actor, application_id=application_id)
    if application.state != State.FORMALLY_PASSED:
        raise WrongApplicationState(application.state.value)
    must_fit(sheet, assessment, complete=submit)
    await _write(tx, actor, application_id, sheet, now if submit else None, seen, now)
    after = facts(
        await points_of(tx, application_id=application_id, account_id=actor.account_id), now if submit else None
    )
    verb = "submit_sheet" if submit else "score"
    await note_application(tx, verb=verb, application=application, actor_id=actor.account_id, now=now, after=after)
    return await own_sheet(tx, actor=actor, application_id=application_id)


def must_fit(sheet: SheetDetails, assessment: AssessmentView, *, complete: bool) -> None:
    """Raises NotSetUp, ScoresUnclear, TooManyPoints, PointsMissing. The caller holds the rubric, so what is said here
    stands; that nobody gives more than a criterion has, `score_within_criterion` says again."""
    if not assessment.criteria:
        raise NotSetUp()
    rubric = {criterion.id: criterion for criterion in assessment.criteria}
    given = {one.criterion_id: one.points for one in sheet.scores}
    if len(given) != len(sheet.scores) or not rubric.keys() >= given.keys():
        raise ScoresUnclear()
    for key, criterion in rubric.items():
        if given.get(key, 0) > criterion.most:
            raise TooManyPoints(criterion.name_pl, criterion.most)
        if complete and key not in given:
            raise PointsMissing(criterion.name_pl)


async def _write(
    tx: Tx,
    actor: Actor,
    application_id: UUID,
    sheet: SheetDetails,
    submitted_at: datetime | None,
    seen: int | None,
    now: datetime,
) -> None:
    key = (application_id, actor.account_id)
    row = await tx.fetchrow(LOCK, *key)
    if row is not None and row["submitted_at"] is not None:
        raise SheetLocked()
    must_be_current(row["version"] if row else 0, seen)
    if row is None:
        await _begin(tx, *key, sheet.comment, now, submitted_at)
    else:
        await tx.execute(CHANGE, *key, sheet.comment, submitted_at)
        await tx.execute(CLEAR, *key)
    await tx.executemany(PUT, [(*key, one.criterion_id, one.points, one.comment) for one in sheet.scores])


async def _begin(
    tx: Tx, application_id: UUID, account_id: UUID, comment: str, now: datetime, submitted_at: datetime | None
) -> None:
    try:
        made = await tx.fetchval(BEGIN, application_id, account_id, comment, now, submitted_at)
    except asyncpg.ForeignKeyViolationError as error:
        # A conflict was declared meanwhile: the key into the declarations is the judge.
        if error.constraint_name == "score_sheet_declared":
            raise ScorerConflicted() from None
        raise
    if made is None:
        raise ChangedMeanwhile()
