"""The link of an online meeting is for those who meet, while it stands: on pages, in JSON and in calendars."""

from collections.abc import Callable
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import Database
from tests.cast import Cast, Person
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import met, order, sql

Visit = Callable[..., httpx.AsyncClient]
LINK = "https://meet.example/ewa"


async def shown(visit: Visit, who: Person, meeting: UUID) -> list[bool]:
    """Where the link is seen; each of them answers."""
    found = []
    for path in ("/meetings/{}", "/meetings/{}/done", "/meetings/{}/event.ics", "/api/meetings/{}"):
        answer = await visit(who).get(path.format(meeting))
        assert answer.status_code == 200, answer.text
        found.append(LINK in answer.text.replace("\r\n ", ""))
    return found


@pytest.fixture
async def ewa(db: Database, cast: Cast) -> MentorAtHand:
    return await a_mentor(db, cast)


async def test_both_sides_see_it_and_the_coordinator_does_not(
    visit: Visit, db: Database, cast: Cast, ewa: MentorAtHand
) -> None:
    meeting = await met(db, cast.member, order(ewa, cast, mode="online", organisation_id=cast.acme))
    for who in (cast.member, cast.colleague, ewa.person):
        assert await shown(visit, who, meeting.id) == [True] * 4
    assert await shown(visit, cast.coordinator, meeting.id) == [False] * 4


async def test_nobody_sees_it_of_a_meeting_that_was_called_off_or_is_in_person(
    visit: Visit, db: Database, cast: Cast, ewa: MentorAtHand
) -> None:
    meeting = await met(db, cast.member, order(ewa, cast, mode="online"))
    await sql(db, "UPDATE meeting SET state = 'cancelled'")
    assert await shown(visit, cast.member, meeting.id) == [False] * 4
    await sql(db, "UPDATE meeting SET state = 'booked', mode = 'in_person'")
    assert await shown(visit, cast.member, meeting.id) == [False] * 4
