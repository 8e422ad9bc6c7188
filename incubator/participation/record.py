"""The record: who took part in what, when, for how many minutes, on what evidence.

One list of rows, from four places: meetings of programmes (attendance), meetings with mentors (records that
both sides have confirmed), milestones that were accepted, certificates. Every figure is a sum over rows of that
list, and its filter is the link that opens them.

At a meeting of the programme there may be several rows of one participant: its own, and one of each of its people. Its
time there counts once, by the longest of them; the time of its people is a figure of its own. Each row says in which
of the two it counts.
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
COUNTS_IN = ("participant", "people")
PAGE = 100
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)
"""Nothing took place before or after, and no calendar of ours goes much further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is asked for; what is not named is not narrowed. `last` is the last day, included. `counts_in` narrows the
    rows to those that one of the two figures of minutes is the sum of."""

    edition_id: UUID | None = None
    participation_id: UUID | None = None
    gmina_id: UUID | None = None
    first: date | None = None
    last: date | None = None
    kind: str | None = None
    counts_in: str | None = None

    def query(self, **more: Any) -> dict[str, str]:
        """As an address says it, with what is narrowed further."""
        told = replace(self, **more)
        values = {one.name: getattr(told, one.name) for one in fields(told)}
        return {name: str(value) for name, value in values.items() if value is not None}


class RecordRow(View, frozen=True):
    """One thing that somebody took part in. `minutes` are 0 where it is no time; `evidence` says how it is
    known, `reference` which row says so. `for_participant` says whether the minutes count in the participant's time
    (of its rows at one meeting the longest does), `for_people` whether in the time of its people."""

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
    for_participant: bool
    for_people: bool

    @property
    def participant_minutes(self) -> int:
        return self.minutes if self.for_participant else 0

    @property
    def people_minutes(self) -> int:
        return self.minutes if self.for_people else 0


class RecordSum(View, frozen=True):
    """What the rows of one participant come to. Its time at meetings of the programme is counted once for each of its
    `meetings`; `people_minutes` are those of its people there, who were noted by name in `people_rows`. `entries`
    are all of its rows that were asked for."""

    participation_id: UUID
    participant: str
    edition_pl: str
    edition_en: str
    meetings: int
    meeting_minutes: int
    people_rows: int
    people_minutes: int
    mentor_rows: int
    mentor_minutes: int
    milestones: int
    certificates: int
    entries: int

    @property
    def minutes(self) -> int:
        return self.meeting_minutes + self.mentor_minutes


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
    def people_minutes(self) -> int:
        return sum(one.people_minutes for one in self.sums)

    @property
    def count(self) -> int:
        return sum(one.entries for one in self.sums)


# $1 account, $2 organisations, $3 gminas, $4 everything, $5 the office's; $6 edition, $7 participation, $8 gmina,
# $9 from, $10 to, $11 kind, $12 the figure that rows count in. What somebody runs, and what they take part in themself.
CHOSEN = """
WITH chosen AS MATERIALIZED (
    SELECT participation.id, participation.organisation_id, participation.edition_id,
        CASE WHEN participation.organisation_id IS NULL THEN participation.account_id END AS person_id, edition.programme_id,
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
        meeting.name_pl AS what_pl, meeting.name_en AS what_en, minutes, evidence, meeting.id AS reference,
        row_number() OVER (PARTITION BY meeting.id, chosen.id ORDER BY minutes DESC, account_id NULLS FIRST) = 1
            AS for_participant,
        account_id IS NOT NULL OR organisation_id IS NULL AS for_people
    FROM chosen JOIN attendance ON attendance.participation_id = chosen.id
    JOIN programme_meeting AS meeting ON meeting.id = programme_meeting_id
    WHERE $11::text IS NULL OR $11 = 'meeting'
    UNION ALL
    SELECT 'mentor', lower(meeting.period), chosen.id, meeting.account_id, mentor.name, mentor.name,
        coalesce(minutes, 0), CASE WHEN settled_by IS NULL THEN 'both_sides' ELSE 'settled' END, meeting.id,
        true, false
    FROM chosen JOIN meeting ON meeting.organisation_id = chosen.organisation_id
        OR meeting.account_id = chosen.person_id AND meeting.organisation_id IS NULL
    JOIN mentor ON mentor.id = meeting.mentor_id
    LEFT JOIN credit ON credit.id = meeting.credit_id
    WHERE meeting.locked_at IS NOT NULL AND meeting.state = 'took_place' AND ($11::text IS NULL OR $11 = 'mentor')
        AND (credit.source_id = chosen.id OR meeting.credit_id IS NULL AND meeting.programme_id = chosen.programme_id
            AND (lower(meeting.period) AT TIME ZONE 'Europe/Warsaw')::date BETWEEN chosen.starts_on AND chosen.ends_on)
    UNION ALL
    SELECT 'milestone', accepted_at, chosen.id, NULL, milestone.name_pl, milestone.name_en, 0, 'accepted', milestone.id,
        false, false
    FROM chosen JOIN milestone ON milestone.participation_id = chosen.id
    WHERE milestone.state = 'accepted' AND ($11::text IS NULL OR $11 = 'milestone')
    UNION ALL
    SELECT 'certificate', issued_at, chosen.id, certificate.account_id, certificate.number::text,
        certificate.number::text, 0, 'issued', certificate.id, false, false
    FROM chosen JOIN certificate ON certificate.participation_id = chosen.id
    WHERE revoked_at IS NULL AND ($11::text IS NULL OR $11 = 'certificate')
),
rows AS (SELECT * FROM told WHERE ($9::timestamptz IS NULL OR at >= $9) AND ($10::timestamptz IS NULL OR at < $10))
"""
COUNTED = "$12::text IS NULL OR $12 = 'participant' AND for_participant OR $12 = 'people' AND for_people"
SUMS = f"""{CHOSEN}
SELECT chosen.id AS participation_id, participant, edition_pl, edition_en,
    count(*) FILTER (WHERE kind = 'meeting' AND for_participant) AS meetings,
    coalesce(sum(minutes) FILTER (WHERE kind = 'meeting' AND for_participant), 0) AS meeting_minutes,
    count(*) FILTER (WHERE for_people) AS people_rows,
    coalesce(sum(minutes) FILTER (WHERE for_people), 0) AS people_minutes,
    count(*) FILTER (WHERE kind = 'mentor') AS mentor_rows,
    coalesce(sum(minutes) FILTER (WHERE kind = 'mentor'), 0) AS mentor_minutes,
    count(*) FILTER (WHERE kind = 'milestone') AS milestones,
    count(*) FILTER (WHERE kind = 'certificate') AS certificates,
    count(kind) FILTER (WHERE {COUNTED}) AS entries
FROM chosen LEFT JOIN rows ON rows.participation_id = chosen.id
GROUP BY chosen.id, participant, edition_pl, edition_en ORDER BY participant, chosen.id
"""
ROWS = f"""{CHOSEN}
SELECT at, kind, rows.participation_id, participant, person.name AS person, edition_id, edition_pl, edition_en, what_pl,
    what_en, minutes, evidence, reference::text AS reference, for_participant, for_people
FROM (SELECT * FROM rows WHERE {COUNTED}
    ORDER BY at DESC, reference, participation_id, account_id OFFSET $13 LIMIT $14) AS rows
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
        local_midnight(_known(wanted.first)) if wanted.first else None,
        local_midnight(_known(wanted.last) + timedelta(days=1)) if wanted.last else None,
        wanted.kind,
        wanted.counts_in,
    )


def _known(day: date) -> date:
    return min(max(day, EARLIEST), LATEST)
