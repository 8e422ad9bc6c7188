"""The records that a ranking is computed from: applications that passed the formal check, the sheets that
were handed in, the rubric, the rules, and the places that are free."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from incubator.assessment.rules import Entry, Line, Ranked, RankingRules, Sheet, ranked
from incubator.assessment.views import AssessmentView
from incubator.db.engine import Tx

# The order by number is for reading alone: the ranking does not depend on it.
ENTRIES = """
SELECT id, code, submitted_at FROM application WHERE edition_id = $1 AND state = 'formally_passed' ORDER BY number
"""
SHEETS = """
SELECT score_sheet.application_id, score_sheet.account_id, criterion_id, points
FROM score_sheet JOIN score USING (application_id, account_id)
WHERE score_sheet.application_id = ANY($1::uuid[]) AND score_sheet.submitted_at IS NOT NULL
ORDER BY score_sheet.application_id, score_sheet.account_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All that `ranked` needs."""

    applications: list[Entry]
    sheets: list[Sheet]
    criteria: list[Line]
    rules: RankingRules
    places: int

    def ranked(self) -> list[Ranked]:
        return ranked(self.applications, self.sheets, self.criteria, self.rules, self.places)

    def told(self) -> dict[str, Any]:
        """The rules to be kept with a ranking, as JSON holds them."""
        return {
            "threshold_percent": self.rules.threshold_percent,
            "tie_rule": list(self.rules.tie_rule),
            "seed": self.rules.seed,
            "reserve_places": self.rules.reserve_places,
            "criteria": [
                {"id": str(line.id), "most": line.most, "weight": line.weight, "least": line.least}
                for line in self.criteria
            ],
        }


async def records_of(tx: Tx, *, edition_id: UUID, assessment: AssessmentView, seed: str, places: int) -> Records:
    """As they stand now."""
    entries = [Entry(**row) for row in await tx.fetch(ENTRIES, edition_id)]
    return Records(
        applications=entries,
        sheets=await sheets_of(tx, application_ids=[entry.id for entry in entries]),
        criteria=[Line(id=one.id, most=one.most, weight=one.weight, least=one.least) for one in assessment.criteria],
        rules=RankingRules(
            threshold_percent=assessment.threshold_percent,
            tie_rule=tuple(assessment.tie_rule),
            seed=seed,
            reserve_places=assessment.reserve_places,
        ),
        places=places,
    )


async def sheets_of(tx: Tx, *, application_ids: list[UUID]) -> list[Sheet]:
    """The sheets that were handed in for these applications."""
    given: dict[tuple[UUID, UUID], dict[UUID, int]] = {}
    for row in await tx.fetch(SHEETS, application_ids):
        given.setdefault((row["application_id"], row["account_id"]), {})[row["criterion_id"]] = row["points"]
    return [Sheet(application_id=key[0], points=points) for key, points in given.items()]


def rules_kept(rules: dict[str, Any]) -> tuple[list[Line], RankingRules]:
    """The rubric and the rules out of what was kept with a ranking."""
    lines = [
        Line(id=UUID(one["id"]), most=one["most"], weight=one["weight"], least=one["least"])
        for one in rules["criteria"]
    ]
    return lines, RankingRules(
        threshold_percent=rules["threshold_percent"],
        tie_rule=tuple(rules["tie_rule"]),
        seed=rules["seed"],
        reserve_places=rules["reserve_places"],
    )


def sheets_kept(application_id: UUID, told: dict[str, Any]) -> list[Sheet]:
    """The sheets of an application out of what was kept with its row of a ranking."""
    return [
        Sheet(application_id=application_id, points={UUID(key): points for key, points in one.items()})
        for one in told["sheets"]
    ]


def row_told(row: Ranked, sheets: list[Sheet]) -> dict[str, Any]:
    """What is kept with a row of a ranking: what it stands on and what decided, without a name."""
    own = [sheet.points for sheet in sheets if sheet.application_id == row.application_id]
    return {
        "sheets": [{str(key): value for key, value in points.items()} for points in own],
        "means": {str(key): value for key, value in row.means.items()},
        "lacks": [str(key) for key in row.lacks],
        "decided_by": row.decided_by,
    }
