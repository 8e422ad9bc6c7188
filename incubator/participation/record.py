"""The record: who took part in what, when, for how many minutes, on what evidence.

One list of rows, from four places: meetings of programmes (attendance), meetings with mentors (records that
both sides have confirmed), milestones that were accepted, certificates. Every figure is a sum over rows of that
list, and its filter is the link that opens them.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import local_midnight
from incubator.participation.views import View
from incubator.people.actor import Actor

KINDS = ("meeting", "mentor", "milestone", "certificate")
PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is asked for; what is not named is not narrowed. `last` is the last day, included."""

    edition_id: UUID | None = None
    participation_id: UUID | None = None
    gmina_id: UUID | None = None
    first: date | None = None
    last: date | None = None
    kind: str | None = None

    def query(self, **more: Any) -> dict[str, str]:
        """As an address says it, with what is narrowed further."""
        told = replace(self, **more)
        values = {one.name: getattr(told, one.name) for one in fields(told)}
        return {name: str(value) for name, value in values.items() if value is not None}


class RecordRow(View, frozen=True):
    """One thing that somebody took part in. `minutes` are 0 where it is no time; `evidence` says how it is
    known, `reference` which row says so."""

    at: datetime
    kind: str
    participation_id: UUID
    participant: str
    person: str | None
    edition_id: UUID
    edition_pl: str
    edition_en: str
    what_pl: str
    what_en: str
    minutes: int
    evidence: str
    reference: str


class RecordSum(View, frozen=True):
    """What the rows of one participant come to: minutes, and how many rows there are of each kind."""

    participation_id: UUID
    participant: str
    edition_pl: str
    edition_en: str
    meeting_rows: int
    meeting_minutes: int
    mentor_rows: int
    mentor_minutes: int
    milestones: int
    certificates: int

    @property
    def minutes(self) -> int:
        return self.meeting_minutes + self.mentor_minutes

    @property
    def rows(self) -> int:
        return self.meeting_rows + self.mentor_rows + self.milestones + self.certificates


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Sums for each participant, and a page of the rows behind them; `more` says whether others follow."""

    sums: list[RecordSum]
    rows: list[RecordRow] = field(default_factory=list)
    more: bool = False

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.sums)

    @property
    def count(self) -> int:
        return sum(one.rows for one in self.sums)


# $1 account, $2 organisations, $3 gminas, $4 everything, $5 the office's; $6 edition, $7 participation, $8 gmina,
# $9 from, $10 to, $11 kind. What somebody runs, and what they take part in themself.
CHOSEN = """
WITH chosen AS MATERIALIZED (
    SELECT participation.id, participation.organisation_id, participation.edition_id, edition.programme_id,
        coalesce(organisation.name, account.name) AS participant, edition.name_pl AS edition_pl,
        edition.name_en AS edition_en, edition.starts_on, edition.ends_on
    FROM participation JOIN edition ON edition.id = participation.edition_id
    JOIN programme ON programme.id = edition.programme_id JOIN account ON account.id = participation.account_id
    LEFT JOIN organisation ON organisation.id = participation.organisation_id
    WHERE ($6::uuid IS NULL OR participation.edition_id = $6) AND ($7::uuid IS NULL OR participation.id = $7)
        AND ($8::uuid IS NULL OR programme.gmina_id = $8)
        AND ($4 OR programme.gmina_id = ANY($3::uuid[]) OR $5 AND programme.gmina_id IS NULL
            OR participation.account_id = $1 AND participation.organisation_id IS NULL
            OR participation.organisation_id = ANY($2::uuid[]))
),
told AS (
    SELECT 'meeting' AS kind, lower(meeting.period) AS at, chosen.id AS participation_id, attendance.account_id,
        meeting.name_pl AS what_pl, meeting.name_en AS what_en, minutes, evidence, meeting.id AS reference
    FROM chosen JOIN attendance ON attendance.participation_id = chosen.id
    JOIN programme_meeting AS meeting ON meeting.id = programme_meeting_id
    WHERE $11::text IS NULL OR $11 = 'meeting'
    UNION ALL
    SELECT 'mentor', lower(meeting.period), chosen.id, meeting.account_id, mentor.name, mentor.name,
        coalesce(minutes, 0), CASE WHEN settled_by IS NULL THEN 'both_sides' ELSE 'settled' END, meeting.id
    FROM chosen JOIN meeting ON meeting.organisation_id = chosen.organisation_id
    JOIN mentor ON mentor.id = meeting.mentor_id
    LEFT JOIN credit ON credit.id = meeting.credit_id
    WHERE meeting.locked_at IS NOT NULL AND meeting.state = 'took_place' AND ($11::text IS NULL OR $11 = 'mentor')
        AND (credit.source_id = chosen.id OR meeting.credit_id IS NULL AND meeting.programme_id = chosen.programme_id
            AND (lower(meeting.period) AT TIME ZONE 'Europe/Warsaw')::date BETWEEN chosen.starts_on AND chosen.ends_on)
    UNION ALL
    SELECT 'milestone', accepted_at, chosen.id, NULL, milestone.name_pl, milestone.name_en, 0, 'accepted', milestone.id
    FROM chosen JOIN milestone ON milestone.participation_id = chosen.id
    WHERE milestone.state = 'accepted' AND ($11::text IS NULL OR $11 = 'milestone')
    UNION ALL
    SELECT 'certificate', issued_at, chosen.id, certificate.account_id, certificate.number::text,
        certificate.number::text, 0, 'issued', certificate.id
    FROM chosen JOIN certificate ON certificate.participation_id = chosen.id
    WHERE revoked_at IS NULL AND ($11::text IS NULL OR $11 = 'certificate')
),
rows AS (SELECT * FROM told WHERE ($9::timestamptz IS NULL OR at >= $9) AND ($10::timestamptz IS NULL OR at < $10))
"""
SUMS = f"""{CHOSEN}
SELECT chosen.id AS participation_id, participant, edition_pl, edition_en,
    count(*) FILTER (WHERE kind = 'meeting') AS meeting_rows,
    coalesce(sum(minutes) FILTER (WHERE kind = 'meeting'), 0) AS meeting_minutes,
    count(*) FILTER (WHERE kind = 'mentor') AS mentor_rows,
    coalesce(sum(minutes) FILTER (WHERE kind = 'mentor'), 0) AS mentor_minutes,
    count(*) FILTER (WHERE kind = 'milestone') AS milestones,
    count(*) FILTER (WHERE kind = 'certificate') AS certificates
