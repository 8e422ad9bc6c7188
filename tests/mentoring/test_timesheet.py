"""The monthly timesheet: its sums are those of its rows, on the page, on paper, in the table and in JSON."""

import csv
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from io import BytesIO, StringIO
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from incubator.db.engine import Database, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW, local_moment
from incubator.mentoring.month_of import next_month
from incubator.mentoring.timesheet import MISSED, TOOK_PLACE, Met, amount, timesheet
from incubator.web.spreadsheet import MARK
from tests.cast import Cast
from tests.conftest import Clockwork
from tests.mentoring.cast import MentorAtHand, a_mentor

Visit = Callable[..., httpx.AsyncClient]
START = datetime(2026, 9, 1, 8, tzinfo=UTC)
CONTRACTS = st.sampled_from([("1/26", 15_000), ("2/26", 19_999), ("3/26", 1), (None, 0)])
HOLDERS = st.sampled_from([(UUID(int=turn), name) for turn, name in enumerate(("Acme", "Rival", "Acme", "Anna"))])


@st.composite
def meetings(draw: st.DrawFn) -> Met:
    start = START + timedelta(minutes=draw(st.integers(0, 29 * 1440)))
    planned = draw(st.integers(15, 120))
    contract, rate = draw(CONTRACTS)
    holder, who = draw(HOLDERS)
    state = draw(st.sampled_from([TOOK_PLACE, "booked", *MISSED]))
    return Met(
        id=uuid7(),
        start=start,
        end=start + timedelta(minutes=planned),
        state=state,
        # What is booked and not over is never locked: see the table's constraint.
        locked=state != "booked" and draw(st.booleans()),
        holder_id=holder,
        who=who,
        topic_pl="Prawo",
        topic_en="Law",
        minutes=draw(st.integers(0, 600)),
        planned=planned,
        contract=contract,
        rate_minor=rate,
    )


@given(st.lists(meetings(), max_size=30))
def test_the_sums_are_those_of_the_rows(met: list[Met]) -> None:
    sheet = timesheet(slug="ewa", name="Ewa", gmina="N", month=date(2026, 9, 1), met=met)
    assert len(sheet.rows) + len(sheet.open) + len(sheet.missed) == len(met), "each meeting stands once"
    minutes = sum(row.minutes for row in sheet.rows)
    assert sheet.minutes == minutes == sum(one.minutes for one in sheet.by_contract)
    assert minutes == sum(one.minutes for one in sheet.by_startup)
    assert len(sheet.rows) == sum(one.meetings for one in sheet.by_startup)
    holders = {one.holder_id for one in met if one.locked and one.state == TOOK_PLACE}
    assert len(sheet.by_startup) == len(holders), "two of one name are two"
    rates = {one.contract: one.rate_minor for one in met}
    for one in sheet.by_contract:
        own = sum(row.minutes for row in sheet.rows if row.contract == one.contract)
        exact = Fraction(own * rates[one.contract], 60)
        assert one.minutes == own and -Fraction(1, 2) < one.amount_minor - exact <= Fraction(1, 2)
    assert sheet.amount_minor == sum(one.amount_minor for one in sheet.by_contract)
    assert [row.start for row in sheet.rows] == sorted(row.start for row in sheet.rows)


@pytest.mark.parametrize(
    ("minutes", "rate", "grosz"), [(60, 15_000, 15_000), (1, 30, 1), (1, 29, 0), (90, 1, 2), (0, 9, 0)]
)
def test_half_a_grosz_is_rounded_up_once(minutes: int, rate: int, grosz: int) -> None:
    assert amount(minutes, rate) == grosz


def test_the_month_after_december_is_january() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)


MEETING = """
INSERT INTO meeting (id, mentor_id, gmina_id, account_id, organisation_id, period, state, mode, topic_slug, question,
    draws_policy, contract_id, drawn_minutes, reason, minutes, outcome, mentor_confirmed_at, startup_confirmed_at,
    settled_reason, locked_at, sequence)
VALUES ($1, $2, $3, $4, $5, tstzrange($6, $7), $8, 'online', 'prawo', '', false, $9, 60, '', $10, '', $11, $11, '', $11, 0)
"""
CONTRACT = """
INSERT INTO mentor_contract (mentor_id, number, starts, ends, rate_minor, budget_minutes, used_minutes, version)
VALUES ($1, 'UM/7/2026', '2026-01-01', '2026-12-31', 15050, 6000, 0, 1) RETURNING id
"""


