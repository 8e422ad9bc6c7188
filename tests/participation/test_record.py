"""The record: every figure is the sum of the rows that it opens."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from incubator.participation.presence import presence_of
from incubator.participation.record import Filter, Record, record_of
from incubator.participation.record_sheet import as_csv, as_xlsx, harmless
from incubator.web.i18n import translator
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.participation.cast import YESTERDAY, active, edition_of, met, noted, scalar
from tests.participation.test_attendance import certify
from tests.programmes.cast import put_organisation

MENTOR = """
WITH taken AS (INSERT INTO resource (kind) VALUES ('mentor') RETURNING id)
INSERT INTO mentor (id, account_id, gmina_id, resource_id, slug, name, headline_pl, headline_en, about_pl, about_en,
    online_link, state, grid_minutes, break_minutes, lead_minutes, horizon_days, cancel_minutes, version)
SELECT $1, $2, $3, id, 'm', 'Maria Mentor', '', '', '', '', '', 'active', 15, 0, 0, 90, 0, 1 FROM taken
"""
MET = """
INSERT INTO meeting (id, mentor_id, gmina_id, account_id, organisation_id, period, state, mode, credit_id, programme_id,
    drawn_minutes, minutes, settled_by, locked_at, draws_policy, question, reason, outcome, settled_reason, sequence)
VALUES ($1, $2, $3, $4, $5, tstzrange($6, $7), 'took_place', 'online', $8, $9, 60, $10, $4, $11, false, '', '', '', '', 0)
"""
MILESTONE = """
INSERT INTO milestone (id, participation_id, name_pl, name_en, due_on, state, evidence, evidence_url, note, accepted_at,
    accepted_by, version)
