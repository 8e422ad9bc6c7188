"""Score sheets: one's own, those of the others once one's own is handed in, all for who runs the edition."""

from uuid import UUID

from incubator.applications.queries import NoSuchApplication, is_applicant
from incubator.assessment.reach import application_to_judge
from incubator.assessment.views import ScoreView, SheetView
from incubator.db.engine import Tx
from incubator.people.actor import Actor

POINTS = "SELECT criterion_id, points FROM score WHERE application_id = $1 AND account_id = $2"
SHEETS = """
SELECT score_sheet.account_id, account.name, score_sheet.comment, submitted_at, reopened, score_sheet.version
FROM score_sheet JOIN account ON account.id = score_sheet.account_id
WHERE application_id = $1 ORDER BY submitted_at, score_sheet.account_id
"""
SCORES = """
SELECT score.account_id, score.criterion_id, score.points, score.comment
FROM score JOIN criterion ON criterion.id = criterion_id WHERE application_id = $1 ORDER BY position
"""


async def points_of(tx: Tx, *, application_id: UUID, account_id: UUID) -> dict[UUID, int]:
    """What somebody gave, by criterion."""
    return {row["criterion_id"]: row["points"] for row in await tx.fetch(POINTS, application_id, account_id)}


async def own_sheet(tx: Tx, *, actor: Actor, application_id: UUID) -> SheetView:
    """The person's own sheet; version 0 where they have not begun."""
    sheets = await _sheets(tx, application_id)
    empty = SheetView(
        application_id=application_id, scorer="", scores=[], comment="", submitted_at=None, reopened="", version=0
    )
    return sheets.get(actor.account_id, empty)


async def other_sheets(tx: Tx, *, actor: Actor, application_id: UUID) -> list[SheetView]:
    """What the others handed in, without names; nothing until the person has handed in their own."""
    sheets = await _sheets(tx, application_id)
    own = sheets.pop(actor.account_id, None)
    if own is None or own.submitted_at is None:
        return []
    return [sheet for sheet in sheets.values() if sheet.submitted_at is not None]


async def sheets_for(tx: Tx, *, actor: Actor, application_id: UUID) -> list[tuple[UUID, SheetView]]:
    """Every sheet of an application with its scorer, for who runs the edition. Drafts are told of without
    what they hold. Whoever belongs to the applicant reads none. Raises NoSuchApplication."""
    application = await application_to_judge(tx, actor=actor, application_id=application_id, lock=False)
    if is_applicant(actor, application):
        raise NoSuchApplication()
    return [
        (key, sheet if sheet.submitted_at else _emptied(sheet))
        for key, sheet in (await _sheets(tx, application_id, names=True)).items()
    ]


def _emptied(sheet: SheetView) -> SheetView:
    return SheetView(
        application_id=sheet.application_id,
        scorer=sheet.scorer,
        scores=[],
        comment="",
        submitted_at=None,
        reopened=sheet.reopened,
        version=sheet.version,
    )


async def _sheets(tx: Tx, application_id: UUID, *, names: bool = False) -> dict[UUID, SheetView]:
    given: dict[UUID, list[ScoreView]] = {}
    for row in await tx.fetch(SCORES, application_id):
        one = ScoreView(criterion_id=row["criterion_id"], points=row["points"], comment=row["comment"])
        given.setdefault(row["account_id"], []).append(one)
    return {
        row["account_id"]: SheetView(
            application_id=application_id,
            scorer=row["name"] if names else "",
            scores=given.get(row["account_id"], []),
            comment=row["comment"],
            submitted_at=row["submitted_at"],
            reopened=row["reopened"],
            version=row["version"],
        )
        for row in await tx.fetch(SHEETS, application_id)
    }