FROM chosen LEFT JOIN rows ON rows.participation_id = chosen.id
GROUP BY chosen.id, participant, edition_pl, edition_en ORDER BY participant, chosen.id
"""
ROWS = f"""{CHOSEN}
SELECT at, kind, rows.participation_id, participant, person.name AS person, edition_id, edition_pl, edition_en, what_pl,
    what_en, minutes, evidence, reference::text AS reference
FROM (SELECT * FROM rows ORDER BY at DESC, reference, participation_id, account_id OFFSET $12 LIMIT $13) AS rows
JOIN chosen ON chosen.id = rows.participation_id LEFT JOIN account AS person ON person.id = account_id
ORDER BY at DESC, reference, rows.participation_id, account_id
"""


async def record_of(tx: Tx, *, actor: Actor, wanted: Filter, offset: int = 0, limit: int | None = PAGE) -> Record:
    """What the asker runs or takes part in, latest first; with `limit` None all of its rows."""
    given = _given(actor, wanted)
    sums = [RecordSum(**row) for row in await tx.fetch(SUMS, *given)]
    found = await tx.fetch(ROWS, *given, offset, None if limit is None else limit + 1)
    rows = [RecordRow(**row) for row in found[:limit]]
    return Record(sums=sums, rows=rows, more=limit is not None and len(found) > limit)


async def minutes_with_mentors(tx: Tx, *, actor: Actor, participation_id: UUID) -> int:
    """As the record of a participation has them."""
    wanted = Filter(participation_id=participation_id, kind="mentor")
    return sum(row["mentor_minutes"] for row in await tx.fetch(SUMS, *_given(actor, wanted)))


def _given(actor: Actor, wanted: Filter) -> tuple[Any, ...]:
    return (
        actor.account_id,
        list(actor.organisations),
        list(actor.coordinates),
        actor.is_administrator,
        actor.is_office,
        wanted.edition_id,
        wanted.participation_id,
        wanted.gmina_id,
        local_midnight(wanted.first) if wanted.first else None,
        local_midnight(wanted.last + timedelta(days=1)) if wanted.last else None,
        wanted.kind,
    )
