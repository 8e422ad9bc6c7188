"""Rankings as they were made, for who runs the edition; and what one still lacks."""

from typing import Any
from uuid import UUID

import msgspec

from incubator.assessment.views_ranking import MissingView, RankingRowView, RankingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run


class NoSuchRanking(NotFound):
    """None, or of another edition."""

    code = "no_such_ranking"
    sentence = N_("There is no such ranking.")


RANKING = """
SELECT ranking.id, edition_id, places, rules::text AS rules, made_at, maker.name AS made_by, approved_at,
    coalesce(approver.name, '') AS approved_by, panel, minutes
FROM ranking JOIN account AS maker ON maker.id = made_by
LEFT JOIN account AS approver ON approver.id = ranking.approved_by
WHERE edition_id = $1
"""
# The one that counts, else the newest.
LATEST = "ORDER BY (approved_at IS NOT NULL) DESC, made_at DESC, ranking.id DESC LIMIT 1"
ROWS = """
SELECT application_id, position, code, title, coalesce(organisation.name, account.name) AS applicant, points, outcome,
    told::text AS told, application.state,
    (SELECT answer_until FROM decision WHERE decision.application_id = application.id AND decision.outcome = 'offered'
        ORDER BY decided_at DESC LIMIT 1) AS answer_until
FROM ranking_row JOIN application ON application.id = application_id
JOIN account ON account.id = application.account_id
LEFT JOIN organisation ON organisation.id = application.organisation_id
WHERE ranking_id = $1 ORDER BY position
"""
# As many as are needed, and all that are assigned: nobody's sheet is left out by ranking early.
MISSING = """
SELECT application.id AS application_id, code, title,
    greatest(scorers_needed, count(assignment.account_id)) - count(score_sheet.submitted_at) AS sheets
FROM application JOIN assessment USING (edition_id)
LEFT JOIN assignment ON assignment.application_id = application.id
LEFT JOIN score_sheet ON score_sheet.application_id = application.id AND score_sheet.account_id = assignment.account_id
WHERE edition_id = $1 AND state = 'formally_passed'
GROUP BY application.id, scorers_needed
HAVING greatest(scorers_needed, count(assignment.account_id)) > count(score_sheet.submitted_at)
ORDER BY number
"""


async def ranking_for(tx: Tx, *, actor: Actor, edition_id: UUID) -> RankingView | None:
    """The approved ranking of the edition, else the newest; None where none was made. Raises
    NoSuchEdition, NotYours."""
    await edition_to_run(tx, actor=actor, edition_id=edition_id)
    row = await tx.fetchrow(f"{RANKING} {LATEST}", edition_id)
    return None if row is None else await _view(tx, row)


async def ranking_by_id(tx: Tx, *, edition_id: UUID, ranking_id: UUID) -> RankingView:
    """One ranking, whoever asks. Raises NoSuchRanking."""
    row = await tx.fetchrow(f"{RANKING} AND ranking.id = $2", edition_id, ranking_id)
    if row is None:
        raise NoSuchRanking()
    return await _view(tx, row)


async def missing_for(tx: Tx, *, actor: Actor, edition_id: UUID) -> list[MissingView]:
    """What a ranking still lacks. Raises NoSuchEdition, NotYours."""
    await edition_to_run(tx, actor=actor, edition_id=edition_id)
    return await missing_in(tx, edition_id=edition_id)


async def missing_in(tx: Tx, *, edition_id: UUID) -> list[MissingView]:
    """Applications that lack sheets, whoever asks."""
    return [MissingView(**row) for row in await tx.fetch(MISSING, edition_id)]


async def _view(tx: Tx, row: Any) -> RankingView:
    rules = msgspec.json.decode(row["rules"])
    rows = [_row(one) for one in await tx.fetch(ROWS, row["id"])]
    return RankingView(**{**row, "rules": rules}, rows=rows)


def _row(row: Any) -> RankingRowView:
    told = msgspec.json.decode(row["told"])
    given = {name: value for name, value in row.items() if name != "told"}
    return RankingRowView(
        **given,
        sheets=len(told["sheets"]),
        means={UUID(key): value for key, value in told["means"].items()},
        lacks=[UUID(key) for key in told["lacks"]],
        decided_by=told["decided_by"],
    )