VALUES ($1, $2, '=cmd()', '', $3, 'accepted', '', '', '', $4, $5, 1)
"""


async def filled(db: Database, cast: Cast) -> dict[str, Any]:
    """Two participants of one edition, with rows of every kind, and one of another gmina."""
    edition = await edition_of(db, cast.niepolomice)
    first = await active(db, cast, edition)
    async with transaction(db) as tx:
        other = await put_organisation(tx, gmina=cast.niepolomice, owner=cast.resident.id, name="Żubr")
    second = await active(db, cast, edition, organisation=other)
    one, two = await met(db, cast, edition), await met(db, cast, edition, start=YESTERDAY - timedelta(days=7))
    await noted(db, cast, one.id, (first.id, None, 120), (first.id, cast.member, 110), (second.id, None, 30))
    await noted(db, cast, two.id, (first.id, None, 120), (second.id, None, 120))
    await certify(db, cast, first)
    async with transaction(db) as tx:
        await tx.execute(MILESTONE, uuid7(), first.id, NOW.date(), NOW, cast.coordinator.id)
        mentor, credit = uuid7(), await tx.fetchval("SELECT id FROM credit WHERE source_id = $1 LIMIT 1", first.id)
        await tx.execute(MENTOR, mentor, cast.resident.id, cast.niepolomice)
        programme = first.programme_id
        for drawn, reserved, minutes, locked in (
            (credit, None, 55, NOW),
            (None, programme, 45, NOW),
            (None, None, 35, NOW),
            (credit, None, 25, None),
        ):
            start = YESTERDAY + timedelta(hours=minutes)
            await tx.execute(
                MET,
                uuid7(),
                mentor,
                cast.niepolomice,
                cast.member.id,
                cast.acme,
                start,
                start + timedelta(hours=1),
                drawn,
                reserved,
                minutes,
                locked,
            )
    return {"edition": edition, "first": first, "second": second}


async def record(db: Database, who: Person, wanted: Filter, **more: Any) -> Record:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await record_of(tx, actor=actor, wanted=wanted, **more)


async def test_sums_are_those_of_the_rows_that_each_figure_opens(db: Database, cast: Cast) -> None:
    made = await filled(db, cast)
    wanted = Filter(edition_id=made["edition"])
    told = await record(db, cast.coordinator, wanted, limit=None)
    assert [(one.participant, one.meeting_minutes, one.people_minutes, one.mentor_minutes) for one in told.sums] == [
        ("Acme", 240, 110, 100),
        ("Żubr", 150, 0, 0),
    ]
    assert (told.count, len(told.rows)) == (9, 9)
    assert told.minutes == 490 == sum(row.participant_minutes for row in told.rows)
    assert told.people_minutes == 110 == sum(row.people_minutes for row in told.rows)
    for one in told.sums:
        for kind, counts_in, rows, minutes in (
            ("meeting", "participant", one.meetings, one.meeting_minutes),
            ("meeting", "people", one.people_rows, one.people_minutes),
            ("mentor", None, one.mentor_rows, one.mentor_minutes),
            ("milestone", None, one.milestones, 0),
            ("certificate", None, one.certificates, 0),
        ):
            narrowed = Filter(participation_id=one.participation_id, kind=kind, counts_in=counts_in)
            behind = await record(db, cast.coordinator, narrowed, limit=None)
            assert (len(behind.rows), sum(row.minutes for row in behind.rows)) == (rows, minutes)
            assert behind.count == rows, "and the page says how many there are"


async def test_a_participant_counts_once_at_a_meeting_however_many_of_it_were_there(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    team = await active(db, cast, edition)
    meetings = [await met(db, cast, edition, start=YESTERDAY - timedelta(days=days)) for days in (0, 1, 2)]
    for meeting, own, one, two in zip(meetings, (30, 60, 0), (120, 60, 90), (90, 60, 90), strict=True):
        lines = ((team.id, None, own), (team.id, cast.owner, one), (team.id, cast.member, two))
        await noted(db, cast, meeting.id, *lines)
    told = await record(db, cast.coordinator, Filter(edition_id=edition), limit=None)
    (one_sum,) = told.sums
    assert (one_sum.meetings, one_sum.meeting_minutes) == (3, 120 + 60 + 90)
    assert (one_sum.people_rows, one_sum.people_minutes) == (6, 120 + 90 + 60 + 60 + 90 + 90)
    for meeting in meetings:
        rows = [row for row in told.rows if row.reference == str(meeting.id)]
        (counted,) = [row for row in rows if row.for_participant]
        assert counted.minutes == max(row.minutes for row in rows)
        assert [row.for_people for row in rows] == [row.person is not None for row in rows]
    async with statement(db) as tx:
        assert (await presence_of(tx, participation=team)).minutes == one_sum.meeting_minutes


async def test_somebody_who_takes_part_for_themself_is_a_person_by_name(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    alone = await active(db, cast, edition)
    await scalar(db, "UPDATE participation SET organisation_id = NULL, account_id = $1", cast.stranger.id)
    await noted(db, cast, (await met(db, cast, edition)).id, (alone.id, None, 45))
    told = await record(db, cast.coordinator, Filter(edition_id=edition))
    assert (told.minutes, told.people_minutes, told.count) == (45, 45, 1)


async def test_a_period_is_counted_in_days_of_warsaw_both_included(db: Database, cast: Cast) -> None:
    made = await filled(db, cast)
    day = YESTERDAY.astimezone(WARSAW).date()
    told = await record(db, cast.coordinator, Filter(edition_id=made["edition"], kind="meeting", first=day, last=day))
    assert (told.minutes, told.count) == (150, 3)
    before = Filter(edition_id=made["edition"], kind="meeting", last=day - timedelta(days=1))
    assert (await record(db, cast.coordinator, before)).minutes == 240


async def test_pages_of_rows_come_one_after_the_other(db: Database, cast: Cast) -> None:
    made = await filled(db, cast)
    wanted = Filter(edition_id=made["edition"])
    pages = [await record(db, cast.coordinator, wanted, offset=at, limit=4) for at in (0, 4, 8)]
    assert [one.more for one in pages] == [True, True, False]
    whole = await record(db, cast.coordinator, wanted, limit=None)
    assert [row for one in pages for row in one.rows] == whole.rows


@pytest.mark.parametrize(
    ("who", "participants"),
    [
        ("coordinator", ["Acme", "Żubr"]),
        ("administrator", ["Acme", "Żubr"]),
        ("member", ["Acme"]),
        ("resident", ["Żubr"]),
        ("other_coordinator", []),
        ("office", []),
        ("stranger", []),
    ],
)
async def test_everybody_sees_their_own(db: Database, cast: Cast, who: str, participants: list[str]) -> None:
    await filled(db, cast)
    told = await record(db, getattr(cast, who), Filter())
    assert [one.participant for one in told.sums] == participants
    assert {row.participant for row in told.rows} == set(participants)


async def test_the_sheets_hold_every_row_and_no_formula(db: Database, cast: Cast) -> None:
    made = await filled(db, cast)
    told = await record(db, cast.coordinator, Filter(edition_id=made["edition"]), limit=None)
    lines = as_csv(told, translator("pl")).decode("utf-8-sig").split("\r\n")
    assert len(lines) == 1 + 9 + 1
    assert sum(";'=cmd();" in line for line in lines) == 1
    sheet = load_workbook(BytesIO(as_xlsx(told, translator("en")))).active
    assert sheet is not None
    cells = list(sheet.iter_rows(values_only=True))
    assert len(cells) == 10
    assert sum(int(str(row[8])) for row in cells[1:]) == told.minutes
    assert sum(int(str(row[9])) for row in cells[1:]) == told.people_minutes
    assert [row[6] for row in cells if str(row[6]).endswith("cmd()")] == ["'=cmd()"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", " =1", "\t=1", "＝1"])
def test_what_a_sheet_would_reckon_with_is_text(cell: str) -> None:
    assert harmless(cell).startswith("'")
    assert harmless("Ala = 1") == "Ala = 1"
    assert harmless("a\x07b") == "ab"


async def test_a_name_of_letters_that_are_none_does_not_spoil_the_sheet(db: Database, cast: Cast) -> None:
    made = await filled(db, cast)
    await scalar(db, "UPDATE organisation SET name = 'Ac' || chr(65535) || 'me' || chr(65534)")
    told = await record(db, cast.coordinator, Filter(edition_id=made["edition"]), limit=None)
    sheet = load_workbook(BytesIO(as_xlsx(told, translator("en")))).active
    assert sheet is not None
    assert "Acme" in {row[2] for row in sheet.iter_rows(values_only=True)}


def test_a_filter_says_itself_as_an_address() -> None:
    key = uuid7()
    wanted = Filter(edition_id=key, first=date(2026, 9, 1))
    assert wanted.query(kind="meeting") == {"edition_id": str(key), "first": "2026-09-01", "kind": "meeting"}


async def test_a_row_goes_where_its_certificate_goes(db: Database, cast: Cast) -> None:
    made = await filled(db, cast)
    await scalar(db, "UPDATE certificate SET revoked_at = $1, revoked_reason = 'x'", NOW)
    told = await record(db, cast.coordinator, Filter(edition_id=made["edition"], kind="certificate"))
    assert told.rows == []
