"""Lists of a meeting corrected by several, and at the edges of days and minutes."""

from datetime import timedelta

import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.db.history import history_of
from incubator.kernel.period import local_moment
from incubator.participation.plan_meeting import MeetingDetails, plan_meeting
from incubator.participation.presence import presence_of
from incubator.participation.record_attendance import NotOfThisEdition
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.participation.cast import YESTERDAY, active, edition_of, met, noted, scalar
from tests.races import outcomes


async def test_two_corrections_at_once_each_know_what_the_other_wrote(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 10))
    await outcomes(*(noted(db, cast, meeting.id, (made.id, None, minutes)) for minutes in (20, 30, 40, 50)))
    async with statement(db) as tx:
        deeds = [one for one in await history_of(tx, subject_id=meeting.id) if one["verb"] == "record_attendance"]
    steps = {one["after"]["changed"][0]["before"]: one["after"]["changed"][0]["minutes"] for one in deeds}
    known: int | None = None
    for _ in range(5):
        known = steps.pop(known)
    assert known == await scalar(db, "SELECT minutes FROM attendance"), "one after the other, none lost"


async def test_a_correction_of_the_evidence_alone_is_in_the_history(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 60), evidence="check_in")
    await noted(db, cast, meeting.id, (made.id, None, 60), evidence="coordinator")
    async with statement(db) as tx:
        (change,) = (await history_of(tx, subject_id=meeting.id))[-1]["after"]["changed"]
    assert (change["before_evidence"], change["before"], change["minutes"]) == ("check_in", 60, 60)


async def test_who_ended_the_day_before_is_not_on_the_list_of_a_meeting_after_midnight(
    db: Database, cast: Cast
) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made = await active(db, cast, edition)
    late = await met(db, cast, edition, start=local_moment(NOW.date() - timedelta(days=3), 30))
    await scalar(db, "UPDATE participation SET state = 'withdrawn', ended_on = $1", NOW.date() - timedelta(days=4))
    with pytest.raises(NotOfThisEdition):
        await noted(db, cast, late.id, (made.id, None, 60))


async def test_who_was_there_all_the_time_was_there_for_all_that_is_required(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    await scalar(db, "UPDATE edition SET presence_percent = 100")
    made, actor = await active(db, cast, edition), await acting(db, cast.coordinator)
    end = YESTERDAY + timedelta(minutes=90, seconds=40)
    details = MeetingDetails(name_pl="Zdalne", start=YESTERDAY, end=end)
    async with transaction(db) as tx:
        meeting = await plan_meeting(tx, actor=actor, edition_id=edition, details=details, now=NOW)
    await noted(db, cast, meeting.id, (made.id, None, 90))
    async with statement(db) as tx:
        was = await presence_of(tx, participation=made)
    assert (was.minutes, was.required, was.enough) == (90, 90, True)
