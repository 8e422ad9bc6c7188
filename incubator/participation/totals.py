"""What editions come to: how many took part and what became of them, minutes, answers. Counts alone, of
everybody: who shows them asks which of them may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from incubator.db.engine import Tx
from incubator.participation.record import CHOSEN


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionTotal:
    """An edition that was published; minutes as the record counts them, with how many participants they are of."""

    edition_id: UUID
    edition_pl: str
    edition_en: str
    programme_id: UUID
    programme_pl: str
    programme_en: str
    gmina_id: UUID | None
    gmina: str | None
    starts_on: date
    ends_on: date
    places: int
    applications: int
    admitted: int
    active: int
    graduated: int
    withdrawn: int
    removed: int
    meeting_minutes: int
    meeting_participants: int
    mentor_minutes: int
    mentor_participants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersTotal:
    """What the answered surveys of one stage come to; `employers` and `funded` are those that named more than none.
    FTE in hundredths, money in grosz."""

    edition_id: UUID
    stage: str
    answered: int
    in_business: int
    jobs_fte: int
    employers: int
    funding_minor: int
    funded: int
    none: int
    to_50: int
    to_200: int
    to_1000: int
    above_1000: int


# $1 gminas, nothing for all. Those of the metropolis are of no gmina, and are told to who asks for all alone.
WHICH = (
    "edition.state <> 'draft' AND programme.state <> 'draft' AND ($1::uuid[] IS NULL OR programme.gmina_id = ANY($1))"
)
EDITIONS = f"""
SELECT edition.id AS edition_id, edition.name_pl AS edition_pl, edition.name_en AS edition_en,
    programme.id AS programme_id, programme.name_pl AS programme_pl, programme.name_en AS programme_en,
    programme.gmina_id, gmina.name AS gmina, edition.starts_on, edition.ends_on, edition.places,
    (SELECT count(*) FROM application WHERE application.edition_id = edition.id AND submitted_at IS NOT NULL)
        AS applications,
    took.*
FROM edition JOIN programme ON programme.id = edition.programme_id LEFT JOIN gmina ON gmina.id = programme.gmina_id
CROSS JOIN LATERAL (
    SELECT count(*) AS admitted, count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state = 'graduated') AS graduated,
        count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn, count(*) FILTER (WHERE state = 'removed') AS removed
    FROM participation WHERE participation.edition_id = edition.id
) AS took
WHERE {WHICH} ORDER BY gmina.name NULLS FIRST, programme.name_pl, programme.id, edition.starts_on DESC, edition.id
"""
# The record of everybody: of an account that is nobody's, which may see everything.
MINUTES = f"""{CHOSEN}
SELECT edition_id, coalesce(sum(minutes) FILTER (WHERE kind = 'meeting'), 0)::bigint AS meeting_minutes,
    count(DISTINCT chosen.id) FILTER (WHERE kind = 'meeting') AS meeting_participants,
    coalesce(sum(minutes) FILTER (WHERE kind = 'mentor'), 0)::bigint AS mentor_minutes,
    count(DISTINCT chosen.id) FILTER (WHERE kind = 'mentor') AS mentor_participants
FROM rows JOIN chosen ON chosen.id = rows.participation_id
WHERE for_participant AND minutes > 0 AND $12::text IS NULL GROUP BY edition_id
"""
EVERYBODYS: tuple[Any, ...] = (None, [], [], True, False, None, None, None, None, None, None, None)
ANSWERS = f"""
SELECT participation.edition_id, stage, count(*) AS answered, count(*) FILTER (WHERE in_business) AS in_business,
    coalesce(sum(jobs_fte), 0)::bigint AS jobs_fte, count(*) FILTER (WHERE jobs_fte > 0) AS employers,
    coalesce(sum(funding_minor), 0)::bigint AS funding_minor, count(*) FILTER (WHERE funding_minor > 0) AS funded,
    count(*) FILTER (WHERE revenue_band = 'none') AS none, count(*) FILTER (WHERE revenue_band = 'to_50') AS to_50,
    count(*) FILTER (WHERE revenue_band = 'to_200') AS to_200,
    count(*) FILTER (WHERE revenue_band = 'to_1000') AS to_1000,
    count(*) FILTER (WHERE revenue_band = 'above_1000') AS above_1000
FROM outcome_survey JOIN participation ON participation.id = participation_id
JOIN edition ON edition.id = edition_id JOIN programme ON programme.id = edition.programme_id
WHERE answered_at IS NOT NULL AND {WHICH}
GROUP BY participation.edition_id, stage ORDER BY participation.edition_id, min(outcome_survey.due_on), stage
"""
NO_MINUTES = {"meeting_minutes": 0, "meeting_participants": 0, "mentor_minutes": 0, "mentor_participants": 0}


async def totals_of(tx: Tx, *, gmina_ids: Sequence[UUID] | None) -> tuple[list[EditionTotal], list[AnswersTotal]]:
    """Of the programmes of these gminas, or of all and of the metropolis; the latest edition of each first."""
    which = None if gmina_ids is None else list(gmina_ids)
    minutes = {row["edition_id"]: dict(row) for row in await tx.fetch(MINUTES, *EVERYBODYS)}
    editions = [
        EditionTotal(**{**row, **NO_MINUTES, **minutes.get(row["edition_id"], {})})
        for row in await tx.fetch(EDITIONS, which)
    ]
    return editions, [AnswersTotal(**row) for row in await tx.fetch(ANSWERS, which)]