async def month(db: Database, cast: Cast) -> MentorAtHand:
    """August of Ewa: two confirmed meetings (45 and 50 minutes), one that waits, one missed, one of September."""
    ewa = await a_mentor(db, cast)
    async with transaction(db) as tx:
        contract: UUID = await tx.fetchval(CONTRACT, ewa.id)
        for day, minute, state, minutes, locked in (
            (date(2026, 8, 3), 600, "took_place", 45, True),
            # Still July in UTC.
            (date(2026, 8, 1), 30, "took_place", 50, True),
            (date(2026, 8, 10), 600, "took_place", 55, False),
            (date(2026, 8, 17), 600, "missed_by_startup", None, True),
            (date(2026, 9, 1), 30, "took_place", 59, True),
            (date(2026, 8, 24), 600, "cancelled", None, False),
        ):
            start = local_moment(day, minute)
            at = start + timedelta(days=1) if locked else None
            times = (start, start + timedelta(hours=1), state, contract, minutes, at)
            who = (uuid7(), ewa.id, cast.niepolomice, cast.member.id, cast.acme)
            await tx.execute(MEETING, *who, *times)
    return ewa


async def test_json_holds_the_month_as_warsaw_counts_it(db: Database, visit: Visit, cast: Cast) -> None:
    ewa = await month(db, cast)
    for who in (ewa.person, cast.coordinator, cast.administrator):
        told = (await visit(who).get("/api/mentors/ewa/timesheet?month=2026-08")).json()
        assert [row["minutes"] for row in told["rows"]] == [50, 45]
        assert told["minutes"] == 95 and told["amount_minor"] == (95 * 15050 + 30) // 60 == 23829
        assert [one["contract"] for one in told["by_contract"]] == ["UM/7/2026"]
        assert told["by_startup"] == [{"who": "Acme", "meetings": 2, "minutes": 95}]
        assert len(told["open"]) == len(told["missed"]) == 1
    assert (await visit(ewa.person).get("/api/mentors/ewa/timesheet?month=2026-09")).json()["minutes"] == 59


async def test_page_paper_and_table_say_the_same(db: Database, visit: Visit, cast: Cast) -> None:
    own = visit((await month(db, cast)).person)
    page = (await own.get("/mentors/ewa/timesheet?month=2026-08&lang=pl")).text
    paper = await own.get("/mentors/ewa/timesheet.pdf?month=2026-08")
    table = await own.get("/mentors/ewa/timesheet.csv?month=2026-08&lang=pl")
    assert (
        paper.headers["content-type"] == "application/pdf"
        and "karta-ewa-2026-08.pdf" in paper.headers["content-disposition"]
    )
    told = _flat("".join(one.extract_text() for one in PdfReader(BytesIO(paper.content)).pages))
    for said in ("UM/7/2026", "238,29 zł", "150,50 zł", "95", "Acme", "Prawo i umowy"):
        assert said in _flat(page) and said in told, said
    assert "Karta pracy mentora" in told and "podpis koordynatora" in told and "1 / 1" in told
    rows = list(csv.reader(StringIO(table.content.decode().removeprefix(MARK)), delimiter=";"))
    assert rows[-1][-2:] == ["95", "238,29"]
    assert [row[7] for row in rows if row[0] == "Spotkanie potwierdzone"] == ["50", "45"]


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


async def test_somebody_elses_timesheet_is_not_there(db: Database, visit: Visit, cast: Cast) -> None:
    await month(db, cast)
    other = await a_mentor(db, cast, "piotr")
    for who in (other.person, cast.member, cast.office, cast.other_coordinator):
        for path in ("/mentors/ewa/timesheet", "/mentors/ewa/timesheet.pdf", "/mentors/ewa/timesheet.csv"):
            assert (await visit(who).get(path)).status_code == 404, path
        assert (await visit(who).get("/api/mentors/ewa/timesheet?month=2026-08")).json()["code"] == "no_such_mentor"


@pytest.mark.parametrize("asked", ["2026-13", "1999-01", "x", "2026-8", "99999-01", "%00"])
async def test_a_month_that_is_none_is_refused(db: Database, visit: Visit, cast: Cast, asked: str) -> None:
    own = visit((await a_mentor(db, cast)).person)
    assert (await own.get(f"/api/mentors/ewa/timesheet?month={asked}")).status_code == 422
    assert (await own.get(f"/mentors/ewa/timesheet?month={asked}")).status_code == 422


@pytest.mark.parametrize("asked", ["2000-01", "2099-12"])
async def test_the_edges_of_the_calendar_are_shown(db: Database, visit: Visit, cast: Cast, asked: str) -> None:
    own = visit((await a_mentor(db, cast)).person)
    assert (await own.get(f"/mentors/ewa/timesheet?month={asked}")).status_code == 200


async def test_without_a_month_it_is_this_one(db: Database, visit: Visit, cast: Cast, clock: Clockwork) -> None:
    own = visit((await month(db, cast)).person)
    clock.now = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)
    assert clock.now.astimezone(WARSAW).month == 9
    assert "59" in (await own.get("/mentors/ewa/timesheet?lang=en")).text
