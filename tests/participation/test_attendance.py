"""Meetings of the programme, who was there, and the certificates that follow."""

from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.db.history import history_of
from incubator.participation.issue_certificate import (
    CertifiedAlready,
    NoSuchCertificate,
    TooLittlePresence,
    certificate_by,
    issue_certificate,
    revoke_certificate,
)
from incubator.participation.plan_meeting import (
    LongerNoted,
    MeetingCalledOff,
    MeetingDetails,
    MeetingRecorded,
    call_off_meeting,
    move_meeting,
)
from incubator.participation.presence import presence_of
from incubator.participation.record_attendance import (
    AttendanceList,
    LongerThanMeeting,
    NotBegun,
    NotOfThisEdition,
    Present,
    PresentTwice,
    record_attendance,
)
from incubator.participation.views import CertificateView, ParticipationView
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.participation.cast import active, edition_of, met, noted, scalar
from tests.programmes.cast import put_organisation
from tests.races import outcomes


async def test_a_correction_replaces_the_minutes_and_stays_in_the_history(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 120), (made.id, cast.member, 90))
    await noted(db, cast, meeting.id, (made.id, cast.member, 60), evidence="online_log")
    assert await scalar(db, "SELECT array_agg(minutes || evidence ORDER BY minutes) FROM attendance") == [
        "60online_log",
        "120list",
    ]
    async with statement(db) as tx:
        deed = (await history_of(tx, subject_id=meeting.id))[-1]
    (change,) = deed["after"]["changed"]
    assert (change["before"], change["minutes"], change["account_id"]) == (90, 60, str(cast.member.id))


async def test_nobody_is_there_for_longer_than_it_takes_even_when_it_is_made_shorter_just_then(
    db: Database, cast: Cast
) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    with pytest.raises(LongerThanMeeting):
        await noted(db, cast, meeting.id, (made.id, None, 121))
    actor = await acting(db, cast.coordinator)
    shorter = MeetingDetails(name_pl="W", start=meeting.start, end=meeting.start + timedelta(minutes=60))

    async def shorten() -> object:
        return await attempt(
            db, lambda tx: move_meeting(tx, actor=actor, meeting_id=meeting.id, details=shorter, now=NOW)
        )

    got = await outcomes(
        *(act for _ in range(4) for act in (noted(db, cast, meeting.id, (made.id, None, 120)), shorten()))
    )
    assert LongerNoted in got or LongerThanMeeting in got
    assert not (LongerNoted in got and LongerThanMeeting in got), "who was first has won"
    length = await scalar(
        db, "SELECT (extract(epoch FROM upper(period) - lower(period)) / 60)::int FROM programme_meeting"
    )
    assert int(str(await scalar(db, "SELECT coalesce(max(minutes), 0) FROM attendance"))) <= int(str(length))


async def test_two_who_note_the_same_list_at_once_note_it_once(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    lines = ((made.id, None, 120), (made.id, cast.member, 100), (made.id, cast.owner, 100))
    await outcomes(*(noted(db, cast, meeting.id, *(lines if turn % 2 else lines[::-1])) for turn in range(6)))
    assert await scalar(db, "SELECT count(*) FROM attendance") == 3


async def test_the_list_is_for_those_who_take_part(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    with pytest.raises(NotOfThisEdition):
        await noted(db, cast, meeting.id, (made.id, cast.stranger, 60))
    with pytest.raises(PresentTwice):
        await noted(db, cast, meeting.id, (made.id, cast.member, 60), (made.id, cast.member, 50))
    later = await met(db, cast, edition, start=NOW + timedelta(days=1))
    with pytest.raises(NotBegun):
        await noted(db, cast, later.id, (made.id, None, 60))


@pytest.mark.parametrize("who", ["member", "other_coordinator", "office", "stranger"])
async def test_others_note_nothing(db: Database, cast: Cast, who: str) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    actor = await acting(db, getattr(cast, who))
    told = AttendanceList(evidence="list", present=[Present(participation_id=made.id, minutes=1)])
    with pytest.raises(NotYours):
        async with transaction(db) as tx:
            await record_attendance(tx, actor=actor, meeting_id=meeting.id, attendance=told, now=NOW)


async def test_what_took_place_is_not_called_off_and_what_was_called_off_does_not_count(
    db: Database, cast: Cast
) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, kept, gone = await active(db, cast, edition), await met(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, kept.id, (made.id, None, 120))
    actor = await acting(db, cast.coordinator)
    with pytest.raises(MeetingRecorded):
        async with transaction(db) as tx:
            await call_off_meeting(tx, actor=actor, meeting_id=kept.id, now=NOW)
    async with transaction(db) as tx:
        await call_off_meeting(tx, actor=actor, meeting_id=gone.id, now=NOW)
        was = await presence_of(tx, participation=made)
    assert (was.minutes, was.required) == (120, 120)
    with pytest.raises(MeetingCalledOff):
        await noted(db, cast, gone.id, (made.id, None, 1))


async def certify(db: Database, cast: Cast, made: ParticipationView, account: UUID | None = None) -> CertificateView:
    actor = await acting(db, cast.coordinator)
    return await attempt(
        db, lambda tx: issue_certificate(tx, actor=actor, participation_id=made.id, account_id=account, now=NOW)
    )


async def test_a_certificate_needs_the_presence_at_its_edge(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition, minutes=100)
    extra = await met(db, cast, edition, minutes=600, required=False)
    await noted(db, cast, extra.id, (made.id, None, 600))
    await noted(db, cast, meeting.id, (made.id, None, 79), (made.id, cast.member, 80))
    with pytest.raises(TooLittlePresence):
        await certify(db, cast, made, cast.owner.id)
    told = await certify(db, cast, made, cast.member.id)
    assert (told.holder, told.organisation, told.present_minutes, told.required_minutes) == ("Member", "Acme", 80, 100)
    whole = await certify(db, cast, made)
    assert (whole.holder, whole.organisation, whole.number) == ("Acme", "", 2), "as long as who stayed longest"


async def test_below_the_edge_there_is_none(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition, minutes=100)
    await noted(db, cast, meeting.id, (made.id, None, 79))
    with pytest.raises(TooLittlePresence):
        await certify(db, cast, made)


async def test_numbers_have_no_gap_however_many_are_issued_at_once(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice, places=9)
    meeting = await met(db, cast, edition)
    async with transaction(db) as tx:
        keys = [await put_organisation(tx, gmina=cast.niepolomice, owner=cast.resident.id) for _ in range(5)]
    made = [await active(db, cast, edition, organisation=key) for key in keys]
    await noted(db, cast, meeting.id, *((one.id, None, 120) for one in made))
    got = await outcomes(*(certify(db, cast, one) for one in (*made, *made)))
    assert got.count(CertifiedAlready) == 5
    assert await scalar(db, "SELECT array_agg(number ORDER BY number) FROM certificate") == [1, 2, 3, 4, 5]


async def test_a_revoked_one_says_so_and_another_may_be_issued(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 120))
    first = await certify(db, cast, made)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await revoke_certificate(tx, actor=actor, certificate_id=first.id, reason="Literówka", now=NOW)
    again = await certify(db, cast, made)
    async with statement(db) as tx:
        told = await certificate_by(tx, code=f" {first.code.lower().replace('-', '')} ")
        assert (told.id, told.revoked_reason, again.number) == (first.id, "Literówka", 2)
        with pytest.raises(NoSuchCertificate):
            await certificate_by(tx, code="AAAA-AAAA-AAAA")


@pytest.mark.parametrize(
    "change", ['told = told || \'{"holder": "Kto inny"}\'', "number = 7", 'told = \'{"holder": ""}\'', "code = 'X'"]
)
async def test_what_a_certificate_says_is_never_changed(db: Database, cast: Cast, change: str) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 120))
    await certify(db, cast, made)
    with pytest.raises(asyncpg.RestrictViolationError):
        await scalar(db, f"UPDATE certificate SET {change}")


async def test_who_takes_part_is_told_of_a_meeting_that_is_moved_or_called_off(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    await active(db, cast, edition)
    meeting = await met(db, cast, edition, start=NOW + timedelta(days=3))
    actor = await acting(db, cast.coordinator)
    later = MeetingDetails(name_pl="W", start=meeting.start, end=meeting.end + timedelta(hours=1))
    async with transaction(db) as tx:
        await move_meeting(tx, actor=actor, meeting_id=meeting.id, details=later, now=NOW)
        await move_meeting(tx, actor=actor, meeting_id=meeting.id, details=later, now=NOW)
        await call_off_meeting(tx, actor=actor, meeting_id=meeting.id, now=NOW)
    told = await scalar(
        db, "SELECT array_agg(subject ORDER BY created_at, id) FROM mail WHERE subject ~ '(W|Warsztaty)$'"
    )
    assert told == ["Moved: W", "Called off: W"]
